"""The frame by keyboard alone: Ctrl-K, the keys, the lock, names, forms."""

import re
from html import escape
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Opened
from tests.browser.window import Window
from waystation.web.access import ACCESS, ANY_PERSON, Access


@pytest.fixture
def client(office: Any) -> Client:
    client: Client = office.client("caseworker")
    return client


@pytest.fixture
def home(client: Client, opened: Opened) -> Page:
    return opened(client).go("/")


@pytest.fixture
def specimen(client: Client, opened: Opened, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Window:
    settings.ROOT_URLCONF = "tests.browser.specimen"
    monkeypatch.setitem(ACCESS, "specimen", Access(ANY_PERSON))
    return opened(client)


def test_ctrl_k_goes_where_the_letters_say(home: Page) -> None:
    home.keyboard.press("Control+k")
    expect(home.locator("#palette")).to_be_visible()
    home.keyboard.type("prefer")
    assert home.locator("#palette li:visible").count() == 1
    home.keyboard.press("Enter")
    home.wait_for_url("**/preferences")


def test_ctrl_k_works_in_hangul_and_an_unfinished_syllable_chooses_nothing(client: Client, opened: Opened) -> None:
    page = opened(client, language="ko").go("/")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("환경")
    assert page.locator("#palette li:visible").count() == 1
    composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    page.locator("#palette-filter").evaluate(f"(field) => {{ field.dispatchEvent({composing}) }}")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/preferences")


def test_arrows_choose_and_escape_closes(home: Page) -> None:
    home.keyboard.press("Control+k")
    first = home.locator("#palette li[aria-selected=true]").text_content()
    home.keyboard.press("ArrowDown")
    assert home.locator("#palette li[aria-selected=true]").text_content() != first
    home.keyboard.press("ArrowUp")
    assert home.locator("#palette li[aria-selected=true]").text_content() == first
    home.keyboard.press("Escape")
    expect(home.locator("#palette")).to_be_hidden()


def test_ctrl_k_says_when_nothing_matches(home: Page) -> None:
    home.keyboard.press("Control+k")
    home.keyboard.type("zzzz")
    expect(home.locator(".palette-none")).not_to_be_empty()
    home.keyboard.press("Enter")
    expect(home.locator("#palette")).to_be_visible()


def test_what_the_page_itself_offers_is_in_ctrl_k(specimen: Window) -> None:
    page = specimen.go("/specimen")
    page.keyboard.press("Control+k")
    page.keyboard.type("facts")
    page.keyboard.press("Enter")
    page.wait_for_url("**/specimen#facts")


def test_without_keys_everything_can_be_reached_by_a_link(home: Page, client: Client) -> None:
    offered = {line.get_attribute("data-address") for line in home.locator("#palette li").all()}
    page = client.get("/everything").content.decode()
    assert [address for address in sorted(filter(None, offered)) if f'"{escape(address)}"' not in page] == []
    assert offered


def test_a_question_mark_shows_the_keys(home: Page) -> None:
    home.keyboard.press("?")
    expect(home.locator("#keys")).to_be_visible()
    home.keyboard.press("Escape")
    expect(home.locator("#keys")).to_be_hidden()


def test_two_letters_lead_to_a_page_but_not_while_one_types(home: Page) -> None:
    home.keyboard.press("Control+k")
    home.keyboard.type("g,")
    assert home.url.endswith("/")
    home.keyboard.press("Escape")
    home.wait_for_selector("#palette:not([open])", state="attached")  # a dialog closes a moment after the key
    home.keyboard.press("g")
    home.keyboard.press(",")
    home.wait_for_url("**/preferences")


def test_letters_act_under_a_hangul_layout_as_well(home: Page) -> None:
    for key, code in (("ㅎ", "KeyG"), ("ㅔ", "KeyP")):
        event = f"new KeyboardEvent('keydown', {{key: '{key}', code: '{code}', bubbles: true}})"
        home.evaluate(f"document.body.dispatchEvent({event})")
    home.wait_for_url("**/people")


def test_letters_are_read_as_typed_where_keys_stand_elsewhere(home: Page) -> None:
    for key, code in (("g", "KeyU"), ("p", "KeyR")):
        event = f"new KeyboardEvent('keydown', {{key: '{key}', code: '{code}', bubbles: true}})"
        home.evaluate(f"document.body.dispatchEvent({event})")
    home.wait_for_url("**/people")


def test_names_are_blurred_until_held(specimen: Window) -> None:
    page = specimen.go("/specimen")
    name = page.locator("[data-sealed]").first
    assert "blur" in name.evaluate("(one) => getComputedStyle(one).filter")
    name.hover()
    page.mouse.down()
    expect(name).to_have_css("filter", "none")
    page.mouse.up()
    assert "blur" in name.evaluate("(one) => getComputedStyle(one).filter")


def test_names_are_shown_by_keyboard_one_by_one_or_all(specimen: Window) -> None:
    page = specimen.go("/specimen")
    first = page.locator("[data-sealed]").first
    first.focus()
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    expect(first).to_have_attribute("aria-pressed", "false")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    assert page.locator("[data-sealed][aria-pressed=false]").count() == 0
    page.keyboard.press("n")
    assert page.locator("[data-sealed][aria-pressed=true]").count() == 0


def test_rows_are_walked_with_j_and_k(specimen: Window) -> None:
    page = specimen.go("/specimen")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    expect(page.locator("[data-row] a").nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("[data-row] a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("[data-row] a").nth(0)).to_be_focused()


def test_a_slash_leads_to_the_search(specimen: Window) -> None:
    page = specimen.go("/specimen")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(specimen: Window) -> None:
    page = specimen.go("/specimen")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_code")).to_be_focused()


def test_the_first_tab_skips_to_the_content(home: Page) -> None:
    home.keyboard.press("Tab")
    expect(home.locator(".skip")).to_be_focused()
    home.keyboard.press("Enter")
    expect(home.locator("main")).to_be_focused()


def test_the_language_is_changed_where_one_is(client: Client, opened: Opened) -> None:
    window = opened(client)
    page = window.go("/preferences")
    page.locator("main .languages [lang=ko]").click()
    expect(page.locator("h1")).to_have_text("환경 설정")
    expect(page).to_have_url(re.compile("/preferences$"))
    assert page.locator("html").get_attribute("lang") == "ko"


def test_a_theme_that_is_chosen_outweighs_the_device(client: Client, opened: Opened) -> None:
    page = opened(client, dark=True).go("/preferences")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.locator("input[value=light]").check()
    page.locator("main form.card button").click()
    expect(page.locator(".notices")).not_to_be_empty()
    assert page.locator("html").get_attribute("data-bs-theme") == "light"


def test_on_a_phone_the_menu_opens_and_closes(client: Client, opened: Opened) -> None:
    page = opened(client, width=PHONE).go("/")
    expect(page.locator("#menu")).to_be_hidden()
    page.locator(".menu-button").click()
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()


def test_without_script_all_but_ctrl_k_works(client: Client, opened: Opened) -> None:
    page = opened(client, java_script_enabled=False).go("/")
    page.locator(".go-button").click()
    assert page.url.endswith("/everything")
    page.locator("main a[href='/preferences']").click()
    page.locator("main .languages [lang=ko]").click()
    expect(page.locator("h1")).to_have_text("환경 설정")


def test_the_page_warns_before_it_locks_and_one_can_stay(client: Client, opened: Opened, settings: Any) -> None:
    settings.IDLE_SECONDS = 10
    page = opened(client).go("/")
    expect(page.locator("#idle")).to_be_visible(timeout=10_000)
    page.keyboard.press("Enter")
    expect(page.locator("#idle")).to_be_hidden()


def locks_seen(page: Page) -> list[str]:
    """Catch what would lock: here it would end the process of the tests."""
    seen: list[str] = []

    def answer(route: Route) -> None:
        seen.append(route.request.post_data or "")
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>locked</title>")

    page.route("**/lock", answer)
    return seen


@pytest.mark.parametrize("keys", [("Control+Shift+L",), ("l", "l")])
def test_one_key_locks_from_anywhere(home: Page, keys: tuple[str, ...]) -> None:
    seen = locks_seen(home)
    for key in keys:
        home.keyboard.press(key)
    home.wait_for_url("**/lock")
    assert "csrfmiddlewaretoken" in seen[0]


def test_the_lock_key_works_while_one_types_but_letters_do_not(home: Page) -> None:
    seen = locks_seen(home)
    home.keyboard.press("Control+k")
    home.keyboard.type("ll")
    home.keyboard.press("Escape")
    assert seen == []
    home.keyboard.press("Control+k")
    home.keyboard.press("Control+Shift+L")
    home.wait_for_url("**/lock")


def test_when_the_time_is_up_the_page_locks_and_shows_nothing_more(
    client: Client, opened: Opened, settings: Any
) -> None:
    settings.IDLE_SECONDS = 3
    page = opened(client).go("/")
    seen = locks_seen(page)
    page.wait_for_url("**/lock")
    assert len(seen) == 1
    assert page.locator("main").count() == 0


def test_once_the_door_is_shown_no_other_window_shows_anything(client: Client, opened: Opened) -> None:
    window = opened(client)
    page = window.go("/preferences")
    window.page.context.clear_cookies()
    other = window.page.context.new_page()
    other.goto(f"{window.origin}/unlock")
    page.wait_for_url("**/unlock")


def test_nothing_is_asked_of_anybody_else_and_nothing_is_complained_of(specimen: Window) -> None:
    specimen.go("/specimen")
    specimen.page.keyboard.press("Control+k")
    assert specimen.complaints == []
