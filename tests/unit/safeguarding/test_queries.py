from datetime import timedelta
from typing import Any

import pytest

from tests.office import Office
from tests.unit.cases.people import entered
from tests.unit.safeguarding.children import Child, trained
from waystation.accounts.permissions import Action
from waystation.safeguarding.deadlines import Gravity
from waystation.safeguarding.indicators import OF_HOUSE
from waystation.safeguarding.models import Answer, HouseKind, Origin, Paper, PaperKind
from waystation.safeguarding.queries import (
    checks,
    deciding,
    follow_ups_due,
    held_complaints,
    next_deadline,
    overdue,
    picture_of,
    pictures_of,
    qualifications,
    qualified,
    rows_of,
    rows_of_many,
    waiting_papers,
)
from waystation.safeguarding.services import Found, Heard, acknowledge_complaint, receive_complaint, record_check

pytestmark = pytest.mark.django_db


def test_what_is_kept_of_one_traveller_is_told_of_no_other(office: Office) -> None:
    child = Child(office)
    other = Child(office, child.record)
    child.facts()
    child.screened()
    child.decided(child.determination())
    assert [len(each) for each in (rows_of(child.record, child.id).all, rows_of(other.record, other.id).all)] == [4, 0]
    assert picture_of(office.keyring("director"), child.record, child.id).papers[0].verdict == "agreed"
    assert picture_of(office.keyring("finance"), child.record, child.id).sealed


def test_of_several_travellers_each_has_what_is_theirs_and_all_are_asked_for_at_once(
    office: Office, django_assert_num_queries: Any
) -> None:
    child = Child(office)
    other = Child(office, child.record)
    for each in (child, other):
        each.facts()
    child.decided(child.determination())
    with django_assert_num_queries(5):
        found = rows_of_many(child.record, [child.id, other.id])
    assert found == {each.id: rows_of(child.record, each.id) for each in (child, other)}
    assert [len(found[each.id].decisions) for each in (child, other)] == [1, 0]
    sealed = pictures_of(office.keyring("finance"), child.record, [child.id, other.id])
    assert all(picture.sealed for picture in sealed.values())


def test_the_certificate_noted_last_counts(office: Office) -> None:
    at = office.later()
    assert not qualified(office.id("caseworker"), at)
    trained(office)
    assert qualified(office.id("caseworker"), office.later())
    trained(office, days=0.00001)  # type: ignore[arg-type] # less than a second
    assert not qualified(office.id("caseworker"), office.later())
    assert qualifications().count() == 2


def test_papers_wait_for_others_who_may_decide(office: Office) -> None:
    child = Child(office)
    paper = child.determination(by="case_lead")

    def waits_for(key: str) -> list[Paper]:
        return waiting_papers(office.person(key), office.keyring(key))

    assert {key for key in office.opened if waits_for(key)} == {"safeguarding"}
    assert waiting_papers(office.person("safeguarding"), office.keyring("safeguarding"), [entered(office).record]) == []
    child.decided(paper)
    assert not waits_for("safeguarding")
    assert deciding(PaperKind.OVERRIDE) is Action.CHILD_OVERRIDE
    assert deciding(PaperKind.BIA) is deciding(PaperKind.BID) is Action.CHILD_DECIDE


def test_complaints_are_listed_to_who_holds_them_the_most_urgent_first(office: Office) -> None:
    made = [
        receive_complaint(keyring=office.keyring("finance"), heard=Heard(Origin.STAFF, gravity, "x"), at=office.later())
        for gravity in (Gravity.ORDINARY, Gravity.HARM)
    ]
    held = held_complaints(office.keyring("safeguarding"))
    assert [each.pk for each in held] == [made[1].pk, made[0].pk]
    assert held_complaints(office.keyring("finance")) == held_complaints(office.keyring("director")) == []
    now = made[1].received_at
    assert not overdue(made[1], now + timedelta(days=1))
    assert overdue(made[1], now + timedelta(days=1, seconds=1))
    keyring = office.keyring("safeguarding")
    told = acknowledge_complaint(keyring=keyring, complaint=made[1], words="told them", at=office.later())
    assert next_deadline(told) == now + timedelta(days=14)


def test_what_was_to_be_put_right_by_now_is_told(office: Office) -> None:
    at = office.later()
    answers = {**dict.fromkeys(OF_HOUSE, Answer.NO), "no_free_exit": Answer.YES}
    record_check(
        keyring=office.keyring("safeguarding"),
        kind=HouseKind.SHELTER,
        name="House by the lake",
        answers=answers,
        found=[Found("a key for everybody", at + timedelta(days=7))],
        next_by=at + timedelta(days=90),
        at=at,
    )
    assert not follow_ups_due(at + timedelta(days=7)).exists()
    assert follow_ups_due(at + timedelta(days=8)).count() == checks().count() == 1
