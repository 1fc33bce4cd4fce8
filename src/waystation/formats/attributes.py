"""What an export to other programs says of a place or a leg: its declared columns as plain values, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from waystation.formats.kinds import PLAIN, Amount, Chance, Flag, Kind, Number, Whole
from waystation.formats.rows import FolderTables, Row
from waystation.formats.tables import TABLES, Column

Plain = str | bool | int | float | None
"""A value that other programs know; None where nothing is said."""

EXPORTED: dict[str, str] = {"places.csv": "place", "legs.csv": "leg"}
"""The files whose rows are exported, and what a row is called. People, groups, outcomes and money are not among them."""

_LEFT_OUT = frozenset({"note"})
"""Columns that hold free text, in which anything about anybody may stand."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column that is exported: its name, and the type of its values (``str``, ``bool``, ``int`` or ``float``)."""

    name: str
    type: type


def attributes(file: str) -> tuple[Attribute, ...]:
    """Return what is exported of a file's rows, in the order of its columns."""
    return tuple(Attribute(column.name, _type(column.kind)) for column in exported_columns(file))


def exported_columns(file: str) -> Iterator[Column]:
    """Yield the declared columns of a file that are exported: all but free text."""
    if file in EXPORTED:
        yield from (column for column in TABLES[file].columns if column.name not in _LEFT_OUT)


def rows_of(tables: FolderTables, file: str) -> Iterator[dict[str, Plain]]:
    """Yield the exported values of each row of a file by column.

    Blank cells have the value they stand for: defaults, the network's currency, what is usual at a kind of place.
    """
    columns = tuple(exported_columns(file))
    for row in tables.rows(file):
        yield {column.name: _plain(column, _value(row, column, tables)) for column in columns}


def _value(row: Row, column: Column, tables: FolderTables) -> Any:
    if not row.is_blank(column.name):
        return row[column.name]
    if column.name == "currency":
        return tables.settings["currency"]
    if column.name == "may_wait":
        return row["kind"].usually_waits
    if column.name == "may_stop":
        return row["kind"].usually_stops
    return row[column.name]


def _type(kind: Kind) -> type:
    if isinstance(kind, Flag):
        return bool
    if isinstance(kind, Whole):
        return int
    return float if isinstance(kind, Number | Chance | Amount) else str


def _plain(column: Column, value: Any) -> Plain:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, int):
        return value
    return column.kind.show(value, PLAIN)
