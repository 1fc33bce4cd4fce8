"""Takes the pictures of the private application in docs/pictures/app: run as ``python -m scripts.walk [folder]``."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.browser.chromium import start_chromium
from tests.browser.walk import Walk

PICTURES = Path(__file__).parents[1] / "docs" / "pictures" / "app"
IN_THE_GUIDE = (
    *("welcome", "passphrase", "sheets", "confirm", "home", "add-a-person", "their-words", "case", "access-given"),
    *("locked", "three-sheets", "new-words", "backup", "restored", "log"),
)


def main(target: Path) -> None:
    """Walk, and keep a picture of each page that the guide shows."""
    target.mkdir(parents=True, exist_ok=True)

    def look(page: Page, name: str) -> None:
        if name not in IN_THE_GUIDE:
            return
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=target / f"{name}.png", animations="disabled", full_page=name == "case")

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = start_chromium(playwright)
        page = browser.new_context(viewport={"width": 1120, "height": 700}).new_page()
        Walk(page, Path(folder), look).whole()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
