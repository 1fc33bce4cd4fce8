import io

import pytest

from waystation.intake.encodings import Encoding
from waystation.intake.faults import Fault, FaultCode
from waystation.intake.limits import Limits
from waystation.intake.tables.csv_rows import csv_rows
from waystation.intake.tables.row import Row


def rows_of(text: str, **limits: int) -> list[Row | Fault]:
    return list(csv_rows(io.BytesIO(text.encode()), Encoding("utf-8"), Limits(**limits)))


def cells_of(text: str) -> list[tuple[str, ...]]:
    return [row.cells for row in rows_of(text) if isinstance(row, Row)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_found(mark: str) -> None:
    assert cells_of(f"a{mark}b{mark}c\n1{mark}2{mark}3\n") == [("a", "b", "c"), ("1", "2", "3")]


def test_a_spreadsheet_may_say_the_mark() -> None:
    assert cells_of("sep=;\na;b,c\n") == [("a", "b,c")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(end: str) -> None:
    assert cells_of(f"a,b{end}1,2{end}") == [("a", "b"), ("1", "2")]


def test_a_cell_may_hold_lines_and_rows_are_numbered_by_their_first() -> None:
    found = rows_of('a,b\n"x\ny",2\n3,4\n')
    assert [(row.number, row.cells) for row in found if isinstance(row, Row)] == [
        (1, ("a", "b")),
        (2, ("x\ny", "2")),
        (4, ("3", "4")),
    ]


def test_a_quote_that_never_closes_takes_no_good_row_with_it() -> None:
    found = rows_of('a,b\n"x,1\ny,2\nz,3\n')
    assert [row.code for row in found if isinstance(row, Fault)] == [FaultCode.OPEN_QUOTE]
    assert [(row.number, row.cells) for row in found if isinstance(row, Row)] == [
        (1, ("a", "b")),
        (3, ("y", "2")),
        (4, ("z", "3")),
    ]


def test_ten_thousand_columns_are_refused() -> None:
    (found,) = rows_of(",".join("x" * 10_000) + "\n")
    assert isinstance(found, Fault)
    assert found.code is FaultCode.TOO_MANY_COLUMNS


def test_too_many_rows_end_the_reading() -> None:
    found = rows_of("a\n" * 50, rows=10)
    assert isinstance(found[-1], Fault)
    assert found[-1].code is FaultCode.TOO_MANY_ROWS
    assert len(found) == 12


def test_a_line_without_end_is_refused() -> None:
    (found,) = rows_of("a" * 3_000_000)
    assert isinstance(found, Fault)
    assert found.code is FaultCode.LINE_TOO_LONG


def test_nul_and_a_cell_too_long_are_faults_of_their_row() -> None:
    found = rows_of("a,b\nx\0y,2\n" + "z" * 100 + ",3\n", cell_characters=50)
    assert [(row.cells, [each.code for each in row.faults]) for row in found[1:] if isinstance(row, Row)] == [
        (("", "2"), [FaultCode.NOT_TEXT]),
        (("", "3"), [FaultCode.CELL_TOO_LONG]),
    ]


def test_a_file_of_broken_quotes_is_given_up() -> None:
    found = rows_of('"a\n' * 100, faults=5)
    assert isinstance(found[-1], Fault)
    assert found[-1].code is FaultCode.TOO_MANY_FAULTS
