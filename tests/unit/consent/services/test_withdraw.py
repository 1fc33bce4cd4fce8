from datetime import timedelta
from uuid import uuid4

import pytest

from tests.office import Office
from tests.unit.consent.answers import answered, record_in
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.consent.errors import ConsentRefusedError
from waystation.consent.models import Answer, Consent, SaidBy
from waystation.consent.policies import blocks
from waystation.consent.purposes import Activity, Purpose
from waystation.consent.services import Stopped, withdraw_consent
from waystation.kernel import BadInputError

pytestmark = pytest.mark.django_db


def taken_back(office: Office, consent: Consent, by: str = "caseworker") -> Stopped:
    keyring = office.keyring(by)
    return withdraw_consent(keyring=keyring, consent=consent, said_by=SaidBy.SELF, words="by phone", at=office.later())


def test_a_withdrawal_says_what_it_stopped_and_stops_it(office: Office) -> None:
    record, traveller = record_in(office), uuid4()
    answered(office, record, traveller, Purpose.CASEWORK)
    consent = answered(office, record, traveller, Purpose.MOVEMENT)
    assert blocks(record, traveller, Activity.SETTING_OUT, office.later()) == ()
    stopped = taken_back(office, consent)
    assert stopped.activities == (Activity.PLANNING, Activity.SETTING_OUT)
    assert [each.purpose for each in blocks(record, traveller, Activity.SETTING_OUT, office.later())] == [
        Purpose.MOVEMENT
    ]
    assert blocks(record, traveller, Activity.ASSESSING, office.later()) == (), "the rest goes on"
    assert Entry.objects.filter(kind="consent.withdrawn").count() == 1


def test_an_old_yes_taken_back_stops_nothing_while_a_newer_one_stands(office: Office) -> None:
    record, traveller = record_in(office), uuid4()
    old = answered(office, record, traveller)
    answered(office, record, traveller)
    assert taken_back(office, old).activities == ()


def test_asked_again_it_stands_again(office: Office) -> None:
    record, traveller = record_in(office), uuid4()
    taken_back(office, answered(office, record, traveller))
    answered(office, record, traveller)
    assert blocks(record, traveller, Activity.ASSESSING, office.later()) == ()


def test_what_is_no_yes_or_was_taken_back_cannot_be(office: Office) -> None:
    record = record_in(office)
    consent, refusal = answered(office, record), answered(office, record, answer=Answer.REFUSED)
    taken_back(office, consent)
    for row, code in ((consent, "already_withdrawn"), (refusal, "refused")):
        with pytest.raises(ConsentRefusedError) as refused:
            taken_back(office, row)
        assert refused.value.code == code


def test_who_may_not_withdraws_nothing_and_nobody_in_the_future(office: Office) -> None:
    consent = answered(office, record_in(office))
    with pytest.raises(NotPermittedError):
        taken_back(office, consent, "finance")
    with pytest.raises(BadInputError):
        withdraw_consent(
            keyring=office.keyring("caseworker"),
            consent=consent,
            said_by=SaidBy.SELF,
            withdrawn_at=office.now + timedelta(days=1),
            at=office.later(),
        )
