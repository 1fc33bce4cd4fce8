"""Search in memory over what a person may open. Nothing is written, and nothing is found by what the database can see."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from waystation.store.models import SealedModel

if TYPE_CHECKING:
    from waystation.store.keyring import Keyring

_ALIKE: Final = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ٱ": "ا",
        "ـ": "",
        "'": "",
        "’": "",
        "ʼ": "",
        "`": "",
    }
)
"""Letters that people write one for the other and that Unicode does not take apart by itself."""
_LEFT_OUT: Final = {"Mn", "Cf"}
"""Accents, vowel signs, tone marks; characters that only steer how others are shown."""
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Tibetan, Burmese, Hangul, Khmer, Kana, Han: names are written without spaces between their parts."""
_WORD: Final = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return a text without what people leave out when they search: case, accents, vowel signs, compatibility forms.

    Composed and decomposed spellings fold alike. Hangul comes out in its letters: a half-typed syllable finds the whole one.
    """
    if text.isascii():
        return text.lower().translate(_ALIKE)
    letters = text
    for _ in range(2):  # some letters have case only once they were taken apart, and the other way round
        letters = unicodedata.normalize("NFKD", letters.casefold())
    return "".join(each for each in letters if unicodedata.category(each) not in _LEFT_OUT).translate(_ALIKE)


def matches(query: str, text: str) -> bool:
    """Tell whether each word of a folded query begins a word of a folded text, or stands in it where no spaces are written."""
    words = _WORD.findall(text)
    return all(_stands_in(word, words) for word in _WORD.findall(query))


def searchable(texts: Iterable[object]) -> bytes:
    """Return texts in the form in which tens of thousands are looked through: folded words, a space before each."""
    return "".join(f" {word}" for word in _WORD.findall(folded(" ".join(_texts(texts))))).encode()


def needles(text: str) -> tuple[bytes, ...]:
    """Return what to look for in `searchable` texts, by the same rule as `matches`; nothing where there is no word."""
    words = _WORD.findall(folded(text))
    return tuple((word if _UNSPACED.search(word) else f" {word}").encode() for word in words)


def find(keyring: "Keyring", rows: Iterable[SealedModel], field_names: Collection[str], text: str) -> list[UUID]:
    """Return the ids of rows in which every word of ``text`` is found in one of the fields, in the order given.

    Rows this keyring may not open are passed over. An empty text finds nothing.

    Raises
    ------
    TamperedError
        If a value was changed.
    """
    query = folded(text)
    if not _WORD.search(query):
        return []
    found = keyring.open_many(rows, *field_names)
    return [row_id for row_id, values in found.items() if matches(query, folded(" ".join(_texts(values.values()))))]


def _stands_in(word: str, words: Collection[str]) -> bool:
    if _UNSPACED.search(word):
        return any(word in each for each in words)
    return any(each.startswith(word) for each in words)


def _texts(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        if isinstance(value, list):
            yield from _texts(value)
        elif isinstance(value, dict):
            yield from _texts(value.values())
        elif value is not None and not isinstance(value, bool):
            yield str(value)
