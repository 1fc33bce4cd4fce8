from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations, wider_than_window
from tests.browser.desk_walk import DeskWalk


@pytest.mark.long
def test_a_day_at_the_desk_from_a_first_call_to_a_case_handed_over(browser: Browser, tmp_path: Path) -> None:
    faults: list[str] = []
    seen: list[str] = []

    def look(page: Page, name: str) -> None:
        seen.append(name)
        faults.extend(f"{name}: {fault}" for fault in violations(page))
        if wider_than_window(page):
            faults.append(f"{name}: wider than the window")

    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.on("console", lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None)
    try:
        DeskWalk(page, tmp_path, look).whole()
    except Exception:
        page.screenshot(path=tmp_path / "where-it-stopped.png", full_page=True)
        raise
    context.close()
    assert faults == []
    assert len(seen) == len(set(seen)) > 25
