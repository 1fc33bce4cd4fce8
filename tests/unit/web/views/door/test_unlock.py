from typing import Any

import pytest
from django.test import Client
from tests.unit.web.views.door.conftest import WORDS

from waystation.config.desk import Desk
from waystation.config.seat import TooSoonError
from waystation.kernel import RuleRefusedError
from waystation.vault import TamperedError

Founded = tuple[Desk, tuple[str, ...]]


def test_the_right_words_open_and_lead_to_where_one_wanted_to_go(founded: Founded, browser: Client) -> None:
    assert browser.get("/preferences")["Location"] == "/unlock"
    page = browser.get("/unlock")
    assert page.status_code == 200
    before = browser.session.session_key
    answer = browser.post("/unlock", {"passphrase": f"  {WORDS.upper()} "})
    assert (answer.status_code, answer["Location"]) == (303, "/preferences")
    assert browser.session.session_key != before
    assert browser.get("/unlock")["Location"] == "/"


def test_the_wrong_words_are_said_in_a_sentence_and_not_repeated_in_the_address(
    founded: Founded, browser: Client
) -> None:
    answer = browser.post("/unlock", {"passphrase": WORDS.replace("dragon", "walnut")})
    assert answer.status_code == 422
    assert "opens nothing on this device" in answer.content.decode()
    assert "walnut" not in answer.content.decode()
    assert browser.post("/unlock", {"passphrase": ""}).status_code == 422
    assert founded[0].token == ""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TooSoonError(1.2), "Wait 2 seconds"),
        (TooSoonError(0.3), "Wait one second"),
        (TamperedError("x"), "changed or damaged"),
        (RuleRefusedError("x"), "cannot be opened here"),
    ],
)
def test_each_refusal_has_its_sentence(
    founded: Founded, browser: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(founded[0], "unlock", refuse)
    answer = browser.post("/unlock", {"passphrase": WORDS})
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", 7])
def test_one_is_never_sent_elsewhere(founded: Founded, browser: Client, wanted: Any) -> None:
    browser.get("/unlock")
    session = browser.session
    session["after_unlock"] = wanted
    session.save()
    assert browser.post("/unlock", {"passphrase": WORDS})["Location"] == "/"


def test_what_could_write_memory_to_the_disk_is_said(founded: Founded, browser: Client) -> None:
    assert "swap" not in browser.get("/unlock").content.decode()
    founded[0].cautions = ("swap", "hibernation")
    page = browser.get("/unlock").content.decode()
    assert "in the clear (swap)" in page
    assert "hibernates" in page


def test_locking_ends_the_session_and_the_process(founded: Founded, browser: Client) -> None:
    desk, _ = founded
    browser.post("/unlock", {"passphrase": WORDS})
    assert browser.get("/lock").status_code == 405
    answer = browser.post("/lock")
    assert (answer.status_code, answer["Location"]) == (303, "/unlock")
    assert desk.opened is None
    assert browser.get("/")["Location"] == "/unlock"
    assert browser.post("/lock")["Location"] == "/unlock"


def test_a_new_device_has_nothing_to_unlock(desk: Desk, browser: Client) -> None:
    assert browser.get("/unlock")["Location"] == "/set-up/organisation"
    assert browser.get("/")["Location"] == "/welcome"
