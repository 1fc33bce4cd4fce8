import io
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import override_settings

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.accounts.errors import NotPermittedError, SecondPersonNeededError
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.cases.openings import file_names, open_case_file, open_names
from waystation.cases.services import attach_file
from waystation.store.models import SealedFile
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(DATA_DIR=tmp_path):
        yield


def attach(office: Office, case: Case, name: str = "진단서.pdf") -> SealedFile:
    return attach_file(
        keyring=office.keyring("caseworker"),
        case=case,
        tier=Tier.WELFARE,
        source=io.BytesIO(b"paper" * 30_000),
        name=name,
        at=office.later(),
    )


def test_names_are_opened_each_with_its_entry(office: Office) -> None:
    cases = [entered(office, name=name) for name in ("A", "B", "C")]
    names = open_names(keyring=office.keyring("caseworker"), cases=cases, at=office.later())
    assert names == {case.pk: name for case, name in zip(cases, ("A", "B", "C"), strict=True)}
    assert Entry.objects.filter(kind="identity.opened", at=office.now).count() == 3


def test_names_nobody_gave_are_empty_and_those_of_others_left_out(office: Office) -> None:
    ours, theirs = entered(office, note="no name yet"), entered(office, "case_lead", name="B")
    names = open_names(keyring=office.keyring("caseworker"), cases=[ours, theirs], at=office.later())
    assert names == {ours.pk: ""}


def test_the_limit_of_an_hour_holds_for_lists(office: Office) -> None:
    cases = [entered(office, name=str(number)) for number in range(31)]
    with pytest.raises(SecondPersonNeededError):
        open_names(keyring=office.keyring("caseworker"), cases=cases, at=office.later())


def test_a_file_is_opened_after_the_log_says_so(office: Office) -> None:
    case = entered(office)
    kept = attach(office, case)
    opened = open_case_file(keyring=office.keyring("case_lead"), case=case, file_id=kept.pk, at=office.later())
    assert Entry.objects.filter(kind="file.opened", at=office.now, signer=office.id("case_lead")).count() == 1
    assert (opened.name, b"".join(opened.chunks)) == ("진단서.pdf", b"paper" * 30_000)
    assert "진단서" not in repr(opened)


def test_names_of_files_are_told_in_order(office: Office) -> None:
    case = entered(office)
    attach(office, case, "b")
    attach(office, case, "a")
    keyring = office.keyring("case_lead")
    assert [name for _, name in file_names(keyring=keyring, case=case, tiers={Tier.WELFARE})[Tier.WELFARE]] == [
        "b",
        "a",
    ]
    assert file_names(keyring=keyring, case=case, tiers={Tier.IDENTITY}) == {Tier.IDENTITY: []}


def test_a_file_of_another_case_is_not_there(office: Office) -> None:
    case, other = entered(office), entered(office)
    kept = attach(office, other)
    for file_id in (kept.pk, uuid4()):
        with pytest.raises(SealedFile.DoesNotExist):
            open_case_file(keyring=office.keyring("caseworker"), case=case, file_id=file_id, at=office.later())


@pytest.mark.parametrize("key", ["finance", "field_officer", "communications", "auditor"])
def test_who_may_not_open_the_part_opens_no_file_of_it(office: Office, key: str) -> None:
    case = entered(office)
    kept, entries = attach(office, case), Entry.objects.count()
    with pytest.raises(NotPermittedError):
        open_case_file(keyring=office.keyring(key), case=case, file_id=kept.pk, at=office.later())
    assert Entry.objects.count() == entries
