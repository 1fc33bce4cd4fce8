import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, follow_clock, page

from waystation.accounts.services import set_hold
from waystation.cases.services import close_case
from waystation.safeguarding.deadlines import Gravity
from waystation.safeguarding.models import Origin, Outcome
from waystation.safeguarding.services import Heard, acknowledge_complaint, answer_complaint, receive_complaint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_clock(office, monkeypatch)


def shown(office: Office, key: str = "director") -> str:
    return page(office.client(key).get(reverse("retention.due")))


def test_what_was_kept_long_enough_is_listed_with_what_to_do(office: Office) -> None:
    case, young = entered(office), entered(office)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    assert "No case has been kept longer" in shown(office)
    office.later(days=5 * 365)
    close_case(keyring=office.keyring("caseworker"), case=young, outcome="withdrew", at=office.later())
    seen = shown(office)
    assert (case.code in seen, young.code in seen) == (True, False)
    assert reverse("cases.shred", args=[case.pk]) in seen
    assert "kept for 5 years" in seen
    assert "kept long enough" in page(office.client("director").get("/"))


def test_a_case_on_hold_is_not_due(office: Office) -> None:
    case = entered(office)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    set_hold(keyring=office.keyring("director"), record=case.record, at=office.later(days=2000))
    assert case.code not in shown(office)


def test_a_complaint_is_listed_for_those_alone_who_handle_it(office: Office) -> None:
    heard = Heard(Origin.TRAVELLER, Gravity.HARM, "He asked for money.")
    complaint = receive_complaint(keyring=office.keyring("caseworker"), heard=heard, at=office.later())
    keyring = office.keyring("safeguarding")
    acknowledge_complaint(keyring=keyring, complaint=complaint, words="Told in person.", at=office.later())
    answer_complaint(keyring=keyring, complaint=complaint, outcome=Outcome.UPHELD, words="It is so.", at=office.later())
    address = reverse("safeguarding.complaint", args=[complaint.pk])
    office.later(days=9 * 365)
    assert address not in shown(office, "safeguarding")
    office.later(days=2 * 365)
    assert address in shown(office, "safeguarding")
    assert address not in shown(office, "director")
    assert "complaints kept long enough" in page(office.client("safeguarding").get("/"))
    assert "complaints kept long enough" not in page(office.client("director").get("/"))


@pytest.mark.parametrize("key", ["case_lead", "caseworker", "finance", "auditor", "communications", "field_officer"])
def test_it_is_for_those_who_may_shred(office: Office, key: str) -> None:
    assert office.client(key).get(reverse("retention.due")).status_code == 403
