from datetime import timedelta

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import page
from tests.unit.safeguarding.children import Child

from waystation.cases.models import Case
from waystation.safeguarding.deadlines import Gravity
from waystation.safeguarding.indicators import OF_HOUSE
from waystation.safeguarding.models import Answer, HouseKind, Origin
from waystation.safeguarding.services import Found, Heard, receive_complaint, record_check

pytestmark = pytest.mark.django_db


def test_papers_wait_for_who_may_decide(office: Office) -> None:
    child = Child(office)
    paper = child.determination(by="case_lead")
    client = office.client("safeguarding")
    shown = page(client.get(reverse("safeguarding.waiting")))
    assert Case.objects.get(pk=child.record.pk).code in shown
    assert reverse("safeguarding.paper", args=[child.record.pk, paper.pk]) in shown
    assert "wait for you" in page(client.get(reverse("home")))
    lead = office.client("case_lead")
    assert "Nothing waits for your decision" in page(lead.get(reverse("safeguarding.waiting")))
    assert "wait for you" not in page(lead.get(reverse("home")))
    assert office.client("finance").get(reverse("safeguarding.waiting")).status_code == 403


def test_complaints_are_counted_to_who_holds_them_and_are_red_when_late(office: Office) -> None:
    heard = Heard(Origin.STAFF, Gravity.HARM, "x", about=[office.id("safeguarding")])
    receive_complaint(keyring=office.keyring("finance"), heard=heard, at=office.later())
    director = office.client("director")
    assert "open complaints" in page(director.get(reverse("home")))
    office.later(days=2)
    assert "complaints past their day" in page(director.get(reverse("home")))
    for key in ("safeguarding", "finance"):
        assert (
            "complaint" not in page(office.client(key).get(reverse("home"))).split("<main", 1)[1].split("</main", 1)[0]
        )


def test_what_is_to_be_put_right_is_counted_when_it_is_late(office: Office) -> None:
    at = office.later()
    record_check(
        keyring=office.keyring("director"),
        kind=HouseKind.OFFICE,
        name="the office",
        answers={**dict.fromkeys(OF_HOUSE, Answer.NO), "threats": Answer.YES},
        found=[Found("talk", at + timedelta(days=1))],
        next_by=at + timedelta(days=3),
        at=at,
    )
    client = office.client("director")
    assert "should be right by now" not in page(client.get(reverse("home")))
    office.later(days=4)
    text = page(client.get(reverse("home")))
    assert "should be right by now" in text
    assert "houses to look at again" in text
