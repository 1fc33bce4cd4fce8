from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import cast

from waystation.matching.code import compare_codes
from waystation.matching.contact import Contact, compare_contacts
from waystation.matching.date import PartialDate, compare_dates
from waystation.matching.entry import Read, Ready
from waystation.matching.name import Name, compare_names
from waystation.matching.schema import STRAIGHT, SWAPPED, Kind, Schema
from waystation.matching.word import Word, compare_words

MISSING = -1
"""The level of an aspect of which one side says nothing, or which nothing here can compare."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entries laid side by side: for each aspect of the schema its level (0 best, -1 missing) and what was compared."""

    levels: tuple[int, ...]
    sides: tuple[tuple[str, str], ...]
    """The two values compared, as written by those who entered them; empty where missing."""
    plain: tuple[tuple[str, str], ...]
    """The same, folded: what frequencies are counted by."""


def compare(one: Ready, other: Ready, schema: Schema) -> Comparison:
    """Lay two entries side by side. Of several values of a field, the two that agree best count."""
    levels: list[int] = []
    sides: list[tuple[str, str]] = []
    plain: list[tuple[str, str]] = []
    for field, ours, theirs in zip(schema.fields, one.fields, other.fields, strict=True):
        found = _compare_names(ours, theirs) if field.kind is Kind.NAME else [_COMPARE[field.kind](ours, theirs)]
        for level, shown, folded in found:
            levels.append(level)
            sides.append(shown)
            plain.append(folded)
    return Comparison(tuple(levels), tuple(sides), tuple(plain))


_Found = tuple[int, tuple[str, str], tuple[str, str]]
_NOTHING: _Found = (MISSING, ("", ""), ("", ""))


def _compare_names(ours: Read, theirs: Read) -> list[_Found]:
    compared = compare_names(cast("tuple[Name, ...]", ours), cast("tuple[Name, ...]", theirs))
    if compared is None:
        return [_NOTHING] * 3
    order = MISSING if compared.swapped is None else SWAPPED if compared.swapped else STRAIGHT
    parts = [(compared.first, compared.firsts), (compared.second, compared.seconds)]
    found = [_found_words(MISSING if level is None else int(level), *words) for level, words in parts]
    return [*found, (order, ("", ""), ("", ""))]


def _found_words(level: int, one: Word | None, other: Word | None) -> _Found:
    shown = one.shown.strip() if one else "", other.shown.strip() if other else ""
    return level, shown, (one.plain if one else "", other.plain if other else "")


def _compare_words(ours: Read, theirs: Read) -> _Found:
    laid = [
        (compare_words(a, b), a, b)
        for a, b in product(cast("tuple[Word, ...]", ours), cast("tuple[Word, ...]", theirs))
    ]
    known = [(int(level), a, b) for level, a, b in laid if level is not None]
    return _found_words(*min(known, key=lambda found: found[0])) if known else _NOTHING


def _compare_dates(ours: Read, theirs: Read) -> _Found:
    pairs = [
        (int(compare_dates(a, b)), a.shown, b.shown)
        for a, b in product(cast("tuple[PartialDate, ...]", ours), cast("tuple[PartialDate, ...]", theirs))
    ]
    return _best(pairs)


def _compare_contacts(ours: Read, theirs: Read) -> _Found:
    pairs = [
        (int(compare_contacts(a, b)), a.shown, b.shown)
        for a, b in product(cast("tuple[Contact, ...]", ours), cast("tuple[Contact, ...]", theirs))
    ]
    return _best(pairs)


def _compare_codes(ours: Read, theirs: Read) -> _Found:
    return _best(
        [
            (int(compare_codes(a, b)), a, b)
            for a, b in product(cast("tuple[str, ...]", ours), cast("tuple[str, ...]", theirs))
        ]
    )


def _best(pairs: Sequence[tuple[int, str, str]]) -> _Found:
    if not pairs:
        return _NOTHING
    level, one, other = min(pairs)
    return level, (one, other), (one, other)


_COMPARE: dict[Kind, Callable[[Read, Read], _Found]] = {
    Kind.WORD: _compare_words,
    Kind.DATE: _compare_dates,
    Kind.CONTACT: _compare_contacts,
    Kind.CODE: _compare_codes,
}
