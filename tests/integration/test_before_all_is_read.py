"""Pages between unlocking and the end of the warm-up: they answer with what is known, and call nothing none that is not known."""

from typing import Any

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, page

from waystation.cases.index.index import Index
from waystation.cases.models import Case
from waystation.cases.services import create_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def unread(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """Three cases that were there before anybody unlocked, and a warm-up that has not come to them."""
    cases = [entered(office, name=name) for name in ("Pak Un-ju", "Kang Hae-won", "Han Sol")]
    monkeypatch.setattr(Index, "_fill", lambda self: False)
    return cases


def test_a_list_says_how_far_it_is_and_not_that_there_is_nothing(office: Office, unread: list[Case]) -> None:
    client = office.client("caseworker")
    shown = page(client.get(reverse("cases.list")))
    assert "None of the 0 of 3 cases read so far" in shown
    assert "No case is open to you yet" not in shown
    assert f'hx-get="{reverse("cases.reading")}?again=1"' in shown
    create_case(keyring=office.keyring("caseworker"), values={"name": "New"}, at=office.later())
    assert "1 case so far" in page(client.get(reverse("cases.list"))), "what is new is there at once"


def test_a_count_that_is_not_known_is_no_nought(
    office: Office, unread: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.client("caseworker")
    shown = page(client.get(reverse("home")))
    assert "not known yet" in shown
    assert '<span class="nothing">0</span>' not in shown
    assert 'hx-trigger="everything-read from:body"' in shown
    create_case(keyring=office.keyring("caseworker"), values={"name": "New"}, at=office.later())
    assert ">1+</a>" in page(client.get(reverse("home"))), "at least one"
    monkeypatch.undo()
    whole = page(client.get(reverse("home")))
    assert ("not known yet" in whole, "everything-read" in whole, ">4</a>" in whole) == (False, False, True)


def test_the_part_that_is_asked_for_ends_by_itself(
    office: Office, unread: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, poll = office.client("caseworker"), {"x-poll": "1", "hx-request": "true"}
    part = client.get(reverse("cases.reading"), headers=poll)
    assert ("hx-get" in page(part), "0 of 3" in page(part), "HX-Trigger" in part.headers) == (True, True, False)
    assert "<html" not in page(part)
    monkeypatch.undo()
    part = client.get(f"{reverse('cases.reading')}?again=1", headers=poll)
    assert ("hx-get" in page(part), "All 3 cases are open" in page(part)) == (False, True)
    assert part.headers["HX-Trigger"] == "everything-read"


def test_a_search_says_that_it_is_not_whole(
    office: Office, unread: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.client("caseworker")
    none = page(client.post(reverse("cases.search"), {"text": "Un-ju"}))
    assert "Nothing found in the 0 of 3 cases read so far" in none
    assert "Nothing found in what you may open" not in none
    create_case(keyring=office.keyring("caseworker"), values={"name": "Pak Un-ju"}, at=office.later())
    assert "1 case found in the 0 of 3 read so far" in page(client.post(reverse("cases.search"), {"text": "Un-ju"}))
    monkeypatch.undo()
    assert "2 cases found" in page(client.post(reverse("cases.search"), {"text": "Un-ju"}))


def test_all_that_match_are_not_changed_before_they_are_known(
    office: Office, unread: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, asked = office.client("case_lead"), {"all": "1", "do": "priority:urgent"}
    assert "Not all cases are read yet" in page(client.post(reverse("cases.many"), asked, follow=True))
    monkeypatch.undo()
    assert "3 cases were changed." in page(client.post(reverse("cases.many"), asked, follow=True))


def test_who_enters_a_case_is_not_told_that_nobody_is_known(office: Office, unread: list[Case]) -> None:
    client = office.client("caseworker")
    shown = page(client.post(reverse("cases.new"), {"text": "Pak Un-ju"}))
    assert "Nothing found in the 0 of 3 cases read so far" in shown
    assert "Nobody like that" not in shown


def test_a_first_call_waits_for_nothing(office: Office, unread: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    client, here = office.client("caseworker"), reverse("desk.request")
    client.post(here, {"stage": "for_whom", "for_whom": "Pak Un-ju"})
    shown = page(client.get(here))
    assert "Compared with 0 of 3 cases so far" in shown
    assert "Nobody like that" not in shown
    monkeypatch.undo()
    shown = page(client.get(here))
    assert unread[0].code in shown
    assert "Compared with" not in shown


def test_a_case_is_shown_and_saved_without_the_index(
    office: Office, unread: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: Any, **__: Any) -> None:
        raise AssertionError("a page of one case asked the index")

    monkeypatch.setattr(Index, "catch_up", asked)
    client, case = office.client("caseworker"), unread[0]
    assert case.code in page(client.get(reverse("cases.page", args=[case.pk])))
    told = {"version": case.version, "note": "another", "urgency": "soon", "initial-urgency": "soon"}
    assert client.post(reverse("cases.edit.welfare", args=[case.pk]), told).status_code == 303
    assert "another" in page(client.get(reverse("cases.page", args=[case.pk])))
