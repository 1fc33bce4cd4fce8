import codecs
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""What a text may begin with, and the encoding it then has. The longer of two that begin alike comes first."""

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949", "gb18030", "cp1256")
"""Encodings that a person may name for a table."""

CHUNK = 64 * 1024
SAMPLE_CHARACTERS = 200_000
SURE_ENOUGH = 0.85
"""Share of a text's letters beyond ASCII that must be usual for the language an encoding is used for."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text become characters.

    Attributes
    ----------
    name
        Python's name of the codec.
    mark
        Bytes at the beginning that are not text.
    assumed
        Whether it was guessed from the text: then it must be said.
    """

    name: str
    mark: int = 0
    assumed: bool = False


def find_encoding(source: BinaryIO) -> Encoding | None:
    """Return the encoding of a text; None if it is none that is known here. Reads ``source`` from its start, in flat memory.

    UTF-8, or whatever a byte order mark names, is certain. Without either, UTF-16 is seen by its zero bytes; CP949 (Korean),
    GB18030 (Chinese) and Windows-1256 (Arabic) are assumed if all bytes can be read so and nearly all letters are then usual.
    """
    source.seek(0)
    head = source.read(4096) or b""
    for mark, name in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark)) if is_readable(source, name, len(mark)) else None
    wide = _wide(head)
    if wide is not None:
        return Encoding(wide, assumed=True) if is_readable(source, wide) else None
    if is_readable(source, "utf-8"):
        return Encoding("utf-8")
    shares = {name: _usual_share(source, name) for name in ("cp949", "gb18030", "cp1256")}
    best = max(shares, key=lambda name: shares[name])
    return Encoding(best, assumed=True) if shares[best] >= SURE_ENOUGH else None


def is_readable(source: BinaryIO, name: str, skip: int = 0) -> bool:
    """Tell whether all of ``source`` is text in an encoding. It holds one chunk at a time."""
    try:
        for _ in decoded(source, name, skip):
            pass
    except UnicodeError:
        return False
    return True


def decoded(source: BinaryIO, name: str, skip: int = 0) -> Iterator[str]:
    """Yield the text of ``source`` in pieces; raise UnicodeError where it is none."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    source.seek(skip)
    while True:
        raw = source.read(CHUNK)
        text = decoder.decode(raw or b"", final=not raw)
        if text:
            yield text
        if not raw:
            return


def _wide(head: bytes) -> str | None:
    """Return UTF-16 of one order if every second byte is mostly zero, as in a table of mostly ASCII."""
    if len(head) < 8:
        return None
    half = len(head) // 2
    low, high = head[0 : half * 2 : 2].count(0), head[1 : half * 2 : 2].count(0)
    if high >= half * 0.3 and low < half * 0.02:
        return "utf-16-le"
    if low >= half * 0.3 and high < half * 0.02:
        return "utf-16-be"
    return None


def _usual_share(source: BinaryIO, name: str) -> float:
    """Return how many of the letters beyond ASCII are usual where this encoding is used; 0 if it cannot be read so."""
    if not is_readable(source, name):
        return 0.0
    usual = total = 0
    for text in decoded(source, name):
        for sign in text:
            if sign > "\x7f":
                total += 1
                usual += _is_usual(sign, name)
        if total >= SAMPLE_CHARACTERS:
            break
    return usual / total if total else 0.0


def _is_usual(sign: str, name: str) -> bool:
    if name == "cp1256":
        return "\u0600" <= sign <= "\u06ff" or sign in "\u200c\u200d\u200e\u200f\xa0«»"
    try:
        raw = sign.encode(name)
    except UnicodeEncodeError:
        return False
    if len(raw) != 2 or raw[1] < 0xA1:
        return False
    if name == "cp949":  # the syllables of KS X 1001, and its punctuation
        return 0xB0 <= raw[0] <= 0xC8 or (raw[0] <= 0xA3 and unicodedata.category(sign)[0] in "PSZN")
    # The everyday characters of GB 2312 and its punctuation. Korean text looks like the first part of them alone.
    return 0xB0 <= raw[0] <= 0xD7 or (raw[0] <= 0xA3 and unicodedata.category(sign)[0] in "PSZN")
