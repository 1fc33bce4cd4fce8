"""While the cases are still being read: how far it is renews itself, and the counts come when they are known."""

from typing import Any

import pytest

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import PHONE, Opened
from tests.unit.cases.desk import asked
from waystation.cases.index.index import Index


def test_what_is_known_comes_by_itself(office: Any, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        asked(office)
    monkeypatch.setattr(Index, "_fill", lambda self: False)
    client = office.client("case_lead")
    window = opened(client, language="ko", width=PHONE)
    page = window.go("/")
    assert page.locator("#board").inner_text().count("…") > 3
    assert (violations(page), wider_than_window(page)) == ([], False)
    monkeypatch.undo()
    page.locator("#board a", has_text="3").first.wait_for()
    assert "…" not in page.locator("#board").inner_text()
    assert page.locator(".progress-part").count() == 0
    assert violations(page) == []

    monkeypatch.setattr(Index, "_fill", lambda self: False)
    other = opened(office.client("director"))
    page = other.go("/cases?state=open")
    assert page.locator("main table").count() == 0
    assert violations(page) == []
    monkeypatch.undo()
    page.locator("main .alert-success a").click()
    page.locator("main table tbody tr").nth(2).wait_for()
    assert page.locator(".alert-success, .progress-part").count() == 0
