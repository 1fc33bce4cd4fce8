"""Takes the pictures of the case desk in docs/pictures/app: run as ``python -m scripts.desk_walk [folder]``."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from scripts.walk import PICTURES
from tests.browser.chromium import start_chromium
from tests.browser.desk_walk import DeskWalk

IN_THE_GUIDE = (
    *("first-call-check", "consent", "case-blocked", "panel", "procedure-done", "case-people", "letter"),
    *("import-wrong", "duplicate-beside", "form-brought", "form-filled", "handed-over"),
)
HIGH = 760
"""Pixels of a page that a picture shows."""
SETTLED = 500
"""Milliseconds until a page that was scrolled to its part stands still."""


def main(target: Path, names: tuple[str, ...] | None) -> None:
    """Walk, and keep a picture of each page of ``names``; of every page where none are named."""
    target.mkdir(parents=True, exist_ok=True)

    def look(page: Page, name: str) -> None:
        if names is not None and name not in names:
            return
        page.wait_for_timeout(SETTLED)
        page.screenshot(path=target / f"{name}.png", animations="disabled")

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = start_chromium(playwright)
        page = browser.new_context(viewport={"width": 1120, "height": HIGH}, reduced_motion="reduce").new_page()
        try:
            DeskWalk(page, Path(folder), look).whole()
        except Exception:
            page.screenshot(path=target / "where-it-stopped.png", full_page=True)
            raise
        finally:
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES, None if "--every" in sys.argv else IN_THE_GUIDE)
