"""The pages of consent and safeguarding, filled, in a browser: both languages, light and dark, desk and telephone.

``WAYSTATION_PICTURES`` names a folder where pictures are kept. Bare pages are looked at every day by `test_accessibility`.
"""

import os
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import DESK, PHONE, Opened
from tests.office import Office
from tests.unit.cases.people import entered, follow_clock
from tests.unit.consent.answers import answered
from tests.unit.safeguarding.children import Child, trained
from waystation.consent.models import Answer as Said
from waystation.consent.models import SaidBy
from waystation.consent.purposes import Purpose
from waystation.consent.services import withdraw_consent
from waystation.safeguarding.deadlines import Gravity
from waystation.safeguarding.htcds import TraffickingStatus
from waystation.safeguarding.indicators import OF_HOUSE
from waystation.safeguarding.models import Answer, HouseKind, Origin
from waystation.safeguarding.services import (
    Found,
    Heard,
    acknowledge_complaint,
    receive_complaint,
    record_check,
    record_screen,
)

pytestmark = [pytest.mark.browser, pytest.mark.long]
LOOKS = list(product(("en", "ko"), (False, True), (DESK, PHONE)))
PICTURES = os.environ.get("WAYSTATION_PICTURES", "")


@pytest.fixture(autouse=True)
def _clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_clock(office, monkeypatch)


def filled(office: Office) -> dict[str, tuple[Client, str]]:
    """Fill every page, and return each address with somebody who may open it."""
    case = entered(office)
    child = Child(office, case.record)
    child.id = case.pk
    trained(office)
    trained(office, "case_lead", days=1)
    consents(office, child)
    office.later(days=2)
    record_screen(
        keyring=office.keyring("caseworker"),
        record=case.record,
        traveller_id=child.id,
        seen={"indicators": ["documents_held", "spoken_for"], "means": ["WithholdsDocuments"], "acts": ["Transport"]},
        words="She looked at him before each answer.",
        at=office.later(),
    )
    child.screened(status=TraffickingStatus.POSSIBLE)
    child.facts()
    child.decided(child.assessment())
    panel = child.determination()
    lead, officer, worker, director = (
        office.client(key) for key in ("case_lead", "safeguarding", "caseworker", "director")
    )
    complaint, check = handled(office), looked(office)
    ids = [case.pk, child.id]
    pages = {
        verb: (lead, reverse(f"safeguarding.{verb}", args=ids))
        for verb in ("screen", "status", "care", "assess", "determine", "override")
    }
    consent = case.record.pk, answered(office, case.record, child.id, Purpose.MOVEMENT).pk
    return {
        **pages,
        "consent": (worker, reverse("consent.page", args=[case.pk])),
        "consent-record": (worker, reverse("consent.record", args=ids)),
        "consent-withdraw": (worker, reverse("consent.withdraw", args=consent)),
        "case": (lead, reverse("safeguarding.case", args=[case.pk])),
        "paper": (officer, reverse("safeguarding.paper", args=[case.pk, panel.pk])),
        "waiting": (officer, reverse("safeguarding.waiting")),
        "training": (director, reverse("safeguarding.training")),
        "training-add": (director, reverse("safeguarding.training.add")),
        "complaints": (officer, reverse("safeguarding.complaints")),
        "complaint-new": (worker, reverse("safeguarding.complaints.new")),
        "complaint": (officer, reverse("safeguarding.complaint", args=[complaint])),
        "checks": (director, reverse("safeguarding.checks")),
        "check-new": (director, reverse("safeguarding.checks.new")),
        "check": (director, reverse("safeguarding.check", args=[check])),
        "home": (officer, reverse("home")),
    }


def consents(office: Office, child: Child) -> None:
    record, traveller = child.record, child.id
    withheld = ({"what": "where she sleeps", "whom": "her brother", "why": "he hands people over"},)
    answered(office, record, traveller, Purpose.CONTACT, words="in Lao, through a friend")
    answered(office, record, traveller, Purpose.CASEWORK, until=office.now + timedelta(days=1))
    answered(office, record, traveller, Purpose.SHARING, withheld=withheld)
    answered(office, record, traveller, Purpose.EVIDENCE, Said.REFUSED)
    consent = answered(office, record, traveller, Purpose.MEDICAL)
    keyring = office.keyring("caseworker")
    withdraw_consent(keyring=keyring, consent=consent, said_by=SaidBy.SELF, words="by phone", at=office.later())


def handled(office: Office) -> Any:
    heard = Heard(
        Origin.TRAVELLER,
        Gravity.HARM,
        "He asked for money before he would drive on.",
        about=[office.id("finance")],
        about_words="a driver",
        wish="That it does not happen to the next family.",
    )
    complaint = receive_complaint(keyring=office.keyring("caseworker"), heard=heard, at=office.later())
    keyring = office.keyring("safeguarding")
    acknowledge_complaint(keyring=keyring, complaint=complaint, words="Told her through the house.", at=office.later())
    receive_complaint(keyring=office.keyring("auditor"), heard=heard, at=office.later())
    office.later(days=15)
    return complaint.pk


def looked(office: Office) -> Any:
    at = office.later()
    check = record_check(
        keyring=office.keyring("director"),
        kind=HouseKind.SHELTER,
        name="House by the lake",
        answers={**dict.fromkeys(OF_HOUSE, Answer.NO), "documents_held": Answer.YES, "watched": Answer.UNSEEN},
        found=[
            Found("Papers back to their owners", at + timedelta(days=3)),
            Found("A key for everybody", at + timedelta(days=20)),
        ],
        words="The safe stands in the office; two people asked for their papers and got them after a week.",
        next_by=at + timedelta(days=90),
        at=at,
    )
    office.later(days=5)
    return check.pk


@pytest.mark.parametrize(("language", "dark", "width"), LOOKS)
def test_every_page_can_be_used_by_everybody(
    office: Office, opened: Opened, language: str, dark: bool, width: int
) -> None:
    found = {}
    by_client: dict[Client, dict[str, str]] = {}
    for name, (client, address) in filled(office).items():
        by_client.setdefault(client, {})[name] = address
    for client, addresses in by_client.items():  # one person after another: the process is theirs
        window = opened(client, language=language, dark=dark, width=width)
        for name, address in addresses.items():
            page = window.go(address)
            wrong = violations(page) + ["wider than the window"] * wider_than_window(page) + window.complaints
            window.complaints.clear()
            if wrong:
                found[name] = wrong
            if PICTURES:
                page.screenshot(path=str(Path(PICTURES) / f"{name}-{language}-{width}.png"), full_page=True)
    assert found == {}
