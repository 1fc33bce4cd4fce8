import os
from dataclasses import dataclass, field
from typing import BinaryIO

from waystation.intake.encodings import ENCODINGS, Encoding, find_encoding, is_readable
from waystation.intake.faults import Fault, FaultCode, fault, stops
from waystation.intake.limits import TABLES, Limits
from waystation.intake.tables.csv_rows import csv_rows
from waystation.intake.tables.package import inspect_package
from waystation.intake.tables.row import Sheet
from waystation.intake.tables.xlsx_rows import xlsx_sheets

ZIP_SIGN = b"PK\x03\x04"
OLE_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_SIGNS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class Opened:
    """A table that came in: its sheets, empty if it cannot be used, and what is wrong or should be known.

    Attributes
    ----------
    encoding
        How a text was read; None for a workbook.
    """

    sheets: tuple[Sheet, ...] = field(default=())
    faults: tuple[Fault, ...] = ()
    encoding: Encoding | None = None


def open_table(source: BinaryIO, limits: Limits = TABLES, *, encoding: str = "") -> Opened:
    """Open CSV or XLSX of any origin. What it is, is seen in its bytes; its name is not asked.

    Parameters
    ----------
    source
        Seekable; it stays open, and is read again whenever a sheet's rows are asked for.
    encoding
        One of `ENCODINGS` if a person said so; else it is found, and what is only assumed is said in a notice.
    """
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    head = source.read(8) or b""
    if size == 0:
        return Opened(faults=(fault(FaultCode.EMPTY),))
    if size > limits.bytes:
        return Opened(faults=(fault(FaultCode.TOO_LARGE, found=size, most=limits.bytes),))
    if head.startswith(ZIP_SIGN):
        return _workbook(source, limits)
    if head.startswith((OLE_SIGN, *_OTHER_SIGNS)):
        return Opened(faults=(fault(FaultCode.NO_KNOWN_KIND),))
    return _text(source, limits, encoding)


def _workbook(source: BinaryIO, limits: Limits) -> Opened:
    refusals = inspect_package(source, limits)
    if refusals:
        return Opened(faults=tuple(refusals))
    sheets, faults = xlsx_sheets(source, limits)
    return Opened(() if stops(faults) else tuple(sheets), tuple(faults))


def _text(source: BinaryIO, limits: Limits, named: str) -> Opened:
    if named:
        if named not in ENCODINGS or not is_readable(source, named):
            return Opened(faults=(fault(FaultCode.ENCODING_WRONG, encoding=named),))
        found: Encoding | None = Encoding(named)
    else:
        found = find_encoding(source)
    if found is None:
        return Opened(faults=(fault(FaultCode.ENCODING_UNKNOWN),))
    known = found
    notices = (fault(FaultCode.ENCODING_ASSUMED, encoding=known.name),) if known.assumed else ()
    return Opened((Sheet("", lambda: csv_rows(source, known, limits)),), notices, known)
