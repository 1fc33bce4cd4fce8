"""Pages on paper: what is for the screen alone is left out, nothing is cut off, and a letter is nothing but the letter.

``WAYSTATION_PICTURES`` names a folder where pictures of them are kept.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import Opened
from tests.office import Office
from tests.unit.cases.family import family
from tests.unit.cases.people import follow_clock
from tests.unit.web.views.desk.test_requests import SAID
from waystation.cases.models import Case
from waystation.safeguarding.deadlines import Gravity
from waystation.safeguarding.models import Origin
from waystation.safeguarding.services import Heard, receive_complaint

A4 = 718
"""CSS pixels between the margins of a sheet of A4."""
PICTURES = os.environ.get("WAYSTATION_PICTURES", "")
FOR_THE_SCREEN = (
    "nav, button, [data-no-print], dialog, .btn, input[type=submit], main form[method=post] .hint, "
    "main a[href$='/hand-over'], main a[href*='/files/'], main a[href$='/letter'], main .cards a[href$='/consent']"
)


@pytest.fixture(autouse=True)
def _clock(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    follow_clock(office, monkeypatch)
    settings.DATA_DIR = tmp_path


def faults_on_paper(page: Page) -> list[str]:
    """Return what is shown on paper and of no use there, what is wider than a sheet, and what is white on white."""
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(
        """([useless, width]) => {
          const shown = (each) => each.checkVisibility({visibilityProperty: true}) && each.getClientRects().length;
          const said = (each) => `${each.localName}.${each.className}: ${each.textContent.trim().slice(0, 40)}`;
          const found = [...document.querySelectorAll(useless)].filter(shown).map((each) => `useless: ${said(each)}`);
          for (const each of document.querySelectorAll("main *")) {
            if (!shown(each) || each.closest(".visually-hidden")) continue;
            if (each.getBoundingClientRect().right > width + 1) found.push(`cut off: ${said(each)}`);
          }
          return found;
        }""",
        [FOR_THE_SCREEN, A4],
    )
    return found


def addresses(office: Office) -> dict[str, tuple[str, str]]:
    """Return who looks at what, by a name."""
    whole = family(office)
    heard = Heard(Origin.TRAVELLER, Gravity.HARM, "He asked for money before he would drive on.", wish="That it stops.")
    complaint = receive_complaint(keyring=office.keyring("caseworker"), heard=heard, at=office.later())
    client = office.client("caseworker")
    for stage, said in SAID.items():
        client.post(reverse("desk.request"), {"stage": stage, **said})
    of_case = [whole.case.pk]
    return {
        "case": ("caseworker", reverse("cases.page", args=of_case)),
        "letter": ("caseworker", reverse("desk.letter", args=[*of_case, whole.decision.pk])),
        "request": ("caseworker", reverse("desk.request")),
        "consent": ("caseworker", reverse("consent.page", args=of_case)),
        "safeguarding": ("case_lead", reverse("safeguarding.case", args=of_case)),
        "complaint": ("safeguarding", reverse("safeguarding.complaint", args=[complaint.pk])),
    }


@pytest.mark.long
@pytest.mark.parametrize("dark", [False, True])
def test_pages_on_paper(office: Office, opened: Opened, dark: bool) -> None:
    wrong = {}
    for name, (who, address) in addresses(office).items():
        page = opened(office.client(who), dark=dark, width=A4).go(address)
        if faults := faults_on_paper(page):
            wrong[name] = faults
        if name == "request" and page.get_by_text(Case.objects.get().code).first.is_visible():
            wrong["request, of another"] = ["somebody else's case is on the paper of this one"]
        if PICTURES:
            page.screenshot(
                path=str(Path(PICTURES) / f"print-{name}-{'dark' if dark else 'light'}.png"), full_page=True
            )
    assert wrong == {}
