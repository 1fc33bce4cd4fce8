"""Random small networks with every feature of the vocabulary, the same for the same seed."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from waystation.engine.model import (
    AgeBand,
    Belief,
    BestInterests,
    Chain,
    Company,
    Condition,
    DateRange,
    Days,
    Demand,
    EffortLimit,
    Group,
    Leg,
    LevelFactor,
    LevelRef,
    Mode,
    Network,
    Observation,
    Partner,
    PartnerKind,
    Place,
    PlaceKind,
    Rate,
    Refusal,
    Traveller,
)
from waystation.kernel import Money

FIRST_DAY = date(2026, 11, 26)
USABLE = 300
"""Below this seed every case can be made into a process; beyond it, chances exceed 1 together now and then."""


@dataclass(frozen=True)
class Case:
    """A question: who travels where, from when, within how many days and how much money."""

    network: Network
    group: Group
    start: date
    days: float
    budget: Money


def random_case(seed: int, *, tiny: bool = False) -> Case:
    """Make a question from a seed; a tiny one is small enough to try every policy."""
    rng = np.random.default_rng([seed, 20261126])
    return _Maker(rng, tiny=tiny).case()


class _Maker:
    """Draws the parts of one network in a fixed order."""

    def __init__(self, rng: np.random.Generator, *, tiny: bool) -> None:
        self.rng, self.tiny = rng, tiny
        self.start = FIRST_DAY + timedelta(days=int(rng.integers(0, 9)))
        self.slot_hours = int(rng.choice([8, 12, 24] if not tiny else [12, 24]))
        self.conditions: list[Condition] = []

    def maybe(self, chance: float) -> bool:
        return bool(self.rng.random() < chance)

    def between(self, low: float, high: float, digits: int = 3) -> float:
        return round(float(self.rng.uniform(low, high)), digits)

    def case(self) -> Case:
        self.conditions = [self.condition(k) for k in range(1 if self.tiny else int(self.rng.integers(1, 3)))]
        count = int(self.rng.integers(2, 4 if self.tiny else 7))
        places = [self.place(i, count) for i in range(count)]
        partners = [self.partner(i) for i in range(2)]
        group = self.group()
        legs = self.legs(count, partners)
        network = Network(
            name="random",
            currency="USD",
            as_of=FIRST_DAY,
            places=tuple(places),
            legs=tuple(legs),
            slot_hours=self.slot_hours,
            horizon_days=30,
            conditions=tuple(self.conditions),
            observations=tuple(self.observations()),
            partners=tuple(partners),
            groups=(group,),
            rates=(Rate(FIRST_DAY - timedelta(days=3), "USD", "CNY", Decimal("7.13")),),
        )
        slots = 3 if self.tiny else int(self.rng.integers(2 * count, 2 * count + 8))
        budget = Money((10 * count + int(self.rng.integers(40, 500))) * 100, "USD")
        return Case(network, group, self.start, slots * self.slot_hours / 24, budget)

    def condition(self, index: int) -> Condition:
        levels = ("low", "high", "flood")[: 2 if self.tiny or index == 1 else int(self.rng.integers(2, 4))]
        months = [frozenset({11}), frozenset({12})] if self.maybe(0.5) else [frozenset[int]()]
        return Condition(f"c{index}", levels, tuple(self.chain(len(levels), m) for m in months))

    def chain(self, levels: int, months: frozenset[int]) -> Chain:
        if self.maybe(0.5):
            return Chain.persistent(levels, self.between(0.55, 0.98), months)
        rows = []
        for level in range(levels):
            weights = self.rng.uniform(0.0, 0.2 / levels, levels)
            weights[level] = 0.0
            weights[level] = 1.0 - weights.sum()
            rows.append(weights)
        daily = np.linalg.matrix_power(np.array(rows), 24 // self.slot_hours)
        return Chain(tuple(tuple(float(chance) for chance in row) for row in daily), months)

    def observations(self) -> list[Observation]:
        seen = []
        for condition in self.conditions:
            if self.maybe(0.7):
                on = FIRST_DAY - timedelta(days=int(self.rng.integers(0, 5)))
                level = condition.levels[int(self.rng.integers(len(condition.levels)))]
                confidence = 1.0 if self.maybe(0.6) else self.between(0.5, 1.0)
                seen.append(Observation(condition.id, on, level, confidence=confidence))
        return seen

    def factors(self, chance: float) -> tuple[LevelFactor, ...]:
        return tuple(
            LevelFactor(LevelRef(condition.id, level), self.between(0.3, 4.0))
            for condition in self.conditions
            for level in condition.levels[1:]
            if self.maybe(chance)
        )

    def belief(self, chance: float, high: float) -> Belief:
        return Belief(self.between(0.001, high)) if self.maybe(chance) else Belief(0.0)

    def place(self, index: int, count: int) -> Place:
        kind = PlaceKind.DESTINATION if index == count - 1 else PlaceKind.ORIGIN
        if 0 < index < count - 1:
            kind = list(PlaceKind)[int(self.rng.integers(1, 5))]
        currency = "CNY" if self.maybe(0.2) else "USD"
        return Place(
            id=f"P{index}",
            kind=kind,
            lat=float(index),
            lon=100.0,
            country="XX",
            stay_cost=Money(int(self.rng.integers(0, 2001)), currency),
            beds=3 if self.maybe(0.15) else None,
            discovery=self.belief(0.5, 0.08),
            discovery_factors=self.factors(0.3),
            may_wait=kind.usually_waits and kind is not PlaceKind.DESTINATION,
            may_stop=kind.usually_stops,
        )

    def partner(self, index: int) -> Partner:
        until = FIRST_DAY + timedelta(days=int(self.rng.integers(4, 20))) if self.maybe(0.4) else None
        return Partner(f"G{index}", PartnerKind.GUIDE, self.between(0.4, 2.5, 2), vetted_until=until)

    def group(self) -> Group:
        size = int(self.rng.integers(1, 6))
        bands = [AgeBand.ADULT, AgeBand.CHILD, AgeBand.ELDER]
        travellers = []
        for index in range(size):
            age = AgeBand.ADULT if index == 0 else bands[int(self.rng.integers(3))]
            travellers.append(
                Traveller(
                    id=f"T{index}",
                    age=age,
                    limit=EffortLimit(self.between(5, 12, 1), 800.0, night=True),
                    needs=frozenset({"oxygen"}) if self.maybe(0.05) else frozenset(),
                    accompanied_by=None if index == 0 else "T0",
                    best_interests=BestInterests.DETERMINATION if age.is_child else BestInterests.NONE,
                )
            )
        return Group("A", "P0", tuple(travellers), consent_on=FIRST_DAY)

    def legs(self, count: int, partners: list[Partner]) -> list[Leg]:
        ways = [(i, i + 1) for i in range(count - 1)]
        for _ in range(1 if self.tiny else int(self.rng.integers(2, 5))):
            i, j = (int(k) for k in self.rng.choice(count, 2, replace=False))
            if i != count - 1:
                ways.append((i, j))
        return [self.leg(index, i, j, partners) for index, (i, j) in enumerate(ways)]

    def days(self) -> Days:
        if self.maybe(0.3 if not self.tiny else 0.8):
            return Days(*[float(self.rng.choice([0.25, 0.5, 1.0, 1.5]))] * 3)
        low = float(self.rng.choice([0.2, 0.4, 0.5, 1.0]))
        likely = low + float(self.rng.choice([0.0, 0.3, 0.5]))
        return Days(low, likely, likely + float(self.rng.choice([0.0, 0.4, 1.0])))

    def leg(self, index: int, i: int, j: int, partners: list[Partner]) -> Leg:
        extra = self.maybe(0.5)
        closable = [LevelRef(c.id, c.levels[-1]) for c in self.conditions]
        currency = "CNY" if self.maybe(0.2) else "USD"
        return Leg(
            id=f"L{index}",
            origin=f"P{i}",
            target=f"P{j}",
            mode=Mode.FOOT,
            days=self.days(),
            cost_group=Money(int(self.rng.integers(0, 60)) * 100, currency),
            cost_person=Money(int(self.rng.integers(0, 3001)), currency),
            partner=partners[int(self.rng.integers(len(partners)))].id if self.maybe(0.6) else None,
            intercepted=self.belief(0.85, 0.15),
            turned_back=self.belief(0.6, 0.2),
            intercepted_factors=self.factors(0.5),
            turned_back_factors=self.factors(0.3),
            closed_at=frozenset(ref for ref in closable if self.maybe(0.3)),
            demand=self.demand(currency) if self.maybe(0.5) else None,
            customary_party=int(self.rng.integers(1, 4)) if extra else None,
            extra_person_factor=self.between(1.0, 1.4, 2) if extra else 1.0,
            largest_party=int(self.rng.integers(3, 7)) if self.maybe(0.15) else None,
            walk_hours=self.between(0.0, 6.0, 1),
            not_for=frozenset({"oxygen"}) if self.maybe(0.2) else frozenset(),
            runs_on=self.dates(),
            weekdays=frozenset(int(d) for d in self.rng.choice(7, 5, replace=False))
            if self.maybe(0.2)
            else frozenset(),
            company=Company(self.between(0.3, 0.9, 2), self.between(1.1, 1.6, 2)) if self.maybe(0.4) else None,
        )

    def demand(self, currency: str) -> Demand:
        longer = None if self.maybe(0.5) else int(self.rng.integers(1, 4))
        return Demand(
            chance=Belief(self.between(0.05, 0.6)),
            group=Money(int(self.rng.integers(0, 80)) * 100, currency),
            person=Money(int(self.rng.integers(0, 2001)), currency),
            refusal=Refusal(longer),
            factors=self.factors(0.3),
        )

    def dates(self) -> tuple[DateRange, ...]:
        if not self.maybe(0.2):
            return ()
        gap = self.start + timedelta(days=int(self.rng.integers(1, 4)))
        return (DateRange(None, gap), DateRange(gap + timedelta(days=2), None))
