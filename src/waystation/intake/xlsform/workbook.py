"""The sheets of an XLSForm as text, read by our own limits and handed to pyxform as rows: it opens no file itself."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import xlrd

from waystation.intake.faults import Fault, FaultCode, fault, stops
from waystation.intake.limits import FORMS, Limits
from waystation.intake.tables.opening import OLE_SIGN, ZIP_SIGN
from waystation.intake.tables.package import inspect_package
from waystation.intake.tables.row import Row
from waystation.intake.tables.xlsx_rows import cell_text, xlsx_sheets

_VBA = "_VBA_PROJECT".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet of a form: header and rows, with their numbers as a spreadsheet counts them."""

    name: str
    header: tuple[str, ...] = ()
    header_row: int = 1
    rows: tuple[Row, ...] = field(default=(), repr=False)


def read_workbook(data: bytes, limits: Limits = FORMS) -> tuple[dict[str, FormSheet], list[Fault]]:
    """Return the sheets of an XLSX or XLS form by their names in small letters, and what is wrong with the file.

    A cell with a formula has the value that a spreadsheet last computed for it, and is named. Hidden sheets are read and named.
    """
    if not data:
        return {}, [fault(FaultCode.EMPTY)]
    if len(data) > limits.bytes:
        return {}, [fault(FaultCode.TOO_LARGE, found=len(data), most=limits.bytes)]
    if data.startswith(ZIP_SIGN):
        return _xlsx(data, limits)
    if data.startswith(OLE_SIGN):
        return _xls(data, limits)
    return {}, [fault(FaultCode.NO_KNOWN_KIND)]


def _xlsx(data: bytes, limits: Limits) -> tuple[dict[str, FormSheet], list[Fault]]:
    refusals = inspect_package(io.BytesIO(data), limits)
    if refusals:
        return {}, refusals
    found: dict[str, FormSheet] = {}
    sheets, faults = xlsx_sheets(io.BytesIO(data), limits, last_values=True)
    for sheet in sheets:
        found[sheet.name.strip().lower()] = _gathered(sheet.name, sheet.rows(), faults)
    written, _ = xlsx_sheets(io.BytesIO(data), limits)
    for sheet in written:
        rows = (row for row in sheet.rows() if isinstance(row, Row))
        faults.extend(each for row in rows for each in row.faults if each.code is FaultCode.FORMULA)
    return ({}, faults) if stops(faults) else (found, faults)


def _gathered(name: str, rows: Iterator[Row | Fault], faults: list[Fault]) -> FormSheet:
    header: Row | None = None
    body: list[Row] = []
    for row in rows:
        if isinstance(row, Fault):
            faults.append(row)
        elif header is None:
            header = row
        else:
            faults.extend(row.faults)
            body.append(row)
    if header is None:
        return FormSheet(name)
    return FormSheet(name, tuple(cell.strip() for cell in header.cells), header.number, tuple(body))


def _xls(data: bytes, limits: Limits) -> tuple[dict[str, FormSheet], list[Fault]]:
    if _VBA in data:
        return {}, [fault(FaultCode.MACROS)]
    faults: list[Fault] = []
    found: dict[str, FormSheet] = {}
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
        sheets = book.sheets()
        if len(sheets) > limits.sheets:
            return {}, [fault(FaultCode.TOO_MANY_SHEETS, found=len(sheets), most=limits.sheets)]
        for sheet in sheets:
            if sheet.visibility:
                faults.append(fault(FaultCode.HIDDEN_SHEET, sheet=sheet.name))
            rows = _xls_rows(sheet, book.datemode, limits)
            found[sheet.name.strip().lower()] = _gathered(sheet.name, rows, faults)
    except Exception:  # xlrd raises many kinds over a file that is not whole; none of them tells more than that
        return {}, [fault(FaultCode.DAMAGED)]
    return ({}, faults) if stops(faults) else (found, faults)


def _xls_rows(sheet: "xlrd.sheet.Sheet", datemode: int, limits: Limits) -> Iterator[Row | Fault]:
    if sheet.ncols > limits.columns:
        yield fault(FaultCode.TOO_MANY_COLUMNS, sheet=sheet.name, found=sheet.ncols, most=limits.columns)
        return
    if sheet.nrows > limits.rows:
        yield fault(FaultCode.TOO_MANY_ROWS, sheet=sheet.name, most=limits.rows)
        return
    for number in range(sheet.nrows):
        cells = tuple(_xls_text(sheet.cell(number, at), datemode) for at in range(sheet.row_len(number)))
        row = Row(number + 1, cells)
        if not row.is_empty:
            yield row


def _xls_text(cell: "xlrd.sheet.Cell", datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_DATE:
        return cell_text(xlrd.xldate_as_datetime(cell.value, datemode))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return cell_text(float(cell.value))
    return str(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else ""
