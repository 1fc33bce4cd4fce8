from collections.abc import Iterator

from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables, Row
from waystation.formats.tables import SETTINGS, Column

_DAYS = ("days_low", "days_likely", "days_high")


def missing_settings(tables: FolderTables) -> Iterator[Fault]:
    """Complain of each key of network.toml that is required and not given."""
    if tables.settings.whole:
        for column in SETTINGS.columns:
            cell = tables.settings.cells[column.name]
            if column.required and cell.is_blank:
                right = f"write {column.name} = {column.example} ({_lowered(column.meaning)})"
                yield Fault(SETTINGS.file, cell.line, cell.column, f"{column.name} is not given", right)


def missing_rows(tables: FolderTables) -> Iterator[Fault]:
    """Complain of required files without a row."""
    for sheet in tables:
        if sheet.table.required and sheet.whole and not sheet.rows:
            yield sheet.fault(f"{sheet.table.file} has no rows", f"add one for each: {sheet.table.row}")


def missing_cells(tables: FolderTables) -> Iterator[Fault]:
    """Complain of each required cell that is blank; of a leg without any duration once."""
    for sheet in tables:
        required = [column for column in sheet.table.columns if column.required and column.name in sheet.columns]
        for row in sheet.rows:
            yield from _missing_in(row, required)


def _missing_in(row: Row, required: list[Column]) -> Iterator[Fault]:
    blank = [column for column in required if row.is_blank(column.name)]
    if [column.name for column in blank if column.name in _DAYS] == list(_DAYS):
        right = "give days_low, days_likely and days_high, such as 1, 1.5 and 3"
        yield row.fault(_DAYS[0], "the leg has no duration", right)
        blank = [column for column in blank if column.name not in _DAYS]
    for column in blank:
        right = f"give it, such as {column.example} ({_lowered(column.meaning)})"
        yield row.fault(column.name, f"{column.name} is blank", right)


def _lowered(meaning: str) -> str:
    return meaning[0].lower() + meaning[1:].rstrip(".")
