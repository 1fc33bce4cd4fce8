import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked, person, summary
from tests.unit.cases.people import page, saved
from tests.unit.consent.answers import answered
from tests.unit.safeguarding.children import Child, trained

from waystation.cases.models import EXITS
from waystation.cases.steps.vocabulary import Priority, Standing, Step
from waystation.consent.models import Answer
from waystation.consent.purposes import Purpose

pytestmark = pytest.mark.django_db


def test_a_step_on_says_what_is_missing_and_can_be_undone(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    shown = reverse("cases.page", args=[case.pk])
    on = reverse("desk.advance", args=[case.pk])
    client.post(on)
    assert summary(office, case).step is Step.VERIFICATION
    assert reverse("desk.back", args=[case.pk]) in page(client.get(shown))  # the way back is offered at once
    client.post(on)
    assert "It was not verified yet." in page(client.get(shown))
    judge = reverse("desk.judge", args=[case.pk])
    assert '<option value="verification" selected>' in page(client.get(f"{judge}?of=verification"))
    refused = client.post(judge, {"subject": "verification", "result": "cannot_yet"})
    assert (refused.status_code, "Choose a reason." in page(refused)) == (422, True)
    client.post(judge, {"subject": "verification", "result": "cannot_yet", "reason": "no_answer"})
    assert summary(office, case).standing is Standing.CANNOT_YET
    assert "it cannot go on yet" in page(client.get(shown))
    client.post(judge, {"subject": "verification", "result": "done"})
    client.post(on)
    assert summary(office, case).step is Step.SCREENING
    client.post(reverse("desk.back", args=[case.pk]))
    assert summary(office, case).step is Step.VERIFICATION


def test_a_card_says_what_consent_and_safeguarding_say(office: Office) -> None:
    case = asked(office)
    child = Child(office, case.record)
    child.id = person(office, case, "5-11")
    address = reverse("cases.page", args=[case.pk])
    shown = page(office.client("caseworker").get(address))
    for words in ("best interests procedure open", "consent to the journey open", "trafficking not yet decided"):
        assert words in shown
    child.facts()
    trained(office)
    child.decided(child.assessment())
    child.decided(child.determination(), "case_lead")
    answered(office, case.record, child.id, Purpose.MOVEMENT, Answer.REFUSED)
    child.screened()
    shown = page(office.client("caseworker").get(address))
    assert "best interests procedure done" in shown
    assert "did not consent" in shown
    assert "trafficking not yet decided" not in shown


def test_closing_says_how_it_ended_and_is_undone_where_it_was(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    client.post(reverse("desk.advance", args=[case.pk]))
    client.post(reverse("desk.set_priority", args=[case.pk]), {"priority": "urgent"})
    address = reverse("cases.close", args=[case.pk])
    shown = page(client.get(address))
    assert all(f'value="{word}"' in shown for word in EXITS)
    assert client.post(address, {"outcome": ""}).status_code == 422
    client.post(address, {"outcome": "unreachable", "on": "2031-02-01", "words": "three calls"})
    assert (summary(office, case).step, summary(office, case).outcome) == (Step.CLOSURE, "unreachable")
    client.post(reverse("cases.reopen", args=[case.pk]))
    now = summary(office, case)
    assert (now.step, now.outcome, now.priority) == (Step.VERIFICATION, "", Priority.URGENT)
    assert saved(case.pk).closed_at is None
