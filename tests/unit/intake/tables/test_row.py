from tests.unit.intake.books import sheet_of
from waystation.intake.faults import FaultCode
from waystation.intake.tables.row import Row, column_letters


def test_the_header_is_the_first_row_that_holds_anything() -> None:
    sheet = sheet_of([["", ""], [" name ", "age", ""], ["alpha", "3"], ["", ""], ["beta"]])
    assert sheet.columns == ("name", "age")
    rows = [row for row in sheet.rows() if isinstance(row, Row)]
    assert [(row.number, row.cells) for row in rows] == [(3, ("alpha", "3")), (5, ("beta", ""))]


def test_what_stands_beyond_the_header_is_a_fault_of_its_row() -> None:
    (row,) = sheet_of([["a"], ["1", "2"]]).rows()
    assert isinstance(row, Row)
    assert [each.code for each in row.faults] == [FaultCode.EXTRA_CELLS]


def test_a_name_twice_and_a_column_without_one_are_named() -> None:
    faults = sheet_of([["a", "", "a"], ["1", "2", "3"]]).faults
    assert [(each.code, each.column) for each in faults] == [
        (FaultCode.COLUMN_NAMELESS, "B"),
        (FaultCode.COLUMN_TWICE, "a"),
    ]


def test_an_empty_sheet_has_no_header() -> None:
    assert [each.code for each in sheet_of([]).faults] == [FaultCode.NO_HEADER]


def test_columns_are_called_as_a_spreadsheet_calls_them() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
