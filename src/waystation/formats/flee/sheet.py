import re
from collections.abc import Sequence
from typing import Any

from waystation.formats.faults import Fault
from waystation.formats.flee.tables import OTHER_NAMES
from waystation.formats.grid import GridCell, GridRow, scan
from waystation.formats.kinds import PLAIN, CellError, quoted
from waystation.formats.rows import Cell, Row
from waystation.formats.sheets import clean
from waystation.formats.tables import Column, Table
from waystation.formats.text import LOST

_HEADER_MARK = re.compile(r'((?:[ \t,]*\n)*[ \t]*"?[ \t]*)#')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read_flee_sheet(table: Table, text: str) -> tuple[tuple[Row, ...], list[Fault]]:
    """Read the text of one of Flee's files: its columns by their place, as Flee does, and everything wrong as faults.

    The header is optional and begins with ``#``, as do comments. Columns beyond the declared ones are somebody's own
    attributes; they are passed over.
    """
    reader = _FleeSheetReader(table)
    return reader.read(text), reader.faults


class _FleeSheetReader:
    def __init__(self, table: Table) -> None:
        self._table = table
        self.faults: list[Fault] = []
        self._width: int | None = None

    def read(self, text: str) -> tuple[Row, ...]:
        # A blank in place of the header's "#" lets it be cut into cells without moving any of them.
        records = scan(
            _HEADER_MARK.sub(r"\1 ", text, count=1) if _HEADER_MARK.match(text) else text, (), self._complain
        )
        records = [record for record in records if record.cells and any(clean(cell.text) for cell in record.cells)]
        if records and self._is_header(records[0]):
            self._header(records.pop(0))
        elif records and _HEADER_MARK.match(text):
            records.pop(0)
        return tuple(self._row(record, number) for number, record in enumerate(records, start=1))

    def _complain(self, line: int, column: int, what: str, right: str) -> None:
        self.faults.append(Fault(self._table.file, line, column, what, right))

    def _is_header(self, record: GridRow) -> bool:
        """Tell a header from data and from a comment: it names at least half of the columns, in whatever place."""
        written = {_folded(cell.text) for cell in record.cells}
        named = sum(bool(_names(column) & written) for column in self._table.columns)
        return 2 * named >= len(self._table.columns)

    def _header(self, record: GridRow) -> None:
        cells = {index: cell for index, cell in enumerate(record.cells) if clean(cell.text)}
        self._width = max(cells) + 1
        for index, column in enumerate(self._table.columns):
            cell = cells.get(index, record.end)
            if _folded(cell.text) not in _names(column):
                what = f"column {index + 1} is called {quoted(clean(cell.text))}, and Flee reads {column.name} there"
                if index not in cells:
                    what = f"column {index + 1}, {column.name}, is missing"
                self._complain(cell.line, cell.column, what, f"begin with #{','.join(self._table.names)}")
                return

    def _row(self, record: GridRow, number: int) -> Row:
        columns = self._table.columns
        given = len(record.cells)
        least = 1 + max(index for index, column in enumerate(columns) if column.required)
        if given < least:
            what = f"the row ends after {given} cell{'s' if given != 1 else ''}"
            self._complain(record.end.line, record.end.column, what, f"give {','.join(self._table.names)}")
        elif self._width is not None:
            self._complain_of_nameless(record.cells[max(self._width, len(columns)) :])
        cells = {}
        for index, column in enumerate(columns):
            cell = record.cells[index] if index < given else record.end
            cells[column.name] = self._cell(column, cell, is_cut=index >= given)
        return Row(self._table.file, number, cells)

    def _complain_of_nameless(self, cells: Sequence[GridCell]) -> None:
        for cell in cells:
            if clean(cell.text):
                what = "there is a value here, but no column above it"
                self._complain(
                    cell.line, cell.column, what, "remove it, or put quotation marks around a text with a comma"
                )
                return

    def _cell(self, column: Column, cell: GridCell, *, is_cut: bool) -> Cell:
        text = clean(cell.text)
        if not text:
            if column.required and not is_cut:
                right = (
                    f"give it, such as {column.example} ({column.meaning[0].lower()}{column.meaning[1:].rstrip('.')})"
                )
                self._complain(cell.line, cell.column, f"{column.name} is blank", right)
            return Cell("", None, cell.line, cell.column)
        try:
            return Cell(text, _value(column, text), cell.line, cell.column)
        except CellError as error:
            self._complain(cell.line, cell.column, f"{column.name}: {error.what}", error.right)
            return Cell(text, None, cell.line, cell.column)


def _value(column: Column, text: str) -> Any:
    if _CONTROL.search(text) or LOST in text:
        raise CellError(f"{quoted(text)} holds a character that is no text", "type the cell anew")
    return column.kind.read(text, PLAIN)


def _folded(text: str) -> str:
    return re.sub(r"[\s-]+", "_", clean(text, "#").casefold())


def _names(column: Column) -> frozenset[str]:
    return OTHER_NAMES.get(column.name, frozenset()) | {column.name}
