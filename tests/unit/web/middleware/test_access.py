from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from waystation.accounts.models import Organisation, Person, Team
from waystation.accounts.permissions import Action
from waystation.audit.models import Entry
from waystation.web.access import ACCESS, Access
from waystation.web.middleware.access import AFTER_UNLOCK

if TYPE_CHECKING:
    from tests.office import Office


def test_an_address_without_a_row_is_not_there(office: "Office", monkeypatch: pytest.MonkeyPatch) -> None:
    client = office.client("director")
    assert client.get("/preferences").status_code == 200
    monkeypatch.delitem(ACCESS, "preferences")
    assert client.get("/preferences").status_code == 404
    assert Client(HTTP_HOST="127.0.0.1").get("/preferences").status_code == 404


def test_who_is_locked_out_is_sent_to_the_door_and_back_again(office: "Office") -> None:
    client = office.client("director")
    stranger = Client(HTTP_HOST="127.0.0.1")
    assert client.get("/").status_code == 200
    answer = stranger.get("/preferences")
    assert (answer.status_code, answer["Location"]) == (303, "/unlock")
    assert stranger.session[AFTER_UNLOCK] == "/preferences"
    assert stranger.post("/preferences/awake")["Location"] == "/unlock"
    assert stranger.session[AFTER_UNLOCK] == "/preferences"


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(office: "Office") -> None:
    office.client("director").get("/")
    answer = Client(HTTP_HOST="127.0.0.1").get("/preferences", headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/unlock")


def test_a_role_without_the_permission_is_refused(office: "Office", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACCESS, "palette", Access(Action.PEOPLE_ADMIT))
    assert office.client("director").get("/everything").status_code == 200
    assert office.client("finance").get("/everything").status_code == 403


def test_whoever_left_is_locked_out_at_once(office: "Office") -> None:
    client = office.client("finance")
    assert client.get("/").status_code == 200
    Person.objects.filter(pk=office.id("finance")).update(active=False, left_at=office.now, until_seq=1)
    assert client.get("/")["Location"] == "/unlock"
    assert client.get("/unlock").status_code == 200
    # and nothing was signed by who left
    assert Entry.objects.order_by("seq").last().kind != "locked"  # type: ignore[union-attr] # there are entries


def test_nothing_opens_before_the_shares_are_confirmed(office: "Office") -> None:
    client = office.client("director")
    Organisation.objects.update(recovery_confirmed_at=None)
    assert client.get("/")["Location"] == "/set-up/shares"
    assert client.get("/preferences")["Location"] == "/set-up/shares"


def test_a_record_that_one_may_not_reach_is_not_there(office: "Office", monkeypatch: pytest.MonkeyPatch) -> None:
    from waystation.web.middleware.access import _reaches

    client = office.client("director")
    request = client.get("/").wsgi_request
    access = Access(Action.CASE_OPEN, "case_id")
    assert not _reaches(request, access, {"case_id": uuid4()})
    assert not _reaches(request, access, {"case_id": "no-uuid"})
    assert not _reaches(request, access, {})
    own = Team.objects.first() or Person.objects.first()
    assert own is not None
    assert not _reaches(request, access, {"case_id": own.pk})  # a row of another kind of record
    assert _reaches(request, Access(Action.PEOPLE_CHANGE, "person_id"), {"person_id": own.pk})
    assert _reaches(request, ACCESS["home"], {})
