"""Every page, in both languages, light and dark, at a desk and on a telephone: WCAG 2.2 AA by axe, and no scrolling sideways."""

from itertools import product
from typing import Any

import pytest

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import DESK, PHONE, Opened
from waystation.web.access import ACCESS, ANY_PERSON, Access

LOOKS = list(product(("en", "ko"), (False, True), (DESK, PHONE)))


@pytest.mark.parametrize(("language", "dark", "width"), LOOKS)
def test_every_part_of_the_frame(
    office: Any, opened: Opened, settings: Any, monkeypatch: pytest.MonkeyPatch, language: str, dark: bool, width: int
) -> None:
    settings.ROOT_URLCONF = "tests.browser.specimen"
    monkeypatch.setitem(ACCESS, "specimen", Access(ANY_PERSON))
    window = opened(office.client("director"), language=language, dark=dark, width=width)
    page = window.go("/specimen")
    assert violations(page) == []
    assert not wider_than_window(page)
    assert window.complaints == []
    for opener, shown in (("Control+k", "#palette"), ("?", "#keys")):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(opener)
        page.locator(shown).wait_for()
        assert violations(page) == []
        page.keyboard.press("Escape")
