"""Every page, in both languages, light and dark, at a desk and on a telephone: WCAG 2.2 AA by axe, and no scrolling sideways."""

from itertools import product
from typing import Any

import pytest
from django.urls import reverse

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import DESK, PHONE, Opened
from waystation.accounts.services import make_team
from waystation.cases.services import create_case
from waystation.web.access import ACCESS, ANY_PERSON, Access
from waystation.web.urls import urlpatterns

LOOKS = list(product(("en", "ko"), (False, True), (DESK, PHONE)))
OFTEN = {("en", False, DESK), ("ko", True, PHONE)}
LOOKS_BY_COST = [pytest.param(*look, marks=() if look in OFTEN else pytest.mark.long) for look in LOOKS]


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


ROLES = ("director", "case_lead", "safeguarding", "caseworker", "auditor")
"""Who is asked to open an address, in this order: the first who may."""
AT_THE_DOOR = {name for name in ACCESS if name.startswith("door.")}
"""Set-up, unlocking and recovery are looked at by `test_walk`: they exist before anybody has unlocked."""


def addresses(office: Any) -> dict[str, tuple[str, str]]:
    """Return every address that shows a page, by the name of its URL, with somebody who may open it."""
    case = create_case(
        keyring=office.keyring("case_lead"),
        values={"name": "박하늘", "whereabouts": "By the river", "party_size": 3},
        at=office.later(),
    )
    other = create_case(
        keyring=office.keyring("case_lead"),
        values={"name": "Park Ha-neul", "whereabouts": "By the lake"},
        at=office.later(),
    )
    team = make_team(keyring=office.keyring("director"), name="River team", at=office.later())
    known = {"other_id": other.pk, "case_id": case.pk, "person_id": office.id("caseworker"), "team_id": team.pk}
    clients = {role: office.client(role) for role in ROLES}
    found = {}
    for pattern in urlpatterns:
        needed = pattern.pattern.converters
        if pattern.name in AT_THE_DOOR or not set(needed) <= set(known):
            continue
        address = reverse(str(pattern.name), kwargs={name: known[name] for name in needed})
        for role in ROLES:
            answer = clients[role].get(address)
            is_page = answer["Content-Type"].startswith("text/html") and not answer.streaming
            if answer.status_code == 200 and is_page and b"<html" in answer.content:  # parts are seen in their page
                found[str(pattern.name)] = (address, role)
                break
    return found


def test_the_walk_over_pages_meets_every_area(office: Any) -> None:
    areas = {name.split(".")[0] for name in addresses(office)}
    assert {name.split(".")[0] for name in ACCESS} - areas == {"door"}


@pytest.mark.parametrize(("language", "dark", "width"), LOOKS_BY_COST)
def test_every_page(office: Any, opened: Opened, language: str, dark: bool, width: int) -> None:
    faults = []
    by_role: dict[str, list[tuple[str, str]]] = {}
    for name, (address, role) in addresses(office).items():
        by_role.setdefault(role, []).append((name, address))
    for role, pages in by_role.items():
        window = opened(office.client(role), language=language, dark=dark, width=width)
        for name, address in pages:
            page = window.go(address)
            faults += [f"{name}: {fault}" for fault in violations(page)]
            faults += [f"{name}: wider than the window"] if wider_than_window(page) else []
        faults += [f"{role}: {complaint}" for complaint in window.complaints]
    assert faults == []
