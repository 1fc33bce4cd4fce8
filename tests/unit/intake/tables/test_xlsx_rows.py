import io
from datetime import date, time

import pytest

from tests.unit.intake.books import NOW, with_part, xlsx
from waystation.intake.faults import Fault, FaultCode
from waystation.intake.limits import TABLES, Limits
from waystation.intake.tables.row import Row
from waystation.intake.tables.xlsx_rows import cell_text, xlsx_sheets


def rows_of(data: bytes, limits: Limits = TABLES, **options: bool) -> list[Row | Fault]:
    sheets, _ = xlsx_sheets(io.BytesIO(data), limits, **options)
    return list(sheets[0].rows())


def test_values_come_as_text() -> None:
    data = xlsx({"S": [["a", 1, 2.5, True, date(2026, 3, 5), NOW.replace(tzinfo=None), None, "z"]]})
    (row,) = rows_of(data)
    assert isinstance(row, Row)
    assert row.cells == ("a", "1", "2.5", "TRUE", "2026-03-05", "2026-03-05T09:30:00", "", "z")


def test_a_formula_is_a_fault_of_its_cell_and_never_computed() -> None:
    (row,) = rows_of(xlsx({"S": [["a", "=1+1", '=HYPERLINK("http://x","y")']]}))
    assert isinstance(row, Row)
    assert row.cells == ("a", "", "")
    assert [(each.code, each.column) for each in row.faults] == [(FaultCode.FORMULA, "B"), (FaultCode.FORMULA, "C")]


def test_an_empty_text_is_no_formula() -> None:
    (row,) = rows_of(xlsx({"S": [["a", "", "b"]]}))
    assert isinstance(row, Row)
    assert (row.cells, row.faults) == (("a", "", "b"), ())


def test_hidden_sheets_are_named() -> None:
    sheets, notices = xlsx_sheets(io.BytesIO(xlsx({"A": [["x"]], "B": [["y"]]}, hidden=["B"])), TABLES)
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("A", False), ("B", True)]
    assert [(each.code, each.sheet) for each in notices] == [(FaultCode.HIDDEN_SHEET, "B")]


def test_what_a_sheet_says_of_its_size_is_not_believed() -> None:
    data = xlsx({"S": [["a", "b"], ["1", "2"]]})
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet += b'<dimension ref="A1:XFD1048576"/><sheetData>'
    sheet += b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row></sheetData></worksheet>'
    (row,) = rows_of(with_part(data, "xl/worksheets/sheet1.xml", sheet))
    assert isinstance(row, Row)
    assert row.cells == ("a",)


def test_ten_thousand_columns_and_too_many_rows_are_refused() -> None:
    (found,) = rows_of(xlsx({"S": [["x"] * 10_000]}))
    assert isinstance(found, Fault)
    assert found.code is FaultCode.TOO_MANY_COLUMNS
    last = rows_of(xlsx({"S": [["x"]] * 20}), Limits(rows=5))[-1]
    assert isinstance(last, Fault)
    assert last.code is FaultCode.TOO_MANY_ROWS


def test_a_sheet_that_is_no_xml_is_damaged() -> None:
    data = with_part(xlsx({"S": [["a"]]}), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")
    sheets, faults = xlsx_sheets(io.BytesIO(data), TABLES)
    found = [*faults, *(row for sheet in sheets for row in sheet.rows())]
    assert [each.code for each in found if isinstance(each, Fault)] == [FaultCode.DAMAGED]


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (1e20, "1e+20"), (time(9, 30), "09:30:00"), (False, "FALSE"), (None, ""), (0.1, "0.1")],
)
def test_a_cell_is_written_as_a_person_would(value: object, text: str) -> None:
    assert cell_text(value) == text
