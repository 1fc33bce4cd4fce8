import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from waystation.intake.encodings import Encoding, decoded
from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.limits import Limits
from waystation.intake.tables.row import Row

_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)
_MARKS = ",;\t|"


class TooLongError(Exception):
    """A line of the text is longer than any row may be."""


def csv_rows(source: BinaryIO, encoding: Encoding, limits: Limits) -> Iterator[Row | Fault]:
    """Yield the rows of CSV text, one in memory at a time, whatever the text holds.

    A row whose quotes are wrong is a fault, and reading goes on with the line after the one it began on, so that it takes
    no good row with it. Rows are numbered by the line they begin on.

    Raises
    ------
    UnicodeError
        If the text is not what ``encoding`` says. Find it first.
    """
    lines = _Lines(source, encoding, limits)
    try:
        mark = _mark(lines)
        faults = 0
        for count, row in enumerate(_records(lines, mark, limits), start=1):
            yield row
            faults += isinstance(row, Fault)
            if count > limits.rows:
                yield fault(FaultCode.TOO_MANY_ROWS, most=limits.rows)
                return
            if faults > limits.faults:
                yield fault(FaultCode.TOO_MANY_FAULTS, most=limits.faults)
                return
    except TooLongError:
        yield fault(FaultCode.LINE_TOO_LONG, row=lines.number + 1, most=limits.line_characters)


class _Lines:
    """Lines of a text with their numbers; those that a broken record swallowed can be put back."""

    def __init__(self, source: BinaryIO, encoding: Encoding, limits: Limits) -> None:
        self._lines = _split(decoded(source, encoding.name, encoding.mark), limits.line_characters)
        self._back: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.number += 1
        self.taken.append(line)
        return line

    def put_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def _split(pieces: Iterator[str], longest: int) -> Iterator[str]:
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    rest = ""
    for piece in pieces:
        text = rest + newlines.decode(piece)
        *whole, rest = text.split("\n")
        for line in whole:
            if len(line) > longest:
                raise TooLongError
            yield line + "\n"
        if len(rest) > longest:
            raise TooLongError
    rest += newlines.decode("", final=True)
    yield from (f"{line}\n" for line in rest.split("\n") if line)


def _mark(lines: _Lines) -> str:
    """Return what separates cells: what the first line says or, of the usual marks, what it holds most often."""
    for line in lines:
        said = _SEPARATOR_LINE.fullmatch(line)
        if said:
            return said[1]
        if line.strip():
            bare = re.sub(r'"[^"]*"', "", line)
            lines.put_back([line])
            return max(_MARKS, key=bare.count)
    return ","


def _records(lines: _Lines, mark: str, limits: Limits) -> Iterator[Row | Fault]:
    reader = csv.reader(lines, delimiter=mark, strict=True)
    while True:
        start = lines.number + 1
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            lines.put_back(lines.taken[1:])
            yield fault(FaultCode.OPEN_QUOTE, row=start)
            continue
        if len(cells) > limits.columns:
            yield fault(FaultCode.TOO_MANY_COLUMNS, row=start, found=len(cells), most=limits.columns)
            return
        yield _row(start, cells, limits)


def _row(number: int, cells: list[str], limits: Limits) -> Row:
    faults = []
    for at, cell in enumerate(cells):
        if len(cell) > limits.cell_characters:
            faults.append(fault(FaultCode.CELL_TOO_LONG, row=number, most=limits.cell_characters))
        elif "\0" in cell:
            faults.append(fault(FaultCode.NOT_TEXT, row=number))
        else:
            continue
        cells[at] = ""
    return Row(number, tuple(cells), tuple(faults))
