from datetime import UTC, datetime
from pathlib import Path

import pytest

from waystation.accounts.models import Person, Team
from waystation.accounts.roles import Role
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.config.demo.desk import invented_calls
from waystation.config.demo.fill import fill, fill_in_process, invented
from waystation.config.desk import Desk
from waystation.kernel import BrokenPromiseError
from waystation.vault import CHEAP

NOW = datetime(2031, 3, 9, 9, 0, tzinfo=UTC)


@pytest.mark.usefixtures("store")
def test_the_invented_organisation_has_every_role_and_each_can_unlock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waystation.config.seat.hold_key", lambda _key: None)
    monkeypatch.setattr("waystation.config.seat.call_command", lambda *_, **__: None)
    passphrases = fill(tmp_path, CHEAP, NOW)
    assert {role for person in Person.objects.all() for role in person.role_set} == set(Role)
    assert Team.objects.count() == 3
    assert len(invented()["case"]) == 12
    assert Case.objects.count() == 12 + len(invented_calls())
    assert Entry.objects.count() > 50
    assert Entry.objects.order_by("seq").last().at < NOW  # type: ignore[union-attr] # there are entries
    assert len(set(passphrases.values())) == Person.objects.count()
    for passphrase in passphrases.values():
        desk = Desk(tmp_path, cost=CHEAP)
        desk.unlock(passphrase, at=NOW)
        assert desk.person() is not None
        assert desk.is_confirmed


def test_a_folder_that_cannot_be_filled_is_said(tmp_path: Path) -> None:
    with pytest.raises(BrokenPromiseError):
        list(fill_in_process(tmp_path / "nowhere"))
