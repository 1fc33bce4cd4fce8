"""What is to be done in all cases: by keyboard alone, looked at by axe in both languages, light and dark, and on a telephone."""

from typing import Any

import pytest

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import DESK, PHONE, Opened
from tests.browser.test_lists import filled
from waystation.cases.models import Task

LOOKS = [
    pytest.param("ko", True, PHONE),
    *(
        pytest.param(language, dark, width, marks=pytest.mark.long)
        for language, dark, width in (("en", False, DESK), ("en", True, PHONE), ("ko", False, DESK))
    ),
]


@pytest.mark.parametrize(("language", "dark", "width"), LOOKS)
def test_tasks_are_walked_through_done_and_taken_back_by_keyboard(
    office: Any, opened: Opened, language: str, dark: bool, width: int
) -> None:
    filled(office, 8)
    window = opened(office.client("caseworker"), language=language, dark=dark, width=width)
    faults: list[object] = []

    def look(what: str) -> None:
        faults.extend((what, each) for each in violations(page))
        faults.extend([(what, "wider than the window")] if wider_than_window(page) else [])

    page = window.go("/tasks?whose=mine")
    look("mine")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("tbody tr").nth(1)
    assert second.locator("a").evaluate("each => each === document.activeElement")
    second.locator("button").click()
    page.locator(".notice form button").wait_for()
    look("done")
    assert Task.objects.filter(done_on__isnull=False).count() == 1
    page.locator(".notice form button").click()
    page.wait_for_load_state()
    assert Task.objects.filter(done_on__isnull=False).count() == 0
    page = window.go("/tasks?whose=team")
    look("team")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*-*-*-*-*#tasks")
    assert faults + window.complaints == []
