"""The pages about backups, offices and travel in a browser: both languages, light and dark, desk and telephone.

``WAYSTATION_PICTURES`` names a folder where pictures of them are kept.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import DESK, PHONE, Opened
from tests.unit.continuity.at_once import AtOnce
from tests.unit.continuity.conftest import Home, empty_store, home  # noqa: F401 - fixtures
from waystation.continuity import jobs
from waystation.continuity.jobs import Job
from waystation.continuity.models import Office
from waystation.continuity.office_card import card_of, card_to_text
from waystation.continuity.offices import add_office, confirm_office
from waystation.vault import OfficeKeys
from waystation.web.views.continuity.seat import JOBS

pytestmark = pytest.mark.browser
OTHERS = OfficeKeys(b"another office's secret, 32 byte"), OfficeKeys(b"a third office's secret, 32 byte")
PICTURES = os.environ.get("WAYSTATION_PICTURES", "")


@pytest.fixture(autouse=True)
def work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "Thread", AtOnce)
    monkeypatch.setattr(JOBS, "_jobs", {})  # one that runs for ever stands here: no later test must find it


def prepared(home: Home, director: Client, lead: Client) -> dict[str, tuple[Client, str]]:  # noqa: F811
    """Fill the pages, and return each address with somebody who may open it."""
    home.case()
    bad = director.post(reverse("continuity.drill")).headers["Location"]
    made = director.post(reverse("continuity.backup")).headers["Location"]
    good = director.post(reverse("continuity.drill")).headers["Location"]
    first, second = (
        add_office(here=home.here(), name=name, card_text=card_to_text(keys), at=home.later())
        for name, keys in zip(("South", "북쪽 사무소"), OTHERS, strict=True)
    )
    typed = "".join(card_of(OTHERS[0]).fingerprint[-2:])
    confirm_office(here=home.here("case_lead"), office_id=first.pk, typed=typed, at=home.later())
    running = Job("backup", home.office.id("director"), step="write", done=3, total=7)
    JOBS._jobs[running.id] = running
    assert Office.objects.count() == 2
    return {
        "home": (director, reverse("continuity.home")),
        "start": (director, reverse("home")),
        "bad": (director, bad),
        "made": (director, made),
        "good": (director, good),
        "running": (director, reverse("continuity.job", args=[running.id])),
        "drills": (director, reverse("continuity.drills")),
        "offices": (lead, reverse("continuity.offices")),
        "add": (lead, reverse("continuity.offices.add")),
        "confirm": (lead, reverse("continuity.offices.confirm", args=[second.pk])),
        "send": (lead, reverse("continuity.bundles.send")),
        "receive": (lead, reverse("continuity.bundles.receive")),
        "travel": (lead, reverse("continuity.travel")),
        "leave": (lead, lead.post(reverse("continuity.travel.make")).headers["Location"]),
        "give": (lead, reverse("continuity.travel.give")),
    }


@pytest.mark.parametrize(("language", "dark", "width"), [("en", False, DESK), ("ko", True, PHONE)])
def test_every_page_can_be_used_by_everybody(
    home: Home,  # noqa: F811
    opened: Opened,
    language: str,
    dark: bool,
    width: int,
) -> None:
    director, lead = home.office.client("director"), home.office.client("case_lead")
    found: dict[str, Any] = {}
    for name, (client, address) in prepared(home, director, lead).items():
        window = opened(client, language=language, dark=dark, width=width)
        page = window.go(address)
        wrong = violations(page) + (["wider than the window"] if wider_than_window(page) else []) + window.complaints
        if wrong:
            found[name] = wrong
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{language}.png"), full_page=True)
    assert found == {}
