"""A browser for all tests here, and in it whatever person a test asks for."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import NoBrowserError, start_chromium
from tests.browser.window import Served, Window

DESK, PHONE = 1280, 320
Opened = Callable[..., Window]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package", autouse=True)
def browser() -> Iterator[Browser]:
    """The system's Chromium, started before any database. Where there is none, the tests fail and say how to get one."""
    with sync_playwright() as playwright:
        try:
            started = start_chromium(playwright)
        except NoBrowserError as error:
            pytest.fail(str(error), pytrace=False)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, db: None) -> Iterator[Opened]:
    """Open a window as the person of a test client."""
    contexts = []
    with Served() as served:

        def open_for(
            client: Client, *, language: str = "en", dark: bool = False, width: int = DESK, **options: Any
        ) -> Window:
            scheme: Any = "dark" if dark else "light"
            context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
            context.set_default_timeout(60_000)
            contexts.append(context)
            return Window(context, served.origin, client, language)

        yield open_for
        for context in contexts:
            context.close()
