from datetime import timedelta
from uuid import uuid4

import pytest

from tests.office import Office
from tests.unit.consent.answers import answered, record_in
from waystation.consent.models import Answer, SaidBy
from waystation.consent.purposes import Purpose
from waystation.consent.queries import State, answers, standing, standings, withdrawals
from waystation.consent.services import withdraw_consent

pytestmark = pytest.mark.django_db


def test_each_purpose_is_asked_for_itself(office: Office) -> None:
    record, traveller = record_in(office), uuid4()
    answered(office, record, traveller, Purpose.CASEWORK)
    found = standings(record, traveller, office.later())
    assert {purpose for purpose, each in found.items() if each.stands} == {Purpose.CASEWORK}
    assert {each.state for purpose, each in found.items() if purpose is not Purpose.CASEWORK} == {State.NEVER_ASKED}


def test_one_travellers_yes_is_not_anothers(office: Office) -> None:
    record = record_in(office)
    answered(office, record)
    assert standing(record, uuid4(), Purpose.CASEWORK, office.later()).state is State.NEVER_ASKED


def test_the_last_answer_counts_and_the_earlier_stay(office: Office) -> None:
    record, traveller = record_in(office), uuid4()
    answered(office, record, traveller)
    before = office.later()
    answered(office, record, traveller, answer=Answer.REFUSED)
    assert standing(record, traveller, Purpose.CASEWORK, office.later()).state is State.REFUSED
    assert standing(record, traveller, Purpose.CASEWORK, before).state is State.GIVEN, "as it stood then"
    assert answers(record, traveller).count() == 2


def test_it_begins_and_ends_when_it_says(office: Office) -> None:
    record, traveller = record_in(office), uuid4()
    start, end = office.now + timedelta(days=1), office.now + timedelta(days=2)
    answered(office, record, traveller, starts_at=start, until=end)
    states = [
        standing(record, traveller, Purpose.CASEWORK, at).state
        for at in (office.later(), start, end - timedelta(seconds=1), end)
    ]
    assert states == [State.NOT_YET, State.GIVEN, State.GIVEN, State.EXPIRED]


def test_a_withdrawn_yes_stands_until_it_was_withdrawn(office: Office) -> None:
    record, traveller = record_in(office), uuid4()
    consent = answered(office, record, traveller)
    before = office.later()
    withdraw_consent(keyring=office.keyring("case_lead"), consent=consent, said_by=SaidBy.SELF, at=office.later())
    now = standing(record, traveller, Purpose.CASEWORK, office.later())
    assert (now.state, now.stands) == (State.WITHDRAWN, False)
    assert now.withdrawn is not None
    assert standing(record, traveller, Purpose.CASEWORK, before).stands
    assert list(withdrawals([consent])) == [consent.pk]


def test_a_yes_for_one_partner_is_none_for_another(office: Office) -> None:
    record, traveller, clinic, school = record_in(office), uuid4(), uuid4(), uuid4()
    answered(office, record, traveller, Purpose.SHARING, partner_id=clinic)
    at = office.later()
    assert standing(record, traveller, Purpose.SHARING, at, partner_id=clinic).stands
    assert not standing(record, traveller, Purpose.SHARING, at, partner_id=school).stands
