from collections import Counter

from waystation.matching.entry import Read, Ready
from waystation.matching.name import Name
from waystation.matching.schema import Kind, Schema
from waystation.matching.word import Word


class Frequencies:
    """How often each value occurs among the entries of a register, aspect by aspect; grows as entries are added."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._counts: tuple[Counter[str], ...] = tuple(Counter() for _ in schema.aspects)
        self._known = [0] * len(self._counts)
        self._squares = [0] * len(self._counts)

    def add(self, ready: Ready, *, times: int = 1) -> None:
        """Count an entry's values; ``times=-1`` takes them out again. A value a person has twice counts once."""
        place = 0
        for field, read in zip(self._schema.fields, ready.fields, strict=True):
            for plains in _plains(field.kind, read):
                if field.frequency:
                    for plain in plains:
                        self._count(place, plain, times)
                place += 1

    def share(self, place: int, plain: str) -> float:
        """The share of a value among the known ones of the aspect at ``place``, at least that of a value seen once."""
        known = max(1, self._known[place])
        return max(1, self._counts[place][plain]) / known

    def by_chance(self, place: int) -> float:
        """The chance that two entries have the same value there by chance: the sum of the squared shares."""
        known = max(1, self._known[place])
        return max(self._squares[place], 1) / known**2

    def _count(self, place: int, plain: str, times: int) -> None:
        counts = self._counts[place]
        before = counts[plain]
        counts[plain] = before + times
        self._known[place] += times
        self._squares[place] += counts[plain] ** 2 - before**2


def _plains(kind: Kind, read: Read) -> list[set[str]]:
    if kind is Kind.NAME:
        names = [one for one in read if isinstance(one, Name)]
        return [
            {one.first.plain for one in names if one.first},
            {one.second.plain for one in names if one.second},
            set(),
        ]
    return [{value.plain if isinstance(value, Word) else getattr(value, "shown", str(value)) for value in read}]
