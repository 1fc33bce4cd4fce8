from dataclasses import dataclass
from pathlib import Path

from waystation.formats.faults import Fault
from waystation.intake.encodings import BYTE_ORDER_MARKS

MOST_BYTES = 32 * 1024 * 1024
"""A larger file is not read: it is no network folder's table."""

LOST = "\ufffd"
"""Stands where bytes could not be read as text."""

_UTF8 = "save the file as UTF-8 (in a spreadsheet: CSV UTF-8)"


@dataclass(frozen=True, slots=True)
class FileText:
    """A file's text without byte order mark and carriage returns (None if it cannot be read), and its faults."""

    text: str | None
    faults: tuple[Fault, ...] = ()


def read_text(path: Path) -> FileText:
    """Read a file of any bytes as text: UTF-8, or UTF-16 or UTF-32 with a byte order mark; any line ends."""
    name = path.name

    def refuse(what: str, right: str) -> FileText:
        return FileText(None, (Fault(name, 1, 1, what, right),))

    try:
        if not path.is_file():
            return refuse("this is not a file", "remove it, or put a file of that name in its place")
        if path.stat().st_size > MOST_BYTES:
            return refuse("the file is larger than 32 MiB", "keep only the rows that planning needs")
        raw = path.read_bytes()
    except OSError as error:
        return refuse(f"the file cannot be read ({error.strerror or 'unknown reason'})", "make it readable")
    return decode(name, raw)


def printable(name: str) -> str:
    """Return a file name as one line of text, whatever its bytes are."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else LOST for sign in text)


def decode(name: str, raw: bytes) -> FileText:
    """Decode the bytes of a file; where they are no text, say where, and go on with `LOST` in their place."""
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in BYTE_ORDER_MARKS if raw.startswith(mark)), (b"", "utf-8")
    )
    body = raw[len(mark) :]
    faults: tuple[Fault, ...] = ()
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        line, column = _place(body[: error.start].decode(encoding, "replace"))
        what = f"the file is not {encoding.upper()} here (byte 0x{body[error.start]:02X})"
        faults = (Fault(name, line, column, what, _UTF8),)
        text = body.decode(encoding, "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line, column = _place(text[: text.index("\0")])
        return FileText(None, (Fault(name, line, column, "the file holds a NUL character: it is not text", _UTF8),))
    return FileText(text, faults)


def _place(before: str) -> tuple[int, int]:
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
