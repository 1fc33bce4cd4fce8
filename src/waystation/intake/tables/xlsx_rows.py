from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.limits import Limits
from waystation.intake.tables.package import BROKEN_PACKAGE
from waystation.intake.tables.row import Row, Sheet, column_letters

BROKEN = (
    *BROKEN_PACKAGE,
    InvalidFileException,
    ParseError,
    DefusedXmlException,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    AssertionError,
)
"""What openpyxl raises over a workbook that is not whole. Its package was inspected before."""

_PLAIN = (str, int, float, date, time, timedelta, type(None))
"""What a cell may hold; anything else is something that computes."""

MOST_GAP = 10_000
"""Empty rows in a row after which a sheet is taken to have ended."""


def xlsx_sheets(source: BinaryIO, limits: Limits, *, last_values: bool = False) -> tuple[list[Sheet], list[Fault]]:
    """Return the sheets of a workbook whose package was inspected, and what should be known of them.

    Parameters
    ----------
    last_values
        Whether a formula counts as the value a spreadsheet last computed for it, as in forms; else it is a fault of its cell.
    """
    try:
        book = openpyxl.load_workbook(source, read_only=True, data_only=last_values, keep_links=False)
    except BROKEN:
        return [], [fault(FaultCode.DAMAGED)]
    try:
        states = [(sheet.title, getattr(sheet, "sheet_state", "visible") != "visible") for sheet in book.worksheets]
    finally:
        book.close()
    if len(states) > limits.sheets:
        return [], [fault(FaultCode.TOO_MANY_SHEETS, found=len(states), most=limits.sheets)]
    notices = [fault(FaultCode.HIDDEN_SHEET, sheet=name) for name, hidden in states if hidden]
    sheets = [Sheet(name, _reader(source, limits, name, last_values), hidden) for name, hidden in states]
    return sheets, notices


def _reader(source: BinaryIO, limits: Limits, name: str, last_values: bool) -> Any:
    def rows() -> Iterator[Row | Fault]:
        try:
            yield from _rows(source, limits, name, last_values)
        except BROKEN:
            yield fault(FaultCode.DAMAGED, sheet=name)

    return rows


def _rows(source: BinaryIO, limits: Limits, name: str, last_values: bool) -> Iterator[Row | Fault]:
    source.seek(0)
    book = openpyxl.load_workbook(source, read_only=True, data_only=last_values, keep_links=False)
    try:
        sheet = book[name]
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        faults = empty = 0
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            row = _row(number, cells, name, limits)
            if isinstance(row, Fault):
                yield row
                return
            empty = empty + 1 if row.is_empty else 0
            faults += len(row.faults)
            if empty > MOST_GAP:
                return
            if number - empty > limits.rows:
                yield fault(FaultCode.TOO_MANY_ROWS, sheet=name, most=limits.rows)
                return
            if faults > limits.faults:
                yield fault(FaultCode.TOO_MANY_FAULTS, sheet=name, most=limits.faults)
                return
            if not row.is_empty:
                yield row
    finally:
        book.close()


def _row(number: int, cells: tuple[Any, ...], sheet: str, limits: Limits) -> Row | Fault:
    width = max((at for at, cell in enumerate(cells, start=1) if cell.value is not None), default=0)
    if width > limits.columns:
        return fault(FaultCode.TOO_MANY_COLUMNS, sheet=sheet, row=number, found=width, most=limits.columns)
    texts, faults = [], []
    for at, cell in enumerate(cells[:width], start=1):
        code = _refusal(cell, limits)
        if code is not None:
            faults.append(fault(code, sheet=sheet, row=number, column=column_letters(at)))
        texts.append("" if code is not None else cell_text(cell.value, getattr(cell, "number_format", "")))
    return Row(number, tuple(texts), tuple(faults))


def _refusal(cell: Any, limits: Limits) -> FaultCode | None:
    kind = getattr(cell, "data_type", "n")
    if kind == "f" or not isinstance(cell.value, _PLAIN):
        return FaultCode.FORMULA
    if kind == "e":
        return FaultCode.ERROR_VALUE
    if isinstance(cell.value, str) and len(cell.value) > limits.cell_characters:
        return FaultCode.CELL_TOO_LONG
    return None


def cell_text(value: object, number_format: str = "") -> str:
    """Return a cell's value as text: dates as ISO 8601, whole numbers without a point, truth values as ``TRUE`` and ``FALSE``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        bare = value.time() == time() and not any(sign in number_format.lower() for sign in ("h", "s"))
        return value.date().isoformat() if bare else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
