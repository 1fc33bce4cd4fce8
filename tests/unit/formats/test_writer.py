from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.formats import FolderTables, read_folder, write_folder
from waystation.formats.kinds import Numerals
from waystation.formats.sheets import read_sheet
from waystation.formats.tables import TABLES
from waystation.formats.text import decode
from waystation.formats.writer import normal_form, sheet_text
from waystation.kernel import BadInputError

Write = Callable[[dict[str, str]], Path]


def read_tables(folder: Path) -> FolderTables:
    reading = read_folder(folder)
    assert reading.faults == ()
    return reading.tables


def text_of(tables: FolderTables, file: str) -> list[str]:
    return normal_form(tables)[file].decode().split("\n")


def test_writing_keeps_the_network(full: dict[str, str], write: Write, tmp_path: Path) -> None:
    before = read_folder(write(full))
    write_folder(tmp_path / "copy", before.tables)
    after = read_folder(tmp_path / "copy")
    assert after.network == before.network
    assert {entry.name for entry in (tmp_path / "copy").iterdir()} == set(TABLES)


def test_what_is_in_normal_form_already_stays_the_same_bytes(
    full: dict[str, str], write: Write, tmp_path: Path
) -> None:
    write_folder(tmp_path / "copy", read_tables(write(full)))
    first = {entry.name: entry.read_bytes() for entry in (tmp_path / "copy").iterdir()}
    write_folder(tmp_path / "copy", read_tables(tmp_path / "copy"))
    assert {entry.name: entry.read_bytes() for entry in (tmp_path / "copy").iterdir()} == first


def test_comments_free_columns_and_values_are_kept(full: dict[str, str], write: Write) -> None:
    files = normal_form(read_tables(write(full)))
    assert files["network.toml"].decode() == full["network.toml"]
    assert files["places.csv"].decode() == full["places.csv"]
    assert files["legs.csv"].decode() == full["legs.csv"]


def test_spreadsheet_habits_become_the_normal_form(full: dict[str, str], write: Write) -> None:
    full["rates.csv"] = "\ufeffRate;Quote;BASE;date;;\r\n 33.50 ;thb;usd;2026. 11. 1.;;\r\n;;;;;\r\n"
    assert text_of(read_tables(write(full)), "rates.csv") == ["date,base,quote,rate", "2026-11-01,USD,THB,33.50", ""]


def test_a_declared_decimal_comma_is_written_with_semicolons() -> None:
    text = "date\tbase\tquote\trate\n2026-11-01\tUSD\tTHB\t1.033,5\n"
    sheet, faults = read_sheet(TABLES["rates.csv"], text, Numerals(","))
    assert faults == []
    assert sheet_text(sheet, Numerals(",")) == "date;base;quote;rate\n2026-11-01;USD;THB;1033,5\n"


def test_what_could_not_be_read_is_not_written(full: dict[str, str], write: Write, tmp_path: Path) -> None:
    full["rates.csv"] = full["rates.csv"].replace("33.5", "many")
    with pytest.raises(BadInputError, match=r"rates\.csv:2:20"):
        write_folder(tmp_path / "copy", read_folder(write(full)).tables)
    assert not (tmp_path / "copy").exists()


def test_a_setting_that_could_not_be_read_is_not_written(full: dict[str, str], write: Write, tmp_path: Path) -> None:
    full["network.toml"] = full["network.toml"].replace("slot_hours = 12", "slot_hours = 13")
    with pytest.raises(BadInputError, match="slot_hours"):
        write_folder(tmp_path / "copy", read_folder(write(full)).tables)


def test_keys_of_every_sort_survive(full: dict[str, str], write: Write, tmp_path: Path) -> None:
    full["network.toml"] = (
        '"x_a b" = "\\u007f\\t\\"\\\\"\nx_b = 1.5e300\nx_c = nan\nx_d = true\nx_e = 07:32:00\nx_f = 1979-05-27T07:32:00-08:00\n'
        + full["network.toml"].replace('"Rivers"', '"""\nTwo\nlines"""')
        + '"<=1998" = "A table"\n# the end\n'
    )
    tables = read_tables(write(full))
    assert tables.settings.extra["x_a b"] == '\x7f\t"\\'
    write_folder(tmp_path / "copy", tables)
    again = read_tables(tmp_path / "copy")
    assert normal_form(again) == normal_form(tables)
    assert again.settings["name"] == "Two\nlines"
    assert again.settings.sources["<=1998"].text == "A table"
    assert normal_form(again)["network.toml"].endswith(b"# the end\n")


BITS = st.sampled_from([*",;\t\"\n\r# =|x한'", '""', "\r\n", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x85"])
NOTES = st.lists(BITS, max_size=8).map("".join)


def quoted(text: str, delimiter: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in f'{delimiter}"\n\r') else text


@st.composite
def budgets(draw: st.DrawFn, delimiter: str, decimal: str) -> str:
    """Draw a budget.csv with wild notes, free cells and comments."""
    lines = [delimiter.join(["fund", "period", "amount", "currency", "note", "x_free"])]
    for _ in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            lines.append("#" + draw(NOTES).replace("\n", " ").replace("\r", " "))
        amount = str(draw(st.decimals(0, 10**9, places=2))).replace(".", decimal)
        cells = ["GENERAL", "2027", amount, "USD", draw(NOTES), draw(NOTES)]
        lines.append(delimiter.join(quoted(cell, delimiter) for cell in cells))
    return "\n".join([*lines, "#" + draw(NOTES).replace("\n", " ").replace("\r", " ")])


@settings(deadline=None, max_examples=300)
@given(data=st.data(), delimiter=st.sampled_from(",;\t"), decimal=st.sampled_from(".,"))
def test_any_notes_and_comments_survive_one_normalisation(data: st.DataObject, delimiter: str, decimal: str) -> None:
    numerals = Numerals(decimal)
    decoded = decode("budget.csv", data.draw(budgets(delimiter, decimal)).encode())
    assert decoded.text is not None
    first, faults = read_sheet(TABLES["budget.csv"], decoded.text, numerals)
    assert faults == []
    once = sheet_text(first, numerals)
    second, faults = read_sheet(TABLES["budget.csv"], once, numerals)
    assert faults == []
    assert sheet_text(second, numerals) == once
    assert second.tail_comments == first.tail_comments
    for before, after in zip(first.rows, second.rows, strict=True):
        assert [before[name] for name in before.cells] == [after[name] for name in before.cells]
        assert before.comments == after.comments
