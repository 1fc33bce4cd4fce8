from datetime import timedelta
from uuid import uuid4

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.consent.answers import answered
from waystation.cases.index.consents import consents_end
from waystation.cases.index.index import index_of
from waystation.cases.index.reasons import Reason
from waystation.consent.models import Answer, SaidBy
from waystation.consent.purposes import Purpose
from waystation.consent.services import withdraw_consent

pytestmark = pytest.mark.django_db


def test_the_first_yes_that_ends_by_itself_is_told(office: Office) -> None:
    case, quiet = asked(office), asked(office)
    who, near, far = uuid4(), office.now + timedelta(days=9), office.now + timedelta(days=90)
    answered(office, quiet.record, who)
    assert consents_end([case.pk, quiet.pk]) == {}
    answered(office, case.record, who, until=far)
    answered(office, case.record, who, Purpose.MOVEMENT, until=near)
    assert consents_end([case.pk, quiet.pk]) == {case.pk: near}


def test_what_was_asked_again_or_taken_back_is_not_told(office: Office) -> None:
    case, who, soon = asked(office), uuid4(), office.now + timedelta(days=3)
    answered(office, case.record, who, until=soon)
    answered(office, case.record, who)
    assert consents_end([case.pk]) == {}
    answered(office, case.record, who, until=soon)
    answered(office, case.record, who, answer=Answer.REFUSED)
    assert consents_end([case.pk]) == {}
    given = answered(office, case.record, who, Purpose.MOVEMENT, until=soon)
    assert consents_end([case.pk]) == {case.pk: soon}
    withdraw_consent(
        keyring=office.keyring("caseworker"),
        consent=given,
        said_by=SaidBy.SELF,
        at=office.later(),
    )
    assert consents_end([case.pk]) == {}


def test_a_row_says_that_a_consent_runs_out_to_who_may_know_how_people_are(office: Office) -> None:
    case = asked(office)
    for key in ("caseworker", "finance"):
        index_of(office.keyring(key)).catch_up(office.person(key), at=office.later(), seconds=60)
    answered(office, case.record, uuid4(), until=office.now + timedelta(days=9))
    for key, told in (("caseworker", True), ("finance", False)):
        index = index_of(office.keyring(key))
        index.catch_up(office.person(key), at=office.later(), seconds=60)
        entry = index.get(case.pk)
        assert entry is not None
        assert (Reason.CONSENT in entry.why) is told
