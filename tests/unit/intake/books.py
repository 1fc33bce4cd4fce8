"""Workbooks and forms for the tests of intake, made in memory."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import openpyxl

from waystation.intake.forms.form import Form
from waystation.intake.tables.row import Headed, Row, Sheet, headed
from waystation.intake.xlsform.reading import FormReading, read_xlsform

NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with one part more, or another in its place."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, content)
    return target.getvalue()


def xlsform(
    survey: Sequence[Mapping[str, str]],
    choices: Sequence[Mapping[str, str]] = (),
    settings: Mapping[str, str] | None = None,
) -> bytes:
    sheets = {"survey": table(survey)}
    if choices:
        sheets["choices"] = table(choices)
    if settings:
        sheets["settings"] = table([settings])
    return xlsx(sheets)


def table(rows: Sequence[Mapping[str, str]]) -> list[list[str]]:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return [columns, *([row.get(name, "") for name in columns] for row in rows)]


def question(type_: str, name: str, label: str = "", **more: str) -> dict[str, str]:
    return {"type": type_, "name": name, "label": label or name, **more}


def read(
    survey: Sequence[Mapping[str, str]], choices: Sequence[Mapping[str, str]] = (), **settings: str
) -> FormReading:
    return read_xlsform(xlsform(survey, choices, {"form_id": "tested", **settings}))


def form_of(survey: Sequence[Mapping[str, str]], choices: Sequence[Mapping[str, str]] = ()) -> Form:
    reading = read(survey, choices)
    assert reading.form is not None, reading.faults
    return reading.form


def sheet_of(rows: Sequence[Sequence[str]], name: str = "") -> Headed:
    kept = [Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1)]
    return headed(Sheet(name, lambda: iter(kept)))


FAMILY = (
    question("text", "head", "Who asks"),
    question("integer", "age", "Age", constraint=". >= 0 and . < 120", constraint_message="An age"),
    {"type": "begin group", "name": "way", "label": "The way"},
    question("select_one region", "region", "Region", required="yes"),
    question("select_one town", "town", "Town", choice_filter="region = ${region}"),
    question("select_multiple need", "needs", "Needs"),
    {"type": "end group"},
    {"type": "begin repeat", "name": "child", "label": "Child"},
    question("text", "first", "First name"),
    question("integer", "years", "Years"),
    {"type": "end repeat"},
    question("calculate", "children", calculation="count(${child})"),
    question("text", "guardian", "Who looks after them", relevant="${children} > 0 and ${age} < 18"),
)
FAMILY_CHOICES = (
    {"list_name": "region", "name": "north", "label": "North"},
    {"list_name": "region", "name": "south", "label": "South"},
    {"list_name": "town", "name": "a", "label": "A-town", "region": "north"},
    {"list_name": "town", "name": "b", "label": "B-town", "region": "south"},
    {"list_name": "need", "name": "rest", "label": "Rest"},
    {"list_name": "need", "name": "food", "label": "Food"},
)


def family_form() -> Form:
    return form_of(FAMILY, FAMILY_CHOICES)
