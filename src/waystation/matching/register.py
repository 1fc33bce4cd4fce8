from array import array
from dataclasses import dataclass
from enum import StrEnum
from math import log2

import numpy as np

from waystation.kernel import BadInputError
from waystation.matching.compare import Comparison, compare
from waystation.matching.entry import Entry, Ready, make_ready
from waystation.matching.frequency import Frequencies
from waystation.matching.weights import Weights, weigh

LOOKED_AT = 48
"""Entries that a search compares in full: those that share the rarest keys with what is asked for."""
FEWEST_PEOPLE = 1_000
"""A smaller register counts as one of so many: those who come to one office are more alike than people at large."""
POSSIBLE_BELOW = 8.0
"""Bits below the weight at which one match in the register is as likely as none, from which a likeness is still shown."""


class Strength(StrEnum):
    """How much speaks for two entries being one person. It advises; a person decides."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Likeness:
    """An entry like the one asked for: its key, the fields side by side with their weights in bits, and their sum."""

    key: str
    comparison: Comparison
    bits: tuple[float, ...]
    weight: float
    strength: Strength


class Register:
    """Everybody who may be compared, in memory: entries are added and taken out, and asked who is like one.

    Nothing is written anywhere; when it is dropped, it is gone.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._schema = weights.schema
        self._entries: list[Ready | None] = []
        self._places: dict[str, int] = {}
        self._postings: dict[tuple[int, str], array[int]] = {}
        self._frequencies = Frequencies(weights.schema)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    @property
    def even(self) -> float:
        """Bits at which one match among the entries is as likely as none; a pair from there on is called strong."""
        return log2(max(FEWEST_PEOPLE, len(self._places)))

    def add(self, entry: Entry) -> None:
        """Add an entry; one of the same key is replaced.

        Raises
        ------
        BadInputError
            If it has a field that the schema does not know. Nothing is changed.
        """
        ready = make_ready(entry, self._schema)
        if entry.key in self._places:
            self.remove(entry.key)
        place = len(self._entries)
        self._entries.append(ready)
        self._places[entry.key] = place
        self._frequencies.add(ready)
        for coarse in _coarse(ready):
            self._postings.setdefault(coarse, array("q")).append(place)

    def remove(self, key: str) -> None:
        """Take an entry out.

        Raises
        ------
        BadInputError
            If no entry has this key.
        """
        place = self._places.pop(key, None)
        ready = None if place is None else self._entries[place]
        if place is None or ready is None:
            message = f"no entry {key} is in the register; add it before taking it out"
            raise BadInputError(message)
        self._entries[place] = None
        self._frequencies.add(ready, times=-1)

    def like(self, entry: Entry, *, limit: int = 5, weakest: Strength = Strength.POSSIBLE) -> tuple[Likeness, ...]:
        """Find who is like ``entry``, the likest first, at most ``limit``; itself (the same key) is left out.

        Notes
        -----
        The entries that share its rarest coarse keys are compared in full, 48 of them; some milliseconds among 100,000.
        """
        ready = make_ready(entry, self._schema)
        found = [self.laid_beside(ready, other) for other in self._candidates(ready) if other.key != entry.key]
        kept = [one for one in found if weakest is Strength.WEAK or one.strength in (Strength.STRONG, weakest)]
        return tuple(sorted(kept, key=lambda one: (-one.weight, one.key))[:limit])

    def between(self, one: str, other: str) -> Likeness:
        """Lay two entries of the register side by side.

        Raises
        ------
        BadInputError
            If one of the keys is not in the register.
        """
        places = [self._places.get(key) for key in (one, other)]
        ready = [None if place is None else self._entries[place] for place in places]
        if ready[0] is None or ready[1] is None:
            message = f"{one} or {other} is not in the register; add both first"
            raise BadInputError(message)
        return self.laid_beside(ready[0], ready[1])

    def beside(self, one: Entry, other: Entry) -> Likeness:
        """Lay two entries side by side, in the register or not; rarity is counted in it.

        Raises
        ------
        BadInputError
            If one has a field that the schema does not know.
        """
        return self.laid_beside(make_ready(one, self._schema), make_ready(other, self._schema))

    def laid_beside(self, ready: Ready, other: Ready) -> Likeness:
        """Compare and weigh two entries, rarity counted by this register."""
        comparison = compare(ready, other, self._schema)
        bits = weigh(comparison, self._weights, self._frequencies)
        weight = sum(bits)
        return Likeness(other.key, comparison, bits, weight, self._strength(weight))

    def _strength(self, weight: float) -> Strength:
        if weight >= self.even:
            return Strength.STRONG
        return Strength.POSSIBLE if weight >= self.even - POSSIBLE_BELOW else Strength.WEAK

    def _candidates(self, ready: Ready) -> list[Ready]:
        total = len(self._entries)
        postings = [found for coarse in _coarse(ready) if (found := self._postings.get(coarse)) is not None]
        if not postings:
            return []
        rarity = [log2(1 + total / len(found)) for found in postings]
        scores = np.bincount(
            np.concatenate([np.frombuffer(found, dtype=np.int64) for found in postings]),
            weights=np.repeat(rarity, [len(found) for found in postings]),
            minlength=total,
        )
        most = np.argpartition(-scores, LOOKED_AT)[:LOOKED_AT] if total > LOOKED_AT else np.arange(total)
        return [other for place in most.tolist() if scores[place] > 0 and (other := self._entries[place]) is not None]


def _coarse(ready: Ready) -> list[tuple[int, str]]:
    return sorted({(field, key) for field, keys in ready.groups for key in keys})
