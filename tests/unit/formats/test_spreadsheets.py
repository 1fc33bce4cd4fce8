"""The same network, as different spreadsheets save it."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from waystation.engine.model import Network
from waystation.formats import read_folder
from waystation.formats.kinds import Amount, Chance, Day, Flag, Numerals
from waystation.formats.tables import CSV_TABLES, TABLES
from waystation.formats.writer import normal_form

Write = Callable[[dict[str, str]], Path]


def network_in(folder: Path) -> Network:
    reading = read_folder(folder)
    assert reading.faults == ()
    assert reading.network is not None
    return reading.network


def with_decimal_comma(folder: Path) -> dict[str, str]:
    tables = read_folder(folder).tables
    sign = tables.settings.cells["decimal"]
    settings = replace(tables.settings, cells={**tables.settings.cells, "decimal": replace(sign, text=",", value=",")})
    return {name: raw.decode() for name, raw in normal_form(replace(tables, settings=settings)).items()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end(full: dict[str, str], write: Write, encoding: str, line_end: str) -> None:
    folder = write(full)
    expected = network_in(folder)
    for name, text in full.items():
        (folder / name).write_bytes(text.replace("\n", line_end).encode(encoding))
    assert network_in(folder) == expected


def test_decimal_commas_and_semicolons(full: dict[str, str], write: Write) -> None:
    folder = write(full)
    expected = network_in(folder)
    texts = with_decimal_comma(folder)
    assert "0,8 0,15 0,05" in texts["conditions.csv"]
    assert "100,50;USD" in texts["legs.csv"]
    assert network_in(write(texts)) == expected


def rewritten(full: dict[str, str], change: Callable[[str, str, str], str]) -> dict[str, str]:
    """Return the folder with every filled data cell changed: by file, column and text."""
    texts = dict(full)
    for table in CSV_TABLES:
        lines = [line for line in csv.reader(io.StringIO(full[table.file])) if not line[0].startswith("#")]
        header, rows = lines[0], lines[1:]
        changed = [
            [change(table.file, name, cell) if cell else "" for name, cell in zip(header, row, strict=True)]
            for row in rows
        ]
        out = io.StringIO()
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows([header, *changed])
        texts[table.file] = out.getvalue()
    return texts


def spreadsheet_cell(file: str, name: str, cell: str) -> str:
    column = TABLES[file].by_name.get(name)
    kind = column.kind if column else None
    if isinstance(kind, Day):
        year, month, day = cell.split("-")
        return f"{year}. {int(month)}. {int(day)}." if int(day) < 13 else f"{day}/{month}/{year}"
    if isinstance(kind, Chance):
        return f"{Numerals().show(kind.read(cell, Numerals()) * 100)} %"
    if isinstance(kind, Amount):
        return f"{float(cell):,.2f}".replace(",", "\u202f")
    if isinstance(kind, Flag):
        return {"yes": "TRUE", "no": "FALSE"}[cell]
    return f" {cell}\u00a0"


def test_dates_percentages_thousands_and_truth_as_spreadsheets_show_them(full: dict[str, str], write: Write) -> None:
    expected = network_in(write(full))
    assert network_in(write(rewritten(full, spreadsheet_cell))) == expected


def test_columns_in_reverse_order_with_empty_ones_behind(full: dict[str, str], write: Write) -> None:
    expected = network_in(write(full))
    for table in CSV_TABLES:
        rows = [row for row in csv.reader(io.StringIO(full[table.file])) if not row[0].startswith("#")]
        out = io.StringIO()
        csv.writer(out, delimiter="\t").writerows([*row[::-1], "", ""] for row in rows)
        full[table.file] = out.getvalue() + "\t\t\r\n\r\n"
    assert network_in(write(full)) == expected
