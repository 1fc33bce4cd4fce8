"""Queues of groups for the choice, made from a seed: the published generator of the benchmark.

Groups are of 1 to 8 people, each size as likely; one in ten is declared an emergency (worth 3), three in ten urgent (2), the rest
normal (1). Each has five routes of four to six legs, each leg with another of 30 partners, and between the legs two to four of 20
houses, for 29 nights in all on average; each route can begin in four of the first 20 of 26 weeks: twenty columns. A column uses
people of a partner's week, beds of a house by night (a night at the edge of a stay is uncertain) and money of a month.
Capacity is the same for all partners, for all houses and for all months, and all of it together is 55 % of what is asked for when
every group takes one of its columns at random. No partner moves fewer than eight people a week, no house has fewer than ten beds.
"""

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.portfolio.instance import Instance

WEEKS, PARTNERS, HOUSES, MONTHS = 26, 30, 20, 6
_NIGHTS = WEEKS * 7
_ROUTES, _STARTS = 5, 4
_TIGHT = 0.55
_LEAST = (8.0, 10.0)

Floats = NDArray[np.float64]


def queue(groups: int, times: float = 1.0, seed: int = 1) -> Instance:
    """Return a queue with capacity for 55 % of the demand, or some ``times`` as much: 3 is roomy."""
    chance = np.random.Generator(np.random.Philox(seed))
    made = _Flat(array("d"), array("q", [0]), array("i"), array("d"))
    for _ in range(groups):
        for worth, use in _columns(chance):
            made.add(worth, use)
    value, amount = np.frombuffer(made.value, np.float64), np.frombuffer(made.use, np.float64)
    start, row = np.frombuffer(made.start, np.int64), np.frombuffer(made.row, np.int32)
    first = np.arange(groups + 1, dtype=np.int64) * (_ROUTES * _STARTS)
    return Instance(first, value, start, row, amount, _capacity(row, amount) * times, np.zeros(groups, dtype=np.bool_))


@dataclass(frozen=True, slots=True)
class _Flat:
    """Columns as they come, in arrays that grow: a queue of 15,000 as lists and dictionaries is a gigabyte."""

    value: "array[float]"
    start: "array[int]"
    row: "array[int]"
    use: "array[float]"

    def add(self, value: float, use: dict[int, float]) -> None:
        self.value.append(value)
        self.row.extend(use.keys())
        self.use.extend(use.values())
        self.start.append(len(self.row))


def _columns(chance: np.random.Generator) -> list[tuple[float, dict[int, float]]]:
    size = int(chance.integers(1, 9))
    worth = size * float(chance.choice((3.0, 2.0, 1.0), p=(0.1, 0.3, 0.6)))
    begins = chance.choice(WEEKS - 6, size=_STARTS, replace=False)
    made: list[tuple[float, dict[int, float]]] = []
    for _ in range(_ROUTES):
        legs = int(chance.integers(4, 7))
        route = chance.choice(PARTNERS, size=legs, replace=False)
        houses = chance.choice(HOUSES, size=int(chance.integers(2, 5)), replace=False)
        arrive, fee = chance.uniform(0.85, 0.97), chance.uniform(150.0, 450.0)
        stays = chance.multinomial(int(chance.integers(20, 33)), np.full(len(houses), 1.0 / len(houses)))
        made += [(worth * arrive, _use(size, week, route, houses, stays, fee, chance)) for week in begins.tolist()]
    return made


def _use(
    size: int,
    week: int,
    route: NDArray[np.int64],
    houses: NDArray[np.int64],
    stays: NDArray[np.int64],
    fee: float,
    chance: np.random.Generator,
) -> dict[int, float]:
    use: dict[int, float] = {}

    def add(row: int, amount: float) -> None:
        use[row] = use.get(row, 0.0) + amount

    there = 1.0
    for place, partner in enumerate(route.tolist()):
        at = min(WEEKS - 1, week + place)
        add(partner * WEEKS + at, size * there)
        there *= 0.97
    night = week * 7 + int(chance.integers(1, 4))
    for house, stay in zip(houses.tolist(), stays.tolist(), strict=True):
        for n in range(-1, stay + 1):
            at = min(_NIGHTS - 1, max(0, night + n))
            add(PARTNERS * WEEKS + house * _NIGHTS + at, size * (0.3 if n in {-1, stay} else 0.9))
        night += stay + int(chance.integers(1, 4))
    month = PARTNERS * WEEKS + HOUSES * _NIGHTS + min(MONTHS - 1, week * MONTHS // WEEKS)
    add(month, size * fee * len(route))
    return use


def _capacity(row: NDArray[np.int32], use: Floats) -> Floats:
    kinds = np.repeat([0, 1, 2], [PARTNERS * WEEKS, HOUSES * _NIGHTS, MONTHS])
    asked = np.bincount(row, use, len(kinds)) / (_ROUTES * _STARTS)
    level = np.array([asked[kinds == kind].mean() for kind in (0, 1, 2)]) * _TIGHT
    level[:2] = np.maximum(np.round(level[:2]), _LEAST)
    by_row: Floats = level[kinds]
    return by_row
