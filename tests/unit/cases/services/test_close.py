import pytest

from tests.office import Office
from tests.unit.cases.people import entered, saved
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.errors import CaseClosedError
from waystation.cases.models import Change
from waystation.cases.services import close_case, reopen_case

pytestmark = pytest.mark.django_db


def test_closing_begins_the_time_it_is_kept(office: Office) -> None:
    case = entered(office)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    assert saved(case.pk).closed_at == office.now
    assert Change.objects.get(case=case, version=2).kind == "closed"
    assert Entry.objects.filter(kind="record.closed", at=office.now).count() == 1


def test_it_is_closed_once(office: Office) -> None:
    case = entered(office)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    with pytest.raises(CaseClosedError):
        close_case(keyring=office.keyring("case_lead"), case=case, outcome="withdrew", at=office.later())


def test_opened_again_its_time_does_not_run(office: Office) -> None:
    case = entered(office)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    reopen_case(keyring=office.keyring("case_lead"), case=case, at=office.later())
    assert saved(case.pk).closed_at is None
    assert [each.kind for each in Change.objects.filter(case=case).order_by("version")] == [
        "made",
        "closed",
        "reopened",
    ]


def test_opening_an_open_case_changes_nothing(office: Office) -> None:
    case = entered(office)
    assert reopen_case(keyring=office.keyring("caseworker"), case=case, at=office.later()).version == 1


@pytest.mark.parametrize("key", ["director", "field_officer", "safeguarding", "auditor"])
def test_who_may_not_close_it_cannot(office: Office, key: str) -> None:
    case = entered(office)
    with pytest.raises(NotPermittedError):
        close_case(keyring=office.keyring(key), case=case, outcome="withdrew", at=office.later())
    with pytest.raises(NotPermittedError):
        reopen_case(keyring=office.keyring(key), case=case, at=office.later())
    assert saved(case.pk).version == 1
