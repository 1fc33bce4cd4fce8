"""The desk's pages in a real browser: axe in both languages, light and dark, at a desk and on a telephone; letters; a crash."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import DESK, PHONE, Opened
from tests.unit.cases.desk import asked
from tests.unit.cases.family import Family, family
from tests.unit.web.views.desk.test_requests import SAID
from waystation.cases.models import Draft
from waystation.web.views.desk import DOINGS

LOOKS = list(product(("en", "ko"), (False, True), (DESK, PHONE)))
OFTEN = ("ko", True, PHONE)
LOOKS_BY_COST = [pytest.param(*look, marks=() if look == OFTEN else pytest.mark.long) for look in LOOKS]
WHO = {"decide": "case_lead"}
"""Who looks at a page that the caseworker may not open."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def pages(whole: Family) -> dict[str, list[str]]:
    """Return the addresses to look at, by who looks."""
    found: dict[str, list[str]] = {"caseworker": [reverse("cases.page", args=[whole.case.pk])]}
    for doing in DOINGS:
        url = doing.url or f"desk.{doing.name}"
        arguments = {"case_id": whole.case.pk, **({"row_id": whole.rows[url]} if url in whole.rows else {})}
        found.setdefault(WHO.get(doing.name, "caseworker"), []).append(reverse(url, kwargs=arguments))
    found["case_lead"].append(reverse("cases.page", args=[whole.case.pk]))
    found["caseworker"].append(reverse("desk.letter", args=[whole.case.pk, whole.decision.pk]))
    return found


@pytest.mark.parametrize(("language", "dark", "width"), LOOKS_BY_COST)
def test_every_page_of_a_case_with_everything_in_it(
    office: Any, opened: Opened, language: str, dark: bool, width: int
) -> None:
    faults = []
    for who, addresses in pages(family(office)).items():
        window = opened(office.client(who), language=language, dark=dark, width=width)
        for address in addresses:
            page = window.go(address)
            faults += [f"{address}: {fault}" for fault in violations(page)]
            faults += [f"{address}: wider than the window"] if wider_than_window(page) else []
        faults += [f"{who}: {complaint}" for complaint in window.complaints]
    assert faults == []


@pytest.mark.long
@pytest.mark.parametrize(("language", "dark", "width"), LOOKS)
def test_every_page_of_a_first_call(office: Any, opened: Opened, language: str, dark: bool, width: int) -> None:
    client, address = office.client("caseworker"), reverse("desk.request")
    window = opened(client, language=language, dark=dark, width=width)
    faults = []
    for stage in [*SAID, "check"]:
        page = window.go(address)
        faults += [f"{stage}: {fault}" for fault in violations(page)]
        faults += [f"{stage}: wider than the window"] if wider_than_window(page) else []
        if stage in SAID:
            client.post(address, {"stage": stage})
            faults += [f"{stage}, refused: {fault}" for fault in violations(window.go(address))]
            client.post(address, {"stage": stage, **SAID[stage]})
    assert faults + window.complaints == []


def test_letters_act_on_a_case_and_what_is_typed_survives_a_crash(office: Any, opened: Opened) -> None:
    case = asked(office)
    window = opened(office.client("caseworker"))
    page = window.go(reverse("cases.page", args=[case.pk]))
    page.keyboard.press("a")
    page.keyboard.press("n")
    page.wait_for_url("**/notes/new")
    page.fill("[name=text]", "she said that")
    expect(page.locator("[data-draft-kept]")).to_be_visible()
    assert Draft.objects.count() == 1
    window.go("/")  # without a word
    again = window.go(reverse("desk.note", args=[case.pk]))
    assert again.input_value("[name=text]") == "she said that"
    again.locator("main .form-end .btn-primary").click()
    again.wait_for_url("**#notes")
    expect(again.get_by_text("she said that")).to_be_visible()
    assert window.complaints == []
