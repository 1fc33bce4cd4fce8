import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked, person
from tests.unit.cases.people import page
from tests.unit.consent.answers import answered
from tests.unit.exchange.forms.test_definitions import brought
from tests.unit.safeguarding.children import Child, trained

from waystation.cases.whole import open_whole
from waystation.consent.models import SaidBy
from waystation.consent.purposes import Purpose
from waystation.consent.services import withdraw_consent
from waystation.exchange.models import Submission
from waystation.store.tiers import Tier
from waystation.web.views.desk.elsewhere import elsewhere

pytestmark = pytest.mark.django_db


def test_what_other_rooms_did_stands_in_the_timeline_and_nothing_of_what_was_said(office: Office) -> None:
    case = asked(office)
    child = Child(office, case.record)
    child.id = person(office, case, "5-11")
    trained(office)
    child.screened()
    child.facts()
    child.decided(child.assessment())
    consent = answered(office, case.record, child.id, Purpose.MOVEMENT)
    withdraw_consent(keyring=office.keyring("caseworker"), consent=consent, said_by=SaidBy.SELF, at=office.later())
    shown = page(office.client("caseworker").get(reverse("cases.page", args=[case.pk])))
    for words in (
        "decided about trafficking",
        "wrote down age and care",
        "wrote: Best interests assessment",
        "decided as the second person: Best interests assessment",
        "Planning and setting out: yes",
        "Planning and setting out: taken back",
    ):
        assert f"Person 1 · 5 to 11: {words}" in shown, words


def test_a_form_is_told_of_to_those_who_hold_its_part(office: Office) -> None:
    case, form = asked(office), brought(office)
    at = office.later()
    Submission.objects.create(record=case.record, form=form, by=office.id("caseworker"), at=at, filed_at=at)
    whole = open_whole(keyring=office.keyring("caseworker"), case=case, tiers=frozenset(), at=office.later())
    assert [each.kind for each in elsewhere(whole, {Tier(form.tier)})] == ["form"]
    assert elsewhere(whole, set(Tier) - {Tier(form.tier)}) == []
