"""A workbook of one visible sheet of values, written as a stream: openpyxl's own writer keeps temporary files in the clear."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape

from waystation.intake.tables.row import column_letters
from waystation.intake.writing.cells import Cell, cell_words, is_number

MOST_ROWS = 1_048_576
"""That a sheet holds, its header included."""

_STILL = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


class TooManyRowsError(ValueError):
    """A sheet does not hold so many rows: write CSV."""


def write_xlsx(target: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a table as a workbook into ``target``, which need not be seekable; return how many rows it has below its header.

    No formulas, styles, hidden sheets, names, times, or programs: equal tables give equal bytes. One row is in memory.

    Raises
    ------
    TooManyRowsError, CellTooLongError
        On the way: what was written until then is no workbook.
    """
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _PARTS.items():
            package.writestr(_entry(name), _HEAD + text)
        with package.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            for piece in _sheet(columns, rows):
                sheet.write(piece.encode())
                count += 1
    return count - 3


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STILL)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0
    return entry


def _sheet(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the head, the header, each row, and the end: three pieces more than rows."""
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
    yield _row(1, columns)
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise TooManyRowsError(f"a sheet holds {MOST_ROWS:,} rows")
        yield _row(number, row)
    yield "</sheetData></worksheet>"


def _row(number: int, cells: Sequence[Cell]) -> str:
    written = (_cell(f"{column_letters(at)}{number}", cell) for at, cell in enumerate(cells, start=1))
    return f'<row r="{number}">{"".join(written)}</row>'


def _cell(place: str, cell: Cell) -> str:
    text = cell_words(cell)
    if text == "":
        return ""
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if is_number(cell):
        return f'<c r="{place}"><v>{text}</v></c>'
    plain = escape(_NOT_XML.sub("\ufffd", text).replace("\r", "\n"))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'
