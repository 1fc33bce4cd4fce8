import pytest

from tests.unit.continuity.conftest import Home
from waystation.cases.models import Case
from waystation.continuity.samples import open_samples
from waystation.store.keyring import Keyring
from waystation.vault import TamperedError


def test_each_kind_one_may_open_is_opened(home: Home) -> None:
    home.case()
    few, refused = open_samples(home.office.keyring("director"))
    more, _ = open_samples(home.office.keyring("caseworker"))
    assert refused == 0
    assert few >= 3
    assert more >= 3


def test_what_does_not_open_is_counted(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.case()
    whole = Keyring.open

    def tampered(self: Keyring, row: object, *names: str) -> object:
        if isinstance(row, Case) and "note" in names:
            raise TamperedError("x")
        return whole(self, row, *names)  # type: ignore[arg-type] # as it came

    monkeypatch.setattr(Keyring, "open", tampered)
    assert open_samples(home.office.keyring("caseworker"))[1] == 1
