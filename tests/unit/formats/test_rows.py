from collections.abc import Callable
from pathlib import Path

from waystation.formats import FolderTables, read_folder
from waystation.formats.tables import CSV_TABLES

Write = Callable[[dict[str, str]], Path]


def tables(full: dict[str, str], write: Write) -> FolderTables:
    return read_folder(write(full)).tables


def test_tables_give_their_sheets_in_order(full: dict[str, str], write: Write) -> None:
    assert [sheet.table for sheet in tables(full, write)] == list(CSV_TABLES)


def test_rows_are_found_by_their_ids_the_first_of_several(full: dict[str, str], write: Write) -> None:
    found = tables(full, write)
    assert list(found.by_id("places.csv")) == ["D", "C", "B", "A"]
    assert found.by_id("conditions.csv")["river"].number == 1
    assert found.rows("legs.csv")[0]["km"] == 120


def test_a_row_makes_the_fault_of_its_cell(full: dict[str, str], write: Write) -> None:
    row = tables(full, write).by_id("places.csv")["C"]
    fault = row.fault("lat", "wrong", "right")
    assert (fault.file, fault.line, fault.column) == ("places.csv", 6, 17)


def test_a_sheet_makes_a_fault_at_its_header(full: dict[str, str], write: Write) -> None:
    fault = tables(full, write)["places.csv"].fault("wrong", "right")
    assert (fault.file, fault.line, fault.column) == ("places.csv", 2, 1)


def test_settings_say_how_numbers_are_written(full: dict[str, str], write: Write) -> None:
    assert tables(full, write).settings.numerals.decimal == "."
    full["network.toml"] = full["network.toml"].replace('decimal = "."', 'decimal = ";"')
    assert tables(full, write).settings.numerals.decimal == "."
