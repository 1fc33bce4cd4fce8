from typing import Any

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def client(office: Any) -> Client:
    client: Client = office.client("caseworker")
    return client


def test_the_language_is_kept_in_a_cookie_that_scripts_cannot_read(client: Client) -> None:
    answer = client.post("/preferences/language", {"language": "ko", "next": "/preferences"})
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (answer.status_code, answer["Location"]) == (303, "/preferences")
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("ko", True, "Strict")


def test_the_language_can_be_chosen_while_locked(db: None) -> None:
    assert (
        Client().post("/preferences/language", {"language": "ko"}).cookies[settings.LANGUAGE_COOKIE_NAME].value == "ko"
    )


def test_a_language_that_is_none_of_ours_is_not_kept(client: Client) -> None:
    assert settings.LANGUAGE_COOKIE_NAME not in client.post("/preferences/language", {"language": "../fr"}).cookies


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org", "no"]
)
def test_one_is_never_sent_elsewhere(client: Client, elsewhere: str) -> None:
    assert client.post("/preferences/language", {"language": "ko", "next": elsewhere})["Location"] == "/"


def test_the_theme_is_kept_and_shown(client: Client) -> None:
    assert client.post("/preferences/theme", {"theme": "dark"}).status_code == 303
    page = client.get("/preferences").content.decode()
    assert 'data-bs-theme="dark"' in page


def test_a_theme_that_does_not_exist_is_refused_on_the_page(client: Client) -> None:
    answer = client.post("/preferences/theme", {"theme": "plaid"})
    assert answer.status_code == 422
    assert b"error-summary" in answer.content


def test_a_theme_is_not_read_from_a_forged_cookie(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert 'data-chosen="system"' in client.get("/preferences").content.decode()


def test_being_awake_answers_nothing_and_is_only_posted(client: Client) -> None:
    assert client.post("/preferences/awake").status_code == 204
    assert client.get("/preferences/awake").status_code == 405


def test_choosing_is_only_posted(client: Client) -> None:
    assert {client.get(f"/preferences/{what}").status_code for what in ("language", "theme")} == {405}
