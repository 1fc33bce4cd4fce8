import pytest
from tests.office import Office

from waystation.accounts.errors import HeldError, NotPermittedError, SecondPersonNeededError
from waystation.accounts.services import approve, release_hold, set_hold, shred_record
from waystation.audit.models import Entry
from waystation.store.models import Grant, Record, TierKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(office: Office) -> Record:
    return office.keyring("case_lead").create_record(kind="case", recipients={}, at=office.later())


def agree(office: Office, record: Record, purpose: str) -> None:
    approve(
        keyring_of_second=office.keyring("safeguarding"),
        for_person=office.id("director"),
        purpose=purpose,
        record_id=record.pk,
        at=office.later(),
    )


def test_one_person_destroys_nothing(office: Office, record: Record) -> None:
    with pytest.raises(SecondPersonNeededError):
        shred_record(keyring=office.keyring("director"), record=record, at=office.later())
    assert Grant.objects.filter(record=record).exists()


def test_two_people_destroy_a_records_keys_and_the_log_says_so(office: Office, record: Record) -> None:
    agree(office, record, "shred")
    shred_record(keyring=office.keyring("director"), record=record, at=office.later())
    assert not Grant.objects.filter(record=record).exists()
    assert not TierKey.objects.filter(record=record).exists()
    assert Record.objects.get(pk=record.pk).shredded_by == office.id("director")
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-3:] == ["leave.given", "leave.used", "record.shredded"]


def test_what_is_held_is_not_destroyed_and_leave_is_not_spent_on_it(office: Office, record: Record) -> None:
    agree(office, record, "shred")
    set_hold(keyring=office.keyring("safeguarding"), record=record, at=office.later())
    with pytest.raises(HeldError):
        shred_record(keyring=office.keyring("director"), record=record, at=office.later())
    assert not Entry.objects.filter(kind="leave.used").exists()


def test_a_hold_is_released_by_two(office: Office, record: Record) -> None:
    set_hold(keyring=office.keyring("director"), record=record, at=office.later())
    assert Record.objects.get(pk=record.pk).hold_by == office.id("director")
    with pytest.raises(SecondPersonNeededError):
        release_hold(keyring=office.keyring("director"), record=record, at=office.later())
    assert Record.objects.get(pk=record.pk).hold
    agree(office, record, "release")
    release_hold(keyring=office.keyring("director"), record=record, at=office.later())
    assert not Record.objects.get(pk=record.pk).hold


@pytest.mark.parametrize("service", [set_hold, release_hold, shred_record])
def test_only_director_and_safeguarding_decide(office: Office, record: Record, service: object) -> None:
    for key in ("case_lead", "caseworker", "finance", "auditor", "communications", "field_officer"):
        with pytest.raises(NotPermittedError):
            service(keyring=office.keyring(key), record=record, at=office.later())  # type: ignore[operator] # a service


def test_the_log_and_the_organisation_are_not_destroyed(office: Office) -> None:
    for kind in ("audit", "organisation"):
        with pytest.raises(NotPermittedError):
            shred_record(keyring=office.keyring("director"), record=Record.objects.get(kind=kind), at=office.later())
