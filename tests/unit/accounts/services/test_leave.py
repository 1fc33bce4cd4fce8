from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.office import Office

from waystation.accounts.errors import NotPermittedError, SecondPersonNeededError
from waystation.accounts.models import Approval, Organisation
from waystation.accounts.services import approve, ask_leave, check_velocity, remove_person
from waystation.accounts.services.leave import open_questions, spend_leave
from waystation.audit.models import Entry
from waystation.audit.services import append
from waystation.store.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(office: Office) -> Record:
    return office.keyring("case_lead").create_record(kind="case", recipients={}, at=office.later())


def openings(office: Office, count: int) -> None:
    for _ in range(count):
        append(keyring=office.keyring("caseworker"), kind="identity.opened", at=office.later())


def needs_second(office: Office) -> bool:
    try:
        check_velocity(keyring=office.keyring("caseworker"), at=office.now)
    except SecondPersonNeededError as refusal:
        return refusal.purpose == "openings"
    return False


def test_the_thirty_first_identity_of_an_hour_needs_a_second_person(office: Office) -> None:
    openings(office, 29)
    assert not needs_second(office)
    openings(office, 1)
    assert needs_second(office)
    office.later(hours=1)
    assert not needs_second(office)


def test_the_limit_is_the_organisations(office: Office) -> None:
    Organisation.objects.update(openings_per_hour=2)
    openings(office, 2)
    assert needs_second(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.update(openings_per_hour=0)


def test_a_clock_set_back_does_not_help(office: Office) -> None:
    openings(office, 30)
    office.later(minutes=-50)
    assert needs_second(office)


def test_decoys_count_and_other_openings_do_not(office: Office) -> None:
    Organisation.objects.update(openings_per_hour=1)
    append(keyring=office.keyring("caseworker"), kind="record.opened", at=office.later())
    append(keyring=office.keyring("case_lead"), kind="identity.opened", at=office.later())
    assert not needs_second(office)
    append(keyring=office.keyring("caseworker"), kind="honey.touched", at=office.later())
    assert needs_second(office)


def test_the_first_refusal_of_an_hour_is_an_entry(office: Office) -> None:
    openings(office, 30)
    for _ in range(3):
        assert needs_second(office)
    assert Entry.objects.filter(kind="limit.reached", signer=office.id("caseworker")).count() == 1


def test_each_leave_allows_as_many_again_for_an_hour(office: Office) -> None:
    Organisation.objects.update(openings_per_hour=3)
    openings(office, 3)
    approve(keyring_of_second=office.keyring("case_lead"), for_person=office.id("caseworker"), at=office.later())
    assert not needs_second(office)
    openings(office, 3)
    assert needs_second(office)
    approve(keyring_of_second=office.keyring("safeguarding"), for_person=office.id("caseworker"), at=office.later())
    assert not needs_second(office)


@pytest.mark.parametrize("second", ["caseworker", "field_officer", "finance", "communications", "auditor"])
def test_not_everybody_is_a_second_person(office: Office, second: str) -> None:
    with pytest.raises(NotPermittedError):
        approve(keyring_of_second=office.keyring(second), for_person=office.id("director"), at=office.later())


def test_nobody_is_their_own_second_person(office: Office) -> None:
    with pytest.raises(NotPermittedError, match="somebody else"):
        approve(keyring_of_second=office.keyring("case_lead"), for_person=office.id("case_lead"), at=office.later())


def given(office: Office, record: Record, purpose: str = "shred") -> Approval:
    return approve(
        keyring_of_second=office.keyring("safeguarding"),
        for_person=office.id("director"),
        purpose=purpose,
        record_id=record.pk,
        at=office.later(),
    )


def spent(office: Office, record: Record, purpose: str = "shred") -> bool:
    try:
        spend_leave(keyring=office.keyring("director"), purpose=purpose, record=record, at=office.now)
    except SecondPersonNeededError as refusal:
        return (refusal.purpose, refusal.record_id) != (purpose, record.pk)
    return True


def test_leave_is_used_once(office: Office, record: Record) -> None:
    given(office, record)
    assert spent(office, record)
    assert not spent(office, record)


def test_leave_lasts_an_hour(office: Office, record: Record) -> None:
    given(office, record)
    office.later(hours=1, seconds=1)
    assert not spent(office, record)


def test_leave_for_one_purpose_is_no_leave_for_another(office: Office, record: Record) -> None:
    given(office, record, "release")
    assert not spent(office, record, "shred")
    assert spent(office, record, "release")


def test_leave_for_one_record_is_no_leave_for_another(office: Office, record: Record) -> None:
    given(office, record)
    other = office.keyring("case_lead").create_record(kind="case", recipients={}, at=office.later())
    assert not spent(office, other)


def test_leave_given_before_its_time_or_by_someone_who_left_is_none(office: Office, record: Record) -> None:
    office.admit("second", "S", ["director"])  # type: ignore[list-item] # a role's name is a role
    approve(
        keyring_of_second=office.keyring("second"),
        for_person=office.id("director"),
        purpose="shred",
        record_id=record.pk,
        at=office.later(),
    )
    office.later(minutes=-1)
    assert not spent(office, record)
    office.later(minutes=1)
    remove_person(keyring=office.keyring("director"), person=office.person("second"), at=office.now)
    assert not spent(office, record)


@pytest.mark.parametrize(
    "forgery",
    [
        {"until": timedelta(days=1)},
        {"purpose": "release"},
        {"by": "case_lead"},
        {"for_person": "case_lead"},
    ],
    ids=lambda forgery: next(iter(forgery)),
)
def test_leave_written_into_the_database_is_none(office: Office, record: Record, forgery: dict[str, object]) -> None:
    leave = given(office, record)
    assert leave.until is not None
    changes = {
        name: leave.until + value
        if isinstance(value, timedelta)
        else office.id(str(value))
        if name != "purpose"
        else value
        for name, value in forgery.items()
    }
    Approval.objects.filter(pk=leave.pk).update(**changes)
    purpose = str(changes.get("purpose", "shred"))
    key = "case_lead" if "for_person" in changes else "director"
    with pytest.raises(SecondPersonNeededError):
        spend_leave(keyring=office.keyring(key), purpose=purpose, record=record, at=office.now)


def test_a_question_is_asked_once_and_answered_once(office: Office, record: Record) -> None:
    director = office.keyring("director")
    first = ask_leave(keyring=director, purpose="shred", record=record, at=office.later())
    assert ask_leave(keyring=director, purpose="shred", record=record, at=office.later()) == first
    assert [one.pk for one in open_questions(at=office.now)] == [first.pk]
    assert given(office, record).pk == first.pk
    assert not open_questions(at=office.now)


def test_a_question_is_forgotten_after_an_hour(office: Office, record: Record) -> None:
    ask_leave(keyring=office.keyring("director"), purpose="shred", record=record, at=office.later())
    assert not open_questions(at=office.later(hours=1))


def test_who_may_not_do_it_may_not_ask(office: Office, record: Record) -> None:
    with pytest.raises(NotPermittedError):
        ask_leave(keyring=office.keyring("caseworker"), purpose="shred", record=record, at=office.later())


def test_a_purpose_nobody_declared_is_refused(office: Office) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        approve(
            keyring_of_second=office.keyring("case_lead"),
            for_person=office.id("director"),
            purpose="anything",
            at=office.later(),
        )
