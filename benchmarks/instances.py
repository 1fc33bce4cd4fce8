"""Random journeys of a given size, the same for the same seed."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from waystation.engine.journeys.build import build
from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.engine.model import (
    AgeBand,
    Belief,
    Chain,
    Condition,
    Days,
    EffortLimit,
    Group,
    Leg,
    LevelFactor,
    LevelRef,
    Mode,
    Network,
    Place,
    PlaceKind,
    Traveller,
)
from waystation.kernel import Money

START = date(2026, 6, 1)
LEGS_PER_PLACE = 4
BUDGET = MoneyGrid(step=100, steps=100)
"""A hundred dollars in steps of one."""
FRONTIER_PRECISION = 1e-4
"""How near a frontier must come: a difference of chances for Storm, for the planner a part of their ranges, which is less."""


@dataclass(frozen=True)
class Size:
    """Places, slots and joint levels of an instance."""

    places: int
    slots: int
    levels: int

    def __str__(self) -> str:
        return f"{self.places} x {self.slots} x {self.levels}"


SIZES = {"small": Size(50, 60, 3), "middle": Size(500, 60, 3), "large": Size(500, 180, 4)}


def journey(size: Size, seed: int = 1) -> Process:
    """Return a random journey: about four legs a place, mostly onward, each 1 to 3 slots of half a day.

    Every leg can be intercepted or turned back; most depend on a condition, some are closed at its last level. Waiting is
    possible everywhere, at a small risk. No extra demands: for Storm they would double the states.
    """
    rng = np.random.default_rng([seed, size.places, size.slots, size.levels])
    levels = [(2, 2)] if size.levels == 4 else [(size.levels,)]
    conditions = [
        Condition(f"c{k}", tuple(f"l{n}" for n in range(count)), (Chain.persistent(count, 0.7 + 0.1 * k),))
        for k, count in enumerate(levels[0])
    ]
    places = [_place(rng, index, size) for index in range(size.places)]
    legs = [
        _leg(rng, f"L{index}-{k}", index, _target(rng, index, size, onward=k == 0), conditions)
        for index in range(size.places - 1)
        for k in range(LEGS_PER_PLACE)
    ]
    traveller = Traveller("T1", AgeBand.ADULT, EffortLimit(12.0, 1500.0))
    network = Network(
        name=str(size),
        currency="USD",
        as_of=START,
        places=tuple(places),
        legs=tuple(legs),
        conditions=tuple(conditions),
    )
    return build(network, Group("A", "P0", (traveller,), consent_on=START), START, size.slots / 2).process


def _place(rng: np.random.Generator, index: int, size: Size) -> Place:
    last = index == size.places - 1
    return Place(
        id=f"P{index}",
        kind=PlaceKind.DESTINATION if last else PlaceKind.SAFE_HOUSE,
        lat=0.0,
        lon=0.0,
        stay_cost=Money(int(rng.integers(0, 2)) * 200, "USD"),
        discovery=Belief(float(rng.uniform(0.0, 0.02))),
        may_wait=not last,
        may_stop=not last,
    )


def _target(rng: np.random.Generator, index: int, size: Size, *, onward: bool) -> int:
    reach = max(3, size.places // 10)
    low = 1 if onward else -reach // 3
    while True:
        step = int(rng.integers(low, reach + 1))
        if step != 0 and index + step >= 0:
            return min(size.places - 1, index + step)


def _leg(rng: np.random.Generator, name: str, origin: int, target: int, conditions: list[Condition]) -> Leg:
    condition = conditions[int(rng.integers(len(conditions)))]
    factors = tuple(
        LevelFactor(LevelRef(condition.id, level), float(rng.uniform(0.5, 4.0))) for level in condition.levels[1:]
    )
    low = float(rng.uniform(0.2, 0.5))
    likely = low + float(rng.uniform(0.0, 0.5))
    closed = frozenset({LevelRef(condition.id, condition.levels[-1])}) if rng.random() < 0.15 else frozenset()
    return Leg(
        id=name,
        origin=f"P{origin}",
        target=f"P{target}",
        mode=Mode.CAR,
        days=Days(low, likely, float(rng.uniform(max(likely, 1.01), 1.5))),
        cost_group=Money(int(rng.integers(1, 8)) * 100, "USD"),
        cost_person=Money(0, "USD"),
        intercepted=Belief(float(rng.uniform(0.001, 0.04))),
        turned_back=Belief(float(rng.uniform(0.0, 0.1))),
        intercepted_factors=factors if rng.random() < 0.8 else (),
        turned_back_factors=factors if rng.random() < 0.4 else (),
        closed_at=closed,
    )
