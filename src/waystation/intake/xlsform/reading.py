import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from waystation.intake.faults import Fault, FaultCode, Weight, fault, stops
from waystation.intake.forms.form import Form
from waystation.intake.limits import FORMS, Limits
from waystation.intake.xlsform.build import ROW, SURVEY, build_form
from waystation.intake.xlsform.checking import check_expressions
from waystation.intake.xlsform.headers import normal_header, unused_headers
from waystation.intake.xlsform.workbook import FormSheet, read_workbook

MOST_QUESTIONS = 3_000
_KNOWN_SHEETS = ("survey", "choices", "settings")
_NOT_USED = ("external_choices", "entities", "osm", "cascades", "columns")
_ROW_IN_WORDS = re.compile(r"\[row\s*:\s*(\d+)\]\s*")


@dataclass(frozen=True, slots=True)
class FormReading:
    """What came of an XLSForm: the form unless a fault stops it, and everything that is not supported, with its row."""

    form: Form | None = field(repr=False)
    faults: tuple[Fault, ...] = ()

    @property
    def left_out(self) -> tuple[Fault, ...]:
        """What the form does not have here."""
        return tuple(each for each in self.faults if each.weight is Weight.LEFT_OUT)


def read_xlsform(data: bytes, limits: Limits = FORMS) -> FormReading:
    """Read an organisation's own form, XLSX or XLS, of any origin.

    Its sheets are read within ``limits`` and checked for what a workbook should not hold; pyxform is given their rows, never a
    file, writes nothing and fetches nothing. What it makes of them becomes a `Form`.
    """
    sheets, faults = read_workbook(data, limits)
    if stops(faults) or not sheets:
        return FormReading(None, tuple(faults or [fault(FaultCode.NO_SURVEY)]))
    survey = sheets.get(SURVEY)
    if survey is None and len(sheets) == 1:
        survey = next(iter(sheets.values()))
    if survey is None or not survey.header:
        return FormReading(None, (*faults, fault(FaultCode.NO_SURVEY)))
    if len(survey.rows) > MOST_QUESTIONS:
        return FormReading(None, (*faults, fault(FaultCode.FORM_TOO_LARGE, sheet=SURVEY, most=MOST_QUESTIONS)))
    known = {SURVEY: survey} | {name: sheets[name] for name in _KNOWN_SHEETS[1:] if name in sheets}
    for name, sheet in known.items():
        faults.extend(unused_headers(sheet, name))
        faults.extend(_said_twice(sheet))
    if "choices" in known:
        faults.extend(_media_of_choices(known["choices"]))
    faults.extend(
        fault(FaultCode.SHEET_NOT_USED, sheet=sheet.name)
        for name, sheet in sheets.items()
        if sheet is not survey and name not in _KNOWN_SHEETS and (sheet.rows or name in _NOT_USED)
    )
    return _understood(known, faults)


def _understood(sheets: dict[str, FormSheet], faults: list[Fault]) -> FormReading:
    warnings: list[str] = []
    try:
        tree = workbook_to_json(_definition(sheets), fallback_form_name="form", warnings=warnings)
        form, left_out = build_form(tree)
    except PyXFormError as error:
        return FormReading(None, (*faults, _rejected(str(error))))
    except Exception:  # a form that pyxform itself falls over
        return FormReading(None, (*faults, fault(FaultCode.FORM_REJECTED, reason="")))
    form, unusable = check_expressions(form)
    return FormReading(form, (*faults, *sorted(left_out + unusable, key=lambda each: each.row)))


def _said_twice(sheet: FormSheet) -> Iterator[Fault]:
    """Yield the cells that say something else than the same column in another spelling, left of them."""
    headers = [normal_header(header) for header in sheet.header]
    twice = {header for header in headers if header and headers.count(header) > 1}
    for row in sheet.rows if twice else ():
        first: dict[str, str] = {}
        for header, written, cell in zip(headers, sheet.header, row.cells, strict=False):
            text = cell.strip()
            if header in twice and text and first.setdefault(header, text) != text:
                yield fault(FaultCode.HEADER_NOT_USED, sheet=sheet.name, row=row.number, column=written)


def _media_of_choices(sheet: FormSheet) -> Iterator[Fault]:
    headers = [normal_header(header) for header in sheet.header]
    for row in sheet.rows:
        cells = zip(headers, row.cells, strict=False)
        if any(header.startswith("media::") and cell.strip() for header, cell in cells):
            yield fault(FaultCode.MEDIA_LEFT_OUT, sheet=sheet.name, row=row.number)


def _rejected(words: str) -> Fault:
    match = _ROW_IN_WORDS.search(words)
    reason = _ROW_IN_WORDS.sub("", words).strip()
    return fault(FaultCode.FORM_REJECTED, sheet=SURVEY, row=int(match[1]) if match else 0, reason=reason)


def _definition(sheets: dict[str, FormSheet]) -> DefinitionData:
    parts: dict[str, Any] = {"sheet_names": [sheet.name for sheet in sheets.values()], "fallback_form_name": "form"}
    for name, sheet in sheets.items():
        headers = [normal_header(header) for header in sheet.header]
        parts[name] = _rows(sheet, headers, numbered=name == SURVEY)
        parts[f"{name}_header"] = [{header: None for header in headers if header}]
    parts[f"{SURVEY}_header"][0][f"bind::{ROW}"] = None
    return DefinitionData(**parts)


def _rows(sheet: FormSheet, headers: list[str], numbered: bool) -> list[dict[str, str]]:
    """Return the rows as pyxform takes them, empty ones in between so that it counts as the spreadsheet does."""
    found: list[dict[str, str]] = []
    for row in sheet.rows:
        while len(found) < row.number - sheet.header_row - 1:
            found.append({})
        values: dict[str, str] = {}
        for header, text in zip(headers, row.cells, strict=False):
            if header and text.strip():  # of two spellings of one header, the first that says something
                values.setdefault(header, text.strip())
        if numbered and values.get("type", "").lower().replace("_", " ").split()[:1] != ["end"] and "type" in values:
            values[f"bind::{ROW}"] = str(row.number)
        found.append(values)
    return found
