from typing import Any

import pytest
from django.test import Client, RequestFactory

from waystation.web import frame
from waystation.web.commands import Command
from waystation.web.frame import frame_of, may_open, theme_of


def test_nobody_may_open_a_url_without_a_row() -> None:
    assert not may_open("no.such.page", RequestFactory().get("/"))


def test_the_locked_may_open_what_is_open_to_them_and_nothing_else() -> None:
    request = RequestFactory().get("/")
    assert may_open("preferences.language", request)
    assert not may_open("home", request)


def test_while_locked_no_name_and_no_menu_is_shown(db: None) -> None:
    found = frame_of(RequestFactory().get("/"))
    assert (found.unlocked, found.person, found.organisation, found.menu) == (False, "", "", [])


def test_everybody_sees_who_they_are_and_where(office: Any) -> None:
    for role in ("caseworker", "auditor", "finance"):
        page = office.client(role).get("/").content.decode()
        name = office.keyring(role).open(office.person(role), "name")["name"]
        assert name in page


def test_a_command_whose_address_needs_an_argument_is_left_out(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        frame, "commands", lambda: iter([Command("home.title", "home"), Command("home.title", "no.such.page")])
    )
    monkeypatch.setattr(frame, "may_use", lambda _command, _request: True)
    assert [entry.address for entry in frame_of(RequestFactory().get("/")).commands] == ["/"]


def test_the_page_one_is_on_is_marked(office: Any) -> None:
    page = office.client("caseworker").get("/preferences").content.decode()
    assert page.count('aria-current="page"') == 1


def test_a_theme_is_one_of_three() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = "plaid"
    assert theme_of(request) == "system"


def test_titles_of_error_pages_tell_nothing(client: Client, db: None) -> None:
    answer = client.get("/there/is/no/such/page")
    assert answer.status_code == 404
    assert b"no/such/page" not in answer.content
