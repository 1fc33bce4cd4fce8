import json
import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from waystation.formats.folder import replace_folder
from waystation.formats.kinds import Numerals
from waystation.formats.rows import Cell, FolderTables, Row, Settings, Sheet
from waystation.formats.tables import SETTINGS, Column
from waystation.kernel import BadInputError

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def write_folder(path: Path, tables: FolderTables) -> None:
    """Write a network folder in normal form, wholly or not at all; files that are no part of the format stay.

    Parameters
    ----------
    path
        The folder; made if it is not there.
    tables
        What to write, read without a fault.

    Raises
    ------
    BadInputError
        If a cell has text that could not be read, or the folder cannot be written. Nothing has changed then.
    """
    replace_folder(path, normal_form(tables))


def normal_form(tables: FolderTables) -> dict[str, bytes]:
    """Return the bytes of each file of a folder in normal form; reading them and writing again gives the same bytes.

    Values are kept to the last digit, with notes, free columns, comments and the order of rows. Columns stand in declared
    order with the free ones behind; UTF-8, lines end with LF; commas separate cells, semicolons where the folder declares
    a decimal comma.
    """
    files = {SETTINGS.file: settings_text(tables.settings)}
    for sheet in tables:
        if sheet.columns:
            files[sheet.table.file] = sheet_text(sheet, tables.settings.numerals)
    return {name: text.encode() for name, text in files.items()}


def sheet_text(sheet: Sheet, numerals: Numerals) -> str:
    """Return the normal text of a CSV file."""
    delimiter = "," if numerals.decimal == "." else ";"
    lines = [*sheet.head_comments, delimiter.join((*sheet.columns, *sheet.extra))]
    declared = [sheet.table.by_name[name] for name in sheet.columns]
    for row in sheet.rows:
        cells = [_shown(row, column, numerals) for column in declared] + [row.cells[name].text for name in sheet.extra]
        lines += [*row.comments, delimiter.join(_escaped(cell, delimiter) for cell in cells)]
    return "\n".join([*lines, *sheet.tail_comments, ""])


def _shown(row: Row, column: Column, numerals: Numerals) -> str:
    cell = row.cells[column.name]
    if cell.is_blank:
        return ""
    if cell.value is None:
        message = f"{row.file}:{cell.line}:{cell.column}: {column.name} cannot be written; it could not be read"
        raise BadInputError(message)
    return column.kind.show(cell.value, numerals)


def _escaped(text: str, delimiter: str) -> str:
    if delimiter in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def settings_text(settings: Settings) -> str:
    """Return the normal text of network.toml."""
    lines: list[str] = []
    for column in SETTINGS.columns:
        cell = settings.cells[column.name]
        if not cell.is_blank or column.name in settings.comments:
            lines += _entry(settings, column.name, f"{column.name} = {_toml(_setting_value(column, cell))}")
    for key, value in settings.extra.items():
        lines += _entry(settings, key, f"{_key(key)} = {_toml(value)}")
    if settings.sources or "[sources]" in settings.comments:
        lines += ["", *_entry(settings, "[sources]", "[sources]")]
        for key, cell in settings.sources.items():
            lines += _entry(settings, f"sources.{key}", f"{_key(key)} = {_toml(cell.text)}")
    return "\n".join([*lines, *settings.comments.get("", ()), ""])


def _entry(settings: Settings, key: str, text: str) -> Iterator[str]:
    yield from settings.comments.get(key, ())
    remark = settings.remarks.get(key)
    yield f"{text}  {remark}" if remark else text


def _setting_value(column: Column, cell: Cell) -> Any:
    if cell.value is None and not cell.is_blank:
        message = f"{SETTINGS.file}:{cell.line}:{cell.column}: {column.name} cannot be written; it could not be read"
        raise BadInputError(message)
    return "" if cell.is_blank else cell.value


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _toml(key)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
