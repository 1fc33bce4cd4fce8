import pytest
from tests.office import Office

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import HoneyMark
from waystation.accounts.services import mark_honey, unmark_honey
from waystation.accounts.services.honey import is_honey
from waystation.store.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(office: Office) -> Record:
    return office.keyring("case_lead").create_record(kind="case", recipients={}, at=office.later())


def test_a_mark_is_known_to_those_who_hold_the_organisations_key_and_to_the_database_alone_it_is_noise(
    office: Office, record: Record
) -> None:
    for _ in range(2):
        mark_honey(keyring=office.keyring("safeguarding"), record=record, at=office.later())
    assert is_honey(office.keyring("caseworker"), record)
    (mark,) = HoneyMark.objects.all()
    assert record.pk.bytes not in bytes(mark.digest)
    assert str(mark) == "mark"


def test_another_record_is_not_marked(office: Office, record: Record) -> None:
    mark_honey(keyring=office.keyring("director"), record=record, at=office.later())
    other = office.keyring("case_lead").create_record(kind="case", recipients={}, at=office.later())
    assert not is_honey(office.keyring("director"), other)


def test_a_mark_is_taken_off(office: Office, record: Record) -> None:
    mark_honey(keyring=office.keyring("director"), record=record, at=office.later())
    unmark_honey(keyring=office.keyring("director"), record=record, at=office.later())
    assert not is_honey(office.keyring("director"), record)


def test_only_director_and_safeguarding_mark(office: Office, record: Record) -> None:
    for key in ("case_lead", "caseworker", "finance", "auditor"):
        for service in (mark_honey, unmark_honey):
            with pytest.raises(NotPermittedError):
                service(keyring=office.keyring(key), record=record, at=office.later())
