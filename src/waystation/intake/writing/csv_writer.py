import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from waystation.intake.writing.cells import Cell, cell_words

MARK = "\ufeff"
"""Spreadsheets read UTF-8 as such only where it begins with this."""


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a table as CSV, piece by piece: UTF-8 with a byte order mark, CRLF, values only. One row is in memory."""
    yield MARK.encode()
    yield _line(columns)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[Cell]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_MINIMAL).writerow([cell_words(cell) for cell in cells])
    return text.getvalue().encode()
