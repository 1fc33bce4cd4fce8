"""The board, the list and what is done to many at once, by keyboard alone: looked at by axe in every state."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import DESK, PHONE, Opened
from tests.unit.cases.desk import asked
from waystation.accounts.models import Organisation
from waystation.cases.services import add_task, raise_flag, set_priority
from waystation.cases.steps.vocabulary import Priority

LOOKS = [
    pytest.param("en", False, DESK),
    pytest.param("ko", True, PHONE),
    *(
        pytest.param(language, dark, width, marks=pytest.mark.long)
        for language, dark, width in (("en", True, PHONE), ("ko", False, DESK))
    ),
]


def filled(office: Any, count: int = 27) -> None:
    """Enter more cases than a page holds, some of them overdue, flagged or urgent."""
    Organisation.objects.update(openings_per_hour=1_000)
    office.now = timezone.now() - timedelta(days=3)
    keyring = office.keyring("caseworker")
    for number in range(count):
        case = asked(office)
        if number % 5 == 0:
            set_priority(keyring=keyring, case=case, priority=Priority.EMERGENCY, at=office.later())
        if number % 7 == 0:
            raise_flag(keyring=keyring, case=case, reason="medical", at=office.later())
        if number % 4 == 0:
            due = (office.now - timedelta(days=number + 1)).date()
            add_task(keyring=keyring, case=case, what="other", due=due, at=office.later())


@pytest.mark.parametrize(("language", "dark", "width"), LOOKS)
def test_lists_in_every_state(office: Any, opened: Opened, language: str, dark: bool, width: int) -> None:
    filled(office)
    window = opened(office.client("case_lead"), language=language, dark=dark, width=width)
    faults: list[object] = []

    def look(what: str) -> None:
        faults.extend((what, each) for each in violations(page))
        faults.extend([(what, "wider than the window")] if wider_than_window(page) else [])

    page = window.go("/")
    look("board")
    page = window.go("/cases?what=blocked")
    look("empty")
    page = window.go("/cases?what=overdue&order=due")
    page.locator("form[action='/cases/views'] input[name=name]").fill("오늘")
    page.locator("form[action='/cases/views'] button").click()
    page.locator(".views").wait_for()
    look("with a view")
    page = window.go("/cases?state=open")
    assert not page.locator(".many").is_visible()
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    assert page.locator("[data-choose]:checked").count() == 2
    assert page.locator("[data-chosen-count]").inner_text().startswith("2")
    look("two chosen")
    page.locator("#id_do").select_option("priority:urgent")
    page.locator(".many button").click()
    page.locator(".notice form button").wait_for()
    look("changed")
    page.locator(".notice form button").click()
    page.locator(".notice p").wait_for()
    page.locator("form[action='/cases/names'] button").click()
    page.wait_for_url("**/cases/names")
    look("names")
    assert page.locator("[data-sealed]").first.evaluate("name => getComputedStyle(name).filter") != "none"
    page.locator("a[rel=next]").click()
    page.wait_for_url("**/cases?page=2")
    page = window.go("/cases/search")
    page.locator("main [type=search]").fill("northern")
    page.keyboard.press("Enter")
    page.locator("main h2").wait_for()
    look("found")
    assert faults == []
    assert window.complaints == []


def test_a_whole_page_is_chosen_by_one_key_and_a_row_opens_by_enter(office: Any, opened: Opened) -> None:
    filled(office, 3)
    page = opened(office.client("case_lead")).go("/cases?state=open")
    page.keyboard.press("a")
    assert page.locator("[data-choose]:checked").count() == 3
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.id") == "id_do"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    assert page.locator("[data-choose]:checked").count() == 0
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*-*-*-*-*")


def test_right_to_left_nothing_is_wider_than_the_window(office: Any, opened: Opened) -> None:
    filled(office, 3)
    for width in (DESK, PHONE):
        page = opened(office.client("case_lead"), width=width).go("/cases?what=overdue")
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert not wider_than_window(page)
        box, code = page.locator("[data-choose]").first.bounding_box(), page.locator("tbody th a").first.bounding_box()
        assert box is not None
        assert code is not None
        assert box["x"] > code["x"]


def test_on_paper_there_are_no_boxes_and_no_bars(office: Any, opened: Opened) -> None:
    filled(office, 3)
    page = opened(office.client("case_lead")).go("/cases?state=open")
    page.keyboard.press("a")
    page.emulate_media(media="print")
    for hidden in (".many", ".choose", ".narrow", ".menu", "form[action='/cases/names']"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("tbody th").first.is_visible()
