"""The pages of imports, exports and forms in a browser: both languages, light and dark, desk and telephone.

``WAYSTATION_PICTURES`` names a folder where pictures of them are kept.
"""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import DESK, PHONE, Opened
from tests.office import Office
from tests.unit.continuity.at_once import AtOnce
from tests.unit.exchange.files import GOOD, HEADER
from tests.unit.exchange.forms.test_definitions import brought
from tests.unit.exchange.forms.test_submissions import case_of
from tests.unit.intake.books import FAMILY, FAMILY_CHOICES, question, xlsform, xlsx
from tests.unit.web.views.exchange.test_exports import ASKED
from tests.unit.web.views.intake.test_submissions import KOBO, stage_of
from waystation.cases.models import Case
from waystation.cases.services import change_case
from waystation.continuity import jobs
from waystation.web.views.exchange.exports import folder

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("WAYSTATION_PICTURES", "")
ROWS = (GOOD, "r2,Rain Invented 비,the south,7,", "r3,Moon Invented,the south,old,", ",invented SKY,,20,", "r5,,x,9,")


@pytest.fixture(autouse=True)
def work_at_once(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(jobs, "Thread", AtOnce)
    yield
    for path in folder().glob("*") if folder().exists() else ():
        path.unlink()


def sent(client: Client, name: str, data: bytes, *args: object, **fields: str) -> Any:
    file = io.BytesIO(data)
    file.name = "table"
    return client.post(reverse(name, args=args), {"file": file, **fields}, follow=True)


def _named(office: Office, case: Case) -> object:
    return office.keyring("case_lead").open(case, "name")["name"]


def prepared(office: Office) -> dict[str, tuple[Client, str]]:
    """Fill the pages, and return each address with somebody who may open it."""
    lead, worker = office.client("case_lead"), office.client("caseworker")
    table = "\n".join([HEADER, *ROWS, ""]).encode()
    looked = sent(lead, "exchange.imports", table).redirect_chain[-1][0]
    lead.post(reverse("exchange.take_in", args=[looked.rsplit("/", 1)[1]]))
    looked = sent(lead, "exchange.imports", table.replace(b"Sky", b"Cloud").replace(b"r1", b"r8")).redirect_chain[-1][0]
    known = next(line for line in Case.objects.select_related("record") if _named(office, line) == "Sky Invented")
    change_case(
        keyring=office.keyring("case_lead"),
        case=known,
        seen_version=known.version,
        values={"whereabouts": "the east", "note": "asks for a quiet room"},
        at=office.later(),
    )
    again = sent(lead, "exchange.imports", table.replace(b"the north", b"the west")).redirect_chain[-1][0]
    told = f"code,name,region,birth_date,needs\n{known.code},Sky Renamed,,1990-03-25,food\n"
    changing = sent(lead, "exchange.imports", told.encode()).redirect_chain[-1][0]
    hostile = sent(lead, "exchange.imports", b"PK\x03\x04no book").redirect_chain[-1][0]
    numbers = {**ASKED, "typed": "1", "rows": "2", "columns": "5"}
    made = lead.post(reverse("exchange.export"), numbers).headers["Location"]
    form, case = brought(office), case_of(office)
    keep = sent(
        lead, "intake.bring", xlsform([*FAMILY, question("image", "face")], FAMILY_CHOICES, {"form_id": "tested"})
    ).redirect_chain[-1][0]
    rows = f"head,age,way-region,case\nSky,34,north,{case.code}\nRain,x,elsewhere,{case.code}\n"
    stage = stage_of(sent(worker, "intake.submissions", rows.encode(), form.pk).content.decode())
    taking = worker.post(reverse("intake.submissions", args=[form.pk]), {"stage": stage, "take": "1"})
    draft = worker.post(reverse("intake.begin", args=[case.pk]), {"form": str(form.pk)}).headers["Location"]
    worker.post(draft, {"q/age": "9", "q/way/region": "north", "add": "q/child"})
    filed = worker.post(reverse("intake.begin", args=[case.pk]), {"form": str(form.pk)}).headers["Location"]
    worker.post(filed, {"q/head": "Sky", "q/age": "34", "q/way/region": "north", "file": "1"})
    return {
        "taken": (worker, taking.headers["Location"]),
        "look-changing": (lead, changing),
        "imports": (lead, reverse("exchange.imports")),
        "look": (lead, looked),
        "look-again": (lead, again),
        "refused": (lead, hostile),
        "exports": (lead, reverse("exchange.exports")),
        "export": (lead, reverse("exchange.export")),
        "made": (lead, made),
        "forms": (lead, reverse("intake.forms")),
        "bring": (lead, reverse("intake.bring")),
        "keep": (lead, keep),
        "form": (lead, reverse("intake.form", args=[form.pk])),
        "submissions": (worker, reverse("intake.submissions", args=[form.pk])),
        "case-forms": (worker, reverse("intake.case", args=[case.pk])),
        "fill": (worker, draft),
        "filed": (worker, filed),
    }


def faults_of(window: Any, page: Any) -> list[str]:
    wide = ["wider than the window"] if wider_than_window(page) else []
    return [*violations(page), *wide, *window.complaints]


@pytest.mark.parametrize(
    ("language", "dark", "width"),
    [
        ("en", False, DESK),
        ("ko", True, PHONE),
        pytest.param("ko", False, DESK, marks=pytest.mark.long),
        pytest.param("en", True, PHONE, marks=pytest.mark.long),
    ],
)
def test_every_page_can_be_used_by_everybody(
    office: Office, opened: Opened, language: str, dark: bool, width: int
) -> None:
    found: dict[str, Any] = {}
    for name, (client, address) in prepared(office).items():
        window = opened(client, language=language, dark=dark, width=width)
        page = window.go(address)
        if wrong := faults_of(window, page):
            found[name] = wrong
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"exchange-{name}-{language}-{width}.png"), full_page=True)
        page.context.close()  # its connections are let go: the server holds a hundred
    assert found == {}


