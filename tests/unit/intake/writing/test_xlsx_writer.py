import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal

import openpyxl
import pytest

from waystation.intake.tables.opening import open_table
from waystation.intake.tables.row import Row, headed
from waystation.intake.writing import xlsx_writer
from waystation.intake.writing.xlsx_writer import TooManyRowsError, write_xlsx

ROWS = [["=1+1", 3, Decimal("2.50"), None], ["<하늘> & \x00\x0b", -5, True, "+82"]]


def written(rows: list[list[object]] = ROWS) -> bytes:
    target = io.BytesIO()
    assert write_xlsx(target, ["a", "b", "c", "d"], rows) == len(rows)  # type: ignore[arg-type] # mixed cells
    return target.getvalue()


def test_a_workbook_holds_values_only() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written()))
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [("Sheet1", "visible")]
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert cells[1:] == [["'=1+1", 3, 2.5, None], ["<하늘> & \ufffd\ufffd", -5, True, "'+82"]]
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_a_workbook_says_nothing_of_the_machine_and_equal_tables_are_equal_bytes() -> None:
    data = written()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if "docProps" in name]
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.create_system for part in package.infolist()} == {0}
    assert written() == data


def test_our_own_reader_takes_it_back() -> None:
    opened = open_table(io.BytesIO(written()))
    assert opened.faults == ()
    rows = [row.cells for row in headed(opened.sheets[0]).rows() if isinstance(row, Row)]
    assert rows[0] == ("'=1+1", "3", "2.5", "")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_writer, "MOST_ROWS", 3)
    with pytest.raises(TooManyRowsError):
        write_xlsx(io.BytesIO(), ["a"], [["x"]] * 4)


def test_rows_are_taken_one_at_a_time_and_the_target_need_not_be_seekable() -> None:
    class Sink(io.RawIOBase):
        size = 0

        def writable(self) -> bool:
            return True

        def write(self, data: object, /) -> int:
            length = len(memoryview(data))  # type: ignore[arg-type] # bytes
            Sink.size += length
            return length

    def rows() -> Iterator[list[str]]:
        for number in range(20_000):
            yield [f"row {number}", "x"]

    assert write_xlsx(Sink(), ["a", "b"], rows()) == 20_000  # type: ignore[arg-type] # it only writes
    assert Sink.size > 50_000
