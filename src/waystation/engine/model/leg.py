from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waystation.engine.model.belief import NEVER, Belief
from waystation.engine.model.condition import LevelFactor, LevelRef
from waystation.kernel import Money


class Mode(StrEnum):
    """How a leg is travelled."""

    FOOT = "foot"
    CAR = "car"
    BUS = "bus"
    TRAIN = "train"
    BOAT = "boat"
    AIR = "air"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Days:
    """A duration in days: triangular between ``low`` and ``high`` with its peak at ``likely``; fixed when low = high."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not 0.0 < self.low <= self.likely <= self.high:
            message = f"a duration needs 0 < low <= likely <= high, not {self.low}, {self.likely}, {self.high}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What refusing an extra demand means: back where the leg began (``longer_slots`` None), or a longer way."""

    longer_slots: int | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """An extra demand that may be made at the hand-over.

    Attributes
    ----------
    chance
        The chance that it is made.
    group, person
        Its size: a sum for the whole group and a sum for each person.
    refusal
        What happens when it is refused.
    """

    chance: Belief
    group: Money
    person: Money
    refusal: Refusal = Refusal()
    factors: tuple[LevelFactor, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """A member of staff going along: a factor on the odds of interception and a factor on the fee (both above 0)."""

    risk_factor: float
    price_factor: float


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from ``first`` to ``last``, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from one place to another with one partner.

    Attributes
    ----------
    km
        Length in kilometres, for the map and the brief; it enters no probability.
    cost_group, cost_person
        The fee: a sum for the whole group and a sum for each person, spent on departure whatever happens.
    intercepted, turned_back
        Chances per passage of a customary party, before any factor.
    intercepted_factors, turned_back_factors
        Factors on the odds of each chance while a condition stands at a level.
    closed_at
        Levels at which the leg cannot be taken.
    customary_party, extra_person_factor
        Each person beyond the customary party multiplies the odds of interception by the factor. None: size does not matter.
    largest_party
        Most people the leg can carry; None for no limit.
    walk_hours, climb_m, night
        The effort: hours on foot, metres of climb, whether it is walked at night.
    not_for
        Codes of needs that rule the leg out.
    runs_on, weekdays
        Days of departure: any of the ranges (empty: always), and the weekdays (0 Monday to 6 Sunday; empty: all).
    company
        What staff going along changes; None where nobody can go along.
    """

    id: str
    origin: str
    target: str
    mode: Mode
    days: Days
    cost_group: Money
    cost_person: Money
    partner: str | None = None
    km: float = 0.0
    intercepted: Belief = NEVER
    turned_back: Belief = NEVER
    intercepted_factors: tuple[LevelFactor, ...] = ()
    turned_back_factors: tuple[LevelFactor, ...] = ()
    closed_at: frozenset[LevelRef] = frozenset()
    demand: Demand | None = None
    customary_party: int | None = None
    extra_person_factor: float = 1.0
    largest_party: int | None = None
    walk_hours: float = 0.0
    climb_m: float = 0.0
    night: bool = False
    not_for: frozenset[str] = frozenset()
    runs_on: tuple[DateRange, ...] = ()
    weekdays: frozenset[int] = frozenset()
    company: Company | None = None
    note: str = ""

    def runs(self, day: date) -> bool:
        """Whether the leg can begin on a day, by its dates and weekdays."""
        in_range = not self.runs_on or any(day in dates for dates in self.runs_on)
        return in_range and (not self.weekdays or day.weekday() in self.weekdays)
