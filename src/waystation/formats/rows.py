from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation.formats.faults import Fault
from waystation.formats.kinds import PLAIN, Numerals
from waystation.formats.tables import CSV_TABLES, Table


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as read.

    Attributes
    ----------
    text
        Its text without blanks around it; empty when blank.
    value
        Its value; of a blank cell the column's default; None where there is neither, or the text could not be read.
    line, column
        Where it begins.
    """

    text: str
    value: Any
    line: int
    column: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: its number from 1, its cells by column name (every declared one), the comments above it."""

    file: str
    number: int
    cells: Mapping[str, Cell]
    comments: tuple[str, ...] = ()

    def __getitem__(self, column: str) -> Any:
        return self.cells[column].value

    def has(self, column: str) -> bool:
        """Whether the cell is filled and could be read."""
        cell = self.cells[column]
        return not cell.is_blank and cell.value is not None

    def is_blank(self, column: str) -> bool:
        """Whether nothing is written in the cell."""
        return self.cells[column].is_blank

    def fault(self, column: str, what: str, right: str) -> Fault:
        """Make the fault of one of the row's cells."""
        cell = self.cells[column]
        return Fault(self.file, cell.line, cell.column, what, right)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one CSV file.

    Attributes
    ----------
    columns
        The declared columns its header names, in declared order.
    extra
        Its free columns (``x_...``) in their order.
    line
        The line of its header.
    whole
        Whether every row and column could be told apart: if not, nothing is said about what it lacks.
    """

    table: Table
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    line: int = 1
    whole: bool = True
    head_comments: tuple[str, ...] = ()
    tail_comments: tuple[str, ...] = ()

    def ids(self) -> list[str]:
        """Return the ids of its rows, or their numbers where they have none, in order."""
        if self.table.has_ids:
            return [row["id"] for row in self.rows if row.has("id")]
        return [str(row.number) for row in self.rows]

    def fault(self, what: str, right: str) -> Fault:
        """Make a fault of the file as a whole, placed at its header."""
        return Fault(self.table.file, self.line, 1, what, right)


@dataclass(frozen=True, slots=True)
class Settings:
    """What network.toml says.

    Attributes
    ----------
    cells
        Its declared keys; every one is there, blank when it was not given.
    extra
        Its free keys (``x_...``): text, numbers, dates, yes or no.
    sources
        The table ``[sources]``: where each source was published.
    comments
        Comment lines above each key (``sources.ID`` for a source, ``[sources]`` for the table, empty: the file's end).
    remarks
        The comment behind each key, on its line.
    whole
        Whether the file could be read at all.
    """

    cells: Mapping[str, Cell]
    extra: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Cell] = field(default_factory=dict)
    comments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True

    def __getitem__(self, key: str) -> Any:
        return self.cells[key].value

    @property
    def numerals(self) -> Numerals:
        """How the CSV files write numbers."""
        return Numerals(self["decimal"]) if self["decimal"] else PLAIN


@dataclass(frozen=True, slots=True)
class FolderTables:
    """A network folder as typed rows: all it says, free columns, comments and sources included."""

    settings: Settings
    sheets: Mapping[str, Sheet]

    def __getitem__(self, file: str) -> Sheet:
        return self.sheets[file]

    def __iter__(self) -> Iterator[Sheet]:
        return (self.sheets[table.file] for table in CSV_TABLES)

    def rows(self, file: str) -> tuple[Row, ...]:
        """Return the rows of a file, none if it is missing."""
        return self.sheets[file].rows

    def by_id(self, file: str) -> dict[str, Row]:
        """Return the rows of a file by their ids; of rows with one id the first."""
        return {row["id"]: row for row in reversed(self.rows(file)) if row.has("id")}
