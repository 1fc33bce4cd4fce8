import re

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, page

from waystation.accounts.services import own_notes
from waystation.cases.index.chosen import Chosen
from waystation.web.views.cases.saved import list_address, saved_views

pytestmark = pytest.mark.django_db


def test_a_view_is_kept_shown_followed_and_taken_away(office: Office) -> None:
    entered(office)
    client = office.client("caseworker")
    client.get("/cases?what=overdue&whose=mine")
    assert client.post(reverse("cases.views.save"), {"name": "  Today's   round "}).status_code == 303
    (view,) = saved_views(office.keyring("caseworker"))
    assert (view.name, view.address) == ("Today's round", "/cases?whose=mine&what=overdue")
    shown = page(client.get("/cases?state=all"))
    assert view.address in shown
    assert "Today's round" in shown
    assert "Today's round" not in page(office.client("case_lead").get("/cases"))
    assert re.search("selected>Overdue<", page(client.get(view.address)))
    assert office.client("case_lead").post(reverse("cases.views.drop", args=[view.id])).status_code == 303
    assert len(saved_views(office.keyring("caseworker"))) == 1
    client.post(reverse("cases.views.drop", args=[view.id]))
    assert saved_views(office.keyring("caseworker")) == []


def test_a_view_without_a_name_and_one_too_many_are_not_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = office.client("caseworker")
    client.post(reverse("cases.views.save"), {"name": "   "})
    assert "has no name yet" in page(client.get("/cases"))
    monkeypatch.setattr("waystation.accounts.services.own_notes.MOST", 0)
    client.post(reverse("cases.views.save"), {"name": "one"})
    assert "as many views as one may keep" in page(client.get("/cases"))
    assert own_notes.own_notes(office.keyring("caseworker"), "view") == {}


def test_an_address_always_says_something() -> None:
    assert list_address(Chosen()) == "/cases?state=open"
    assert list_address(Chosen(what="new")) == "/cases?what=new"
