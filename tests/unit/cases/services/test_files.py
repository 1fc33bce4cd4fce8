import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.office import Office
from tests.unit.cases.people import entered, saved
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.errors import CaseClosedError
from waystation.cases.models import Case, Change
from waystation.cases.services import attach_file, close_case
from waystation.kernel import BadInputError
from waystation.store.files import file_name, files_folder, read_file
from waystation.store.models import SealedFile
from waystation.store.tiers import Tier
from waystation.vault import TooLargeError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(DATA_DIR=tmp_path):
        yield


def attach(office: Office, case: Case, key: str, tier: Tier, data: bytes = b"film", **options: int) -> SealedFile:
    source = io.BytesIO(data)
    return attach_file(
        keyring=office.keyring(key), case=case, tier=tier, source=source, name="얼굴.mp4", at=office.later(), **options
    )


def on_disk() -> Iterator[Path]:
    return files_folder().iterdir()


def test_a_file_is_kept_sealed_and_read_again(office: Office) -> None:
    case, data = entered(office), bytes(range(256)) * 600
    kept = attach(office, case, "safeguarding", Tier.EVIDENCE, data)
    assert b"".join(read_file(office.keyring("safeguarding"), kept)) == data
    assert file_name(office.keyring("safeguarding"), kept) == "얼굴.mp4"
    (path,) = on_disk()
    assert data[:64] not in path.read_bytes()
    assert "mp4" not in path.name


def test_it_is_a_step_of_the_case_and_an_entry(office: Office) -> None:
    case = entered(office)
    attach(office, case, "caseworker", Tier.WELFARE)
    step = Change.objects.get(case=case, version=2)
    assert (step.kind, step.tiers, step.by) == ("file_kept", ["welfare"], office.id("caseworker"))
    assert saved(case.pk).version == 2
    assert Entry.objects.filter(kind="file.kept", at=office.now).count() == 1


@pytest.mark.parametrize(
    ("key", "tier"), [("caseworker", Tier.EVIDENCE), ("safeguarding", Tier.MOVEMENT), ("director", Tier.WELFARE)]
)
def test_who_may_not_change_the_part_keeps_nothing(office: Office, key: str, tier: Tier) -> None:
    case = entered(office)
    with pytest.raises(NotPermittedError):
        attach(office, case, key, tier)
    assert list(on_disk()) == []


def test_too_large_a_file_leaves_nothing(office: Office) -> None:
    case = entered(office)
    with pytest.raises(TooLargeError):
        attach(office, case, "caseworker", Tier.WELFARE, bytes(100), limit=99)
    assert list(on_disk()) == []
    assert saved(case.pk).version == 1


def test_a_name_no_file_may_have_leaves_nothing(office: Office) -> None:
    case = entered(office)
    with pytest.raises(BadInputError):
        attach_file(
            keyring=office.keyring("caseworker"),
            case=case,
            tier=Tier.WELFARE,
            source=io.BytesIO(b"x"),
            name="x" * 300,
            at=office.later(),
        )
    assert list(on_disk()) == []
    assert not SealedFile.objects.exists()


def test_a_closed_case_takes_no_files(office: Office) -> None:
    case = entered(office)
    now = close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    with pytest.raises(CaseClosedError):
        attach(office, now, "caseworker", Tier.WELFARE)
    with pytest.raises(CaseClosedError):
        attach(office, case, "caseworker", Tier.WELFARE)  # closed since this copy of the row was read
    assert list(on_disk()) == []
