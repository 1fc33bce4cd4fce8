import unicodedata
from enum import StrEnum


class Script(StrEnum):
    """The writing that a piece of text is in, as far as readings of names need to know."""

    LATIN = "latin"
    HANGUL = "hangul"
    HAN = "han"
    ARABIC = "arabic"
    OTHER = "other"


RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x0041, 0x024F, Script.LATIN),
    (0x0600, 0x06FF, Script.ARABIC),
    (0x0750, 0x077F, Script.ARABIC),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x3400, 0x4DBF, Script.HAN),
    (0x4E00, 0x9FFF, Script.HAN),
    (0xAC00, 0xD7A3, Script.HANGUL),
    (0xF900, 0xFAFF, Script.HAN),
    (0xFB50, 0xFDFF, Script.ARABIC),
    (0xFE70, 0xFEFF, Script.ARABIC),
)
"""Blocks of the Unicode Standard, first and last code point (Blocks.txt), that the readings know."""

UNDECOMPOSED = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
"""Latin letters that Unicode does not decompose, as ICAO Doc 9303 part 3 section 6 writes them (ø and þ shortened)."""

APOSTROPHES = frozenset("'’‘ʻʼʾʿ`´")


def script_of(text: str) -> Script:
    """Tell which writing most letters of ``text`` are in; OTHER without a letter, or in a writing of no table."""
    counts = dict.fromkeys(Script, 0)
    for letter in unicodedata.normalize("NFC", text):
        if letter.isalpha():
            counts[_script_of_letter(letter)] += 1
    most = max(counts, key=lambda script: counts[script])
    return most if counts[most] else Script.OTHER


def fold(text: str) -> str:
    """Write ``text`` so that case, marks, width and apostrophes tell nothing apart: ``Sŏng-ŭn`` becomes ``song-un``.

    Hangul stays in syllables, Arabic loses its vowel signs and lengthening, and every run of blanks becomes one.
    """
    lowered = without_marks(text).casefold().translate(UNDECOMPOSED)
    bare = (letter for letter in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", "".join(bare)).split())


def without_marks(text: str) -> str:
    """Leave out apostrophes, Arabic's vowel signs and its lengthening stroke, and write every letter in its composed form."""
    whole = unicodedata.normalize("NFKC", text)
    return "".join(c for c in whole if not unicodedata.combining(c) and c not in APOSTROPHES and c != "\u0640")


def words_of(text: str) -> tuple[str, ...]:
    """Split text into its words: letters and digits; hyphens join, everything else parts."""
    return tuple(word for word in "".join(c if c.isalnum() or c == "-" else " " for c in text).split() if word != "-")


def squeezed(folded: str) -> str:
    """Leave only the letters and digits of folded text, so that a lost or added blank tells nothing apart."""
    return "".join(c for c in folded if c.isalnum())


def _script_of_letter(letter: str) -> Script:
    point = ord(letter)
    return next((script for first, last, script in RANGES if first <= point <= last), Script.OTHER)