def test_questions_come_and_go_in_the_browser_and_the_numbers_are_typed(office: Office, opened: Opened) -> None:
    pages = prepared(office)
    client, address = pages["fill"]
    window = opened(client)
    page = window.go(address)
    assert page.get_by_label("Who looks after them").count() == 1
    page.get_by_label("Age").fill("40")
    page.get_by_label("Who asks").focus()
    page.get_by_label("Who looks after them").wait_for(state="detached")
    assert page.get_by_label("Age").input_value() == "40"
    page.get_by_role("button", name="File it").click()
    page.get_by_text("The form is filed to the case.").wait_for()
    assert window.complaints == []
    lead, _ = pages["export"]
    window = opened(lead)
    page = window.go(reverse("exchange.export"))
    page.get_by_label("Statistics", exact=True).check()
    page.get_by_label("To whom").fill("The board")
    page.get_by_label("Why they need it").fill("the yearly report")
    page.get_by_label("Their age key").fill(ASKED["key"])
    page.get_by_role("button", name="Show the numbers").click()
    page.get_by_label("Rows").wait_for()
    assert faults_of(window, page) == []
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / "exchange-typed-en.png"), full_page=True)


def test_leaving_a_question_for_a_button_presses_no_button(office: Office, opened: Opened) -> None:
    client, address = prepared(office)["fill"]
    window = opened(client)
    page = window.go(address)
    for button, place in (("add", "Age"), ("file", "Age"), ("later", "Age"), ("remove", "Age")):
        page.get_by_label(place).fill({"add": "10", "file": "11", "later": "12", "remove": "13"}[button])
        with page.expect_response(lambda answer: "hx-request" in answer.request.headers) as kept:
            page.locator(f"main button[name={button}]").first.focus()
        assert kept.value.status == 200
        page.wait_for_load_state("networkidle")
        assert page.get_by_label("First name").count() == 1, button
    assert client.get(address).content.decode().count('name="file"') == 1
    assert window.complaints == []


def test_the_mapping_of_a_workbook_can_be_used(office: Office, opened: Opened) -> None:
    worker, form, case = office.client("caseworker"), brought(office), case_of(office)
    rows = [["Sky", 34, "North", 1, case.code, "43", 1, "u1"], ["Rain", "x", "north", 0, case.code, "40", 2, "u2"]]
    data = xlsx({**KOBO, "Family": [*KOBO["Family"], *rows]})
    window = opened(worker)
    page = window.go(reverse("intake.submissions", args=[form.pk]))
    page.locator("input[type=file]").set_input_files({"name": "s.xlsx", "mimeType": "", "buffer": data})
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="File them").wait_for()
    assert faults_of(window, page) == []
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / "exchange-mapping-en.png"), full_page=True)
