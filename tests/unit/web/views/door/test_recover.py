import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.unit.web.views.door.conftest import WORDS, words_on

from waystation.config.desk import Desk
from waystation.config.seat import TooSoonError
from waystation.vault import TamperedError, WrongSecretError, new_recovery, shares_of

Founded = tuple[Desk, tuple[str, ...]]


def typed(shares: tuple[str, ...]) -> dict[str, str]:
    return {f"share_{place}": share for place, share in enumerate(shares[:3])}


def test_three_sheets_a_person_and_new_words(founded: Founded, browser: Client) -> None:
    desk, shares = founded
    assert browser.get("/recover").status_code == 200
    assert browser.get("/recover/person")["Location"] == "/recover"
    assert browser.post("/recover", typed(shares[2:]))["Location"] == "/recover/person"
    page = browser.get("/recover/person")
    assert "Founder Invented" in page.content.decode()
    assert Client(HTTP_HOST="127.0.0.1").get("/recover/person")["Location"] == "/recover"
    assert browser.get("/")["Location"] == "/unlock"  # shares open no page but this

    words = words_on(page)
    found = re.search(r'name="person" value="([^"]+)"', page.content.decode())
    assert found is not None
    browser.post("/recover/person", {"another": "1"})
    other = words_on(browser.get("/recover/person"))
    assert other != words
    chosen = {"person": found[1], "typed": " ".join(words)}
    differs = browser.post("/recover/person", chosen)
    assert differs.status_code == 422
    assert words_on(differs) == other
    assert browser.post("/recover/person", {**chosen, "person": "", "typed": " ".join(other)}).status_code == 422
    assert browser.post("/recover/person", {**chosen, "typed": " ".join(other)})["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert browser.get("/recover")["Location"] == "/"
    assert desk.person() is not None
    with pytest.raises(WrongSecretError):
        Desk(desk.folder).unlock(WORDS, at=timezone.now())


def test_a_mistyped_sheet_is_named(founded: Founded, browser: Client) -> None:
    _, shares = founded
    first, *rest = shares[1].split()
    broken = (shares[0], " ".join([rest[0], first, *rest[1:]]), shares[2])
    answer = browser.post("/recover", typed(broken))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_share_1"' in page
    assert 'href="#id_share_0"' not in page


def test_anothers_sheets_open_nothing(founded: Founded, browser: Client) -> None:
    answer = browser.post("/recover", typed(shares_of(new_recovery())))
    assert answer.status_code == 422
    assert "do not open this device" in answer.content.decode()
    assert founded[0].token == ""


@pytest.mark.parametrize(
    ("error", "said"), [(TooSoonError(9), "Wait 9 seconds"), (TamperedError("x"), "changed or damaged")]
)
def test_each_refusal_has_its_sentence(
    founded: Founded, browser: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def refuse(_: object) -> None:
        raise error

    monkeypatch.setattr(founded[0], "open_with_shares", refuse)
    assert said in browser.post("/recover", typed(founded[1])).content.decode()
