import pytest
from django.test import Client
from tests.unit.web.views.door.conftest import WORDS, words_on

from waystation.config.desk import Desk, TooSoonError
from waystation.kernel import BadInputError

Founded = tuple[Desk, tuple[str, ...]]


@pytest.fixture
def unlocked(founded: Founded, browser: Client) -> Client:
    browser.post("/unlock", {"passphrase": WORDS})
    return browser


def test_new_words_take_the_place_of_the_old(founded: Founded, unlocked: Client) -> None:
    words = words_on(unlocked.get("/passphrase"))
    unlocked.post("/passphrase", {"more": "1"})
    words = words_on(unlocked.get("/passphrase"))
    assert len(words) == 8
    wrong = unlocked.post("/passphrase", {"old": WORDS.replace("dragon", "walnut"), "typed": " ".join(words)})
    assert wrong.status_code == 422
    assert unlocked.post("/passphrase", {"old": WORDS, "typed": " ".join(words[1:])}).status_code == 422
    assert unlocked.post("/passphrase", {"old": "", "typed": " ".join(words)}).status_code == 422
    assert unlocked.post("/passphrase", {"old": WORDS, "typed": " ".join(words)})["Location"] == "/preferences"
    unlocked.post("/lock")
    fresh = Client(HTTP_HOST="127.0.0.1")
    assert fresh.post("/unlock", {"passphrase": WORDS}).status_code == 422
    assert fresh.post("/unlock", {"passphrase": " ".join(words)})["Location"] == "/"


@pytest.mark.parametrize(
    ("error", "said"), [(BadInputError("x"), "cannot be used on this device"), (TooSoonError(3), "Wait 3 seconds")]
)
def test_each_refusal_has_its_sentence(
    founded: Founded, unlocked: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(founded[0], "change_passphrase", refuse)
    words = words_on(unlocked.get("/passphrase"))
    assert said in unlocked.post("/passphrase", {"old": WORDS, "typed": " ".join(words)}).content.decode()


def test_nobody_changes_words_while_it_is_locked(founded: Founded, browser: Client) -> None:
    assert browser.get("/passphrase")["Location"] == "/unlock"
