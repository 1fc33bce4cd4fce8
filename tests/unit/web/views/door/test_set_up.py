from django.test import Client
from tests.unit.web.views.door.conftest import words_on

from waystation.accounts.models import Organisation, Person
from waystation.accounts.roles import Role
from waystation.config.desk import Desk

DETAILS = {"organisation": "Harbour Invented", "person": "Founder Invented", "works_on_cases": "on"}


def drawn(browser: Client, details: dict[str, str] = DETAILS) -> list[str]:
    browser.post("/set-up/organisation", details)
    return words_on(browser.get("/set-up/passphrase"))


def test_one_page_leads_to_the_next(desk: Desk, browser: Client) -> None:
    assert browser.get("/welcome").status_code == 200
    assert browser.get("/set-up/passphrase")["Location"] == "/set-up/organisation"
    assert browser.get("/set-up/repeat")["Location"] == "/set-up/organisation"
    words = drawn(browser)
    assert len(set(words)) == 7
    assert browser.post("/set-up/repeat", {"typed": " ".join(words)})["Location"] == "/set-up/shares"
    assert Person.objects.get().role_set == {Role.DIRECTOR, Role.CASE_LEAD}
    assert "Invented" not in str(Organisation.objects.values().get())
    for done in ("/welcome", "/set-up/organisation", "/set-up/passphrase", "/set-up/repeat"):
        assert browser.get(done)["Location"] == "/set-up/shares"


def test_what_is_missing_is_said_and_the_rest_kept(desk: Desk, browser: Client) -> None:
    answer = browser.post("/set-up/organisation", {"organisation": "Harbour Invented", "person": " "})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Harbour Invented"' in page
    assert 'href="#id_person"' in page
    drawn(browser)
    assert 'value="Harbour Invented"' in browser.get("/set-up/organisation").content.decode()  # one may go back


def test_other_words_and_more_of_them(desk: Desk, browser: Client) -> None:
    first = drawn(browser)
    assert words_on(browser.get("/set-up/passphrase")) == first
    assert browser.post("/set-up/passphrase").status_code == 303
    second = words_on(browser.get("/set-up/passphrase"))
    assert second != first
    for _ in range(8):
        browser.post("/set-up/passphrase", {"more": "1"})
    assert len(words_on(browser.get("/set-up/passphrase"))) == 12


def test_words_in_korean_for_who_reads_korean(desk: Desk, browser: Client) -> None:
    browser.cookies["language"] = "ko"
    words = drawn(browser)
    assert all("가" <= letter <= "힣" for word in words for letter in word)
    assert browser.post("/set-up/repeat", {"typed": "  ".join(words)})["Location"] == "/set-up/shares"
    assert Organisation.objects.get().language == "ko"


def test_words_that_differ_make_nothing(desk: Desk, browser: Client) -> None:
    words = drawn(browser, {"organisation": "Harbour", "person": "Founder"})
    swapped = [words[1], words[0], *words[2:]]
    answer = browser.post("/set-up/repeat", {"typed": " ".join(swapped)})
    assert answer.status_code == 422
    assert "not the words that were shown" in answer.content.decode()
    assert not desk.has_device
    assert browser.post("/set-up/repeat", {"typed": " ".join(words)}).status_code == 303
    assert Person.objects.get().role_set == {Role.DIRECTOR}


def test_a_folder_with_a_store_and_no_keys_is_left_alone(desk: Desk, browser: Client) -> None:
    words = drawn(browser)
    (desk.folder / "store.db").write_bytes(b"records")
    answer = browser.post("/set-up/repeat", {"typed": " ".join(words)})
    assert answer.status_code == 422
    assert "Restore a backup" in answer.content.decode()


def test_a_founding_that_was_interrupted_asks_for_the_names_again(desk: Desk, browser: Client) -> None:
    words = drawn(browser)
    browser.post("/set-up/repeat", {"typed": " ".join(words)})
    desk.keyring = None  # as after a crash between the keys and the organisation
    Person.objects.all().delete()
    from waystation.audit.models import Entry, Head, LogBox

    Organisation.objects.all().delete()
    for model in (Entry, Head, LogBox):
        model._default_manager.all()._raw_delete("default")
    assert browser.get("/")["Location"] == "/unlock"
    assert browser.get("/unlock")["Location"] == "/set-up/organisation"
    assert browser.get("/set-up/organisation").status_code == 200
    assert browser.post("/set-up/organisation", DETAILS)["Location"] == "/set-up/shares"
    assert len(desk.shares()) == 5
