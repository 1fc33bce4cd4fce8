import re
from collections.abc import Sequence
from typing import Any

from waystation.formats.faults import Fault
from waystation.formats.grid import GridCell, GridRow, scan
from waystation.formats.kinds import CellError, Numerals, did_you_mean, quoted
from waystation.formats.rows import Cell, Row, Sheet
from waystation.formats.tables import Column, Table
from waystation.formats.text import LOST
from waystation.kernel import closest

_FREE = re.compile(r"x_[\w.-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = "\u200b\u2060\ufeff"


_COMMENT_ENDS = ",;"


def clean(text: str, others: str = "") -> str:
    """Return a cell's text without the blanks and invisible characters (and others) around it."""
    previous = None
    while previous != text:
        previous, text = text, text.strip().strip(_INVISIBLE + others)
    return text


def read_sheet(table: Table, text: str, numerals: Numerals) -> tuple[Sheet, list[Fault]]:
    """Read the text of a CSV file as rows of a declared table: what can be read is, and everything else is a fault."""
    reader = _SheetReader(table, numerals)
    return reader.read(text), reader.faults


class _SheetReader:
    def __init__(self, table: Table, numerals: Numerals) -> None:
        self._table = table
        self._numerals = numerals
        self._defaults = {column.name: column.default_value for column in table.columns}
        # The cells of a column are mostly alike: each text is read once.
        self._read: dict[tuple[str, str], Any] = {}
        self.faults: list[Fault] = []

    def read(self, text: str) -> Sheet:
        records = scan(text, self._table.names, self._complain)
        whole = not self.faults
        records = [record for record in records if record.comment is not None or _is_filled(record)]
        start = next((at for at, record in enumerate(records) if record.comment is None), len(records))
        head = tuple(line for record in records[:start] for line in _comment_lines(record.comment or ""))
        if start == len(records):
            right = f"begin it with the header row: {','.join(self._table.names)}"
            self._complain(1, 1, "the file has no header row", right)
            return Sheet(self._table, whole=False, tail_comments=head)
        header, body = records[start], records[start + 1 :]
        names = self._header(header)
        self._complain_of_nameless(header, body)
        rows, tail = self._rows(body, names)
        columns = tuple(name for name in self._table.names if name in names)
        extra = tuple(name for name in names if name.startswith("x_"))
        missing = any(column.required and column.name not in names for column in self._table.columns)
        return Sheet(self._table, rows, columns, extra, header.cells[0].line, whole and not missing, head, tail)

    def _rows(self, records: Sequence[GridRow], names: Sequence[str]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
        """Return the data rows, each with the comments above it, and the comments below the last."""
        rows: list[Row] = []
        comments: list[str] = []
        for record in records:
            if record.comment is not None:
                comments += _comment_lines(record.comment)
            else:
                rows.append(self._row(record, names, len(rows) + 1, tuple(comments)))
                comments = []
        return tuple(rows), tuple(comments)

    def _complain(self, line: int, column: int, what: str, right: str) -> None:
        self.faults.append(Fault(self._table.file, line, column, what, right))

    def _header(self, record: GridRow) -> list[str]:
        """Return what stands in each place of a row: a column's name, or nothing where the cells are not to be read."""
        written = [re.sub(r"[\s-]+", "_", clean(cell.text).casefold()) for cell in record.cells]
        names: list[str] = []
        for name, cell in zip(written, record.cells, strict=True):
            if name and name in names:
                self._complain(cell.line, cell.column, f"the column {name} stands here twice", "keep one of them")
                names.append("")
            elif not name or name in self._table.by_name or _FREE.fullmatch(name):
                names.append(name)
            else:
                right = f"{did_you_mean(name, self._table.names)} (free columns begin with x_)"
                self._complain(
                    cell.line, cell.column, f"{self._table.file} has no column {quoted(clean(cell.text))}", right
                )
                # A misspelt column is read as the one that was meant: then nothing is complained of for its absence.
                meant = closest(name, self._table.names)
                names.append(meant if meant is not None and meant not in {*written, *names} else "")
        for column in self._table.columns:
            if column.required and column.name not in names:
                right = f"add it: {column.meaning[0].lower()}{column.meaning[1:].rstrip('.')}"
                self._complain(
                    record.cells[0].line, record.cells[0].column, f"the column {column.name} is missing", right
                )
        return names

    def _complain_of_nameless(self, header: GridRow, rows: Sequence[GridRow]) -> None:
        for index, cell in enumerate(header.cells):
            if not clean(cell.text) and any(clean(row.cells[index].text) for row in rows if index < len(row.cells)):
                what = "this column holds values and has no name"
                self._complain(cell.line, cell.column, what, "name it, or remove it (free columns begin with x_)")

    def _row(self, record: GridRow, names: Sequence[str], number: int, comments: tuple[str, ...]) -> Row:
        cells: dict[str, Cell] = {}
        for index, cell in enumerate(record.cells):
            text = clean(cell.text)
            name = names[index] if index < len(names) else ""
            if index >= len(names) and text:
                what = "there is a value here, but no column above it"
                self._complain(
                    cell.line,
                    cell.column,
                    what,
                    "remove it, or put quotation marks around the cell whose text was cut here",
                )
            elif name.startswith("x_"):
                cells[name] = Cell(text, text, cell.line, cell.column)
            elif name:
                cells[name] = self._cell(self._table.by_name[name], text, cell)
        for name in (*self._table.names, *(name for name in names if name.startswith("x_"))):
            if name not in cells:
                cells[name] = Cell("", self._defaults.get(name), record.end.line, record.end.column)
        return Row(self._table.file, number, cells, comments)

    def _cell(self, column: Column, text: str, cell: GridCell) -> Cell:
        if not text:
            return Cell("", self._defaults[column.name], cell.line, cell.column)
        if (column.name, text) not in self._read:
            try:
                self._read[column.name, text] = self._value(column, text)
            except CellError as error:
                self._complain(cell.line, cell.column, error.what, error.right)
        return Cell(text, self._read.get((column.name, text)), cell.line, cell.column)

    def _value(self, column: Column, text: str) -> Any:
        if _CONTROL.search(text):
            raise CellError(f"{column.name} holds a control character", "type the cell anew")
        if LOST in text:
            raise CellError(
                f"{column.name} holds a character that was lost when the file was saved", "type the cell anew"
            )
        try:
            return column.kind.read(text, self._numerals)
        except CellError as error:
            raise CellError(f"{column.name}: {error.what}", error.right) from None


def _is_filled(record: GridRow) -> bool:
    return any(clean(cell.text) for cell in record.cells)


def _comment_lines(comment: str) -> list[str]:
    lines = [clean(line, _COMMENT_ENDS) for line in comment.split("\n")]
    return [line if line.startswith("#") else f"# {line}" for line in lines if line]
