from dataclasses import dataclass
from math import log2

from waystation.kernel import BadInputError
from waystation.matching.compare import MISSING, Comparison
from waystation.matching.frequency import Frequencies
from waystation.matching.schema import Schema

RAREST = 6.0
"""Bits that the rarity or commonness of a value may add or take at most."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each level of each aspect says, as Fellegi and Sunter (1969) weigh it.

    ``same`` and ``apart``: for each aspect, the chance of each level given that two entries are of one person, and given
    that they are of two; each row adds to 1. A missing aspect says nothing.

    Raises
    ------
    BadInputError
        If a row does not add to 1, or a chance is not above 0.
    """

    schema: Schema
    same: tuple[tuple[float, ...], ...]
    apart: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        for aspect, same, apart in zip(self.schema.aspects, self.same, self.apart, strict=True):
            for row in (same, apart):
                if len(row) != aspect.levels or min(row) <= 0 or abs(sum(row) - 1) > 1e-6:
                    message = f"{aspect.name}: needs {aspect.levels} chances above 0 that add to 1, not {row}"
                    raise BadInputError(message)

    def bits(self, place: int, level: int) -> float:
        """The weight of one level of one aspect, in bits: log2 of the ratio of its two chances; 0 if missing."""
        return 0.0 if level == MISSING else log2(self.same[place][level] / self.apart[place][level])


def weigh(comparison: Comparison, weights: Weights, frequencies: Frequencies | None = None) -> tuple[float, ...]:
    """Weigh a comparison, aspect by aspect, in bits; their sum is the weight of the pair.

    Where the two agree, a value that is rarer than the average one weighs more and a common one less: by log2 of the ratio
    of the chance that two entries agree there at all to the share of this value (Winkler 1989), at most 6 bits either way.
    """
    found = []
    for place, (aspect, level) in enumerate(zip(weights.schema.aspects, comparison.levels, strict=True)):
        bits = weights.bits(place, level)
        if frequencies is not None and aspect.frequency and MISSING < level < aspect.agreeing:
            share = max(frequencies.share(place, plain) for plain in comparison.plain[place])
            rarity = log2(frequencies.by_chance(place) / share)
            bits = max(bits + min(max(rarity, -RAREST), RAREST), min(bits, 0.0))
        found.append(bits)
    return tuple(found)
