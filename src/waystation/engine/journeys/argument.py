"""What can be said for and against a plan: frozen results, no algorithm. Chances lie in [0, 1], days count from the start."""

from dataclasses import dataclass, field
from enum import StrEnum

from waystation.engine.model import Belief
from waystation.kernel import Money


class AssumptionKind(StrEnum):
    """Which chance of the network a belief is about."""

    INTERCEPTED = "intercepted"
    TURNED_BACK = "turned_back"
    EXTRA_DEMAND = "extra_demand"
    DISCOVERY = "discovery"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One belief a plan rests on: a chance of leg ``id``, or for `DISCOVERY` of place ``id`` per day, before any factor."""

    kind: AssumptionKind
    id: str
    belief: Belief


@dataclass(frozen=True, slots=True)
class Interval:
    """What a number is over the posterior of the beliefs: its mean, and bounds that cover at least the coverage asked for."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of the doubt about the arrival one assumption carries: its share of the variance over the posterior."""

    assumption: Assumption
    share: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fixed plan evaluated over the posterior of every belief it rests on.

    Attributes
    ----------
    draws, coverage
        How many draws of the beliefs, and the chance the intervals cover (0.8 unless asked otherwise).
    arrive, harm, neither, cost_expected, days_expected
        Intervals; cost in minor units, of all journeys; days of the journeys that arrive.
    arrive_quantiles
        The distribution of the arrival: its quantiles at 0, 0.05, ... 1.
    arrive_by_slot_low, arrive_by_slot_high
        Bounds of the chance of having arrived by each slot, 0 to T.
    carried_by
        Assumptions by the share of the doubt they carry, the largest first.
    """

    draws: int
    coverage: float
    arrive: Interval
    harm: Interval
    neither: Interval
    cost_expected: Interval
    days_expected: Interval
    arrive_quantiles: tuple[float, ...] = field(repr=False)
    arrive_by_slot_low: tuple[float, ...] = field(repr=False)
    arrive_by_slot_high: tuple[float, ...] = field(repr=False)
    carried_by: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """The cautious plan: the best when nature picks the worst chances within the beliefs' intervals.

    Attributes
    ----------
    coverage
        The chance each belief's interval covers.
    guaranteed
        Arrival of the cautious plan while every chance is the worst of its interval.
    chosen_guaranteed
        The same for the plan that was chosen.
    arrive, harm, cost_expected
        Of the cautious plan, while every chance is as believed; minor units.
    doubt
        The cautious plan over the posterior; None where it was not asked for.
    legs
        Legs of its main line.
    """

    coverage: float
    guaranteed: float
    chosen_guaranteed: float
    arrive: float
    harm: float
    cost_expected: float
    doubt: Doubt | None
    legs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """The best that can be done without one leg of the main line: what the chosen plan is better than.

    ``legs`` is the main line that would be taken instead; empty when nothing arrives without the leg (``arrive`` is then 0).
    """

    without: str
    place: str
    legs: tuple[str, ...]
    arrive: float
    harm: float
    cost_expected: float
    days_expected: float


@dataclass(frozen=True, slots=True)
class Tipping:
    """The value of one belief at which the plan gives way to another.

    Attributes
    ----------
    value
        If ``above``: the chance beyond which the plan as it stands arrives less often than the best plan without the leg. Else
        the chance under which the main line of the best plan goes by the leg, which this one does not.
    instead
        Legs of the main line then taken.
    arrive
        Arrival of the best plan at that value.
    """

    assumption: Assumption
    value: float
    above: bool
    instead: tuple[str, ...]
    arrive: float


@dataclass(frozen=True, slots=True)
class Asking:
    """What it is worth to know a condition's level before the first decision: arrival with the answer and without it."""

    condition: str
    arrive_asked: float
    arrive_unasked: float

    @property
    def gain(self) -> float:
        """Arrival gained by asking."""
        return self.arrive_asked - self.arrive_unasked


@dataclass(frozen=True, slots=True)
class Waiting:
    """Going now against waiting a while to see, both decided best from there on."""

    days: float
    arrive_now: float
    arrive_later: float


class MarginKind(StrEnum):
    """What there could be one more of."""

    MONEY = "money"
    DAYS = "days"
    BED = "bed"
    FEWER_PEOPLE = "fewer_people"
    MORE_PEOPLE = "more_people"
    LARGER_PARTY = "larger_party"


@dataclass(frozen=True, slots=True)
class Margin:
    """What one more unit of something scarce would change in the likeliest arrival.

    ``amount`` is a sum for `MONEY`, else a number of days, beds or people; ``id`` the place of the bed or the leg of the party.
    """

    kind: MarginKind
    amount: Money | float
    arrive: float
    gain: float
    id: str = ""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why this plan: what it is better than, what would change it, what more knowledge or means would buy."""

    alternatives: tuple[Alternative, ...] = ()
    tipping: tuple[Tipping, ...] = ()
    asking: tuple[Asking, ...] = ()
    waiting: Waiting | None = None
    margins: tuple[Margin, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A supported plan that no other beats in everything: cost and days are means of all journeys (minor units, days)."""

    arrive: float
    harm: float
    cost_expected: float
    days_expected: float


@dataclass(frozen=True, slots=True)
class Quantile:
    """The least hard budget with which the arrival reaches ``arrive``; None when no budget looked at does."""

    arrive: float
    budget: Money | None


@dataclass(frozen=True, slots=True)
class DeadlinePoint:
    """With a deadline of this many days, the likeliest arrival is ``arrive``."""

    days: float
    arrive: float


@dataclass(frozen=True, slots=True)
class CostPoint:
    """The chance that a journey has spent at most this much when it ends, however it ends."""

    cost: Money
    chance: float


class CompanyRule(StrEnum):
    """Whether staff go along on the legs where that is offered."""

    NEVER = "never"
    WHERE_BEST = "where_best"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way of sending a group: together or split into parties that leave on the same day, with staff or without.

    Attributes
    ----------
    parties
        Codes of the travellers of each party.
    all_arrive
        Chance that everybody arrives.
    nobody_harmed
        Chance that nobody is intercepted or discovered.
    parted
        Chance that some arrive and others do not.
    arrive_people, harm_people
        Expected number of people who arrive, and who are harmed.
    cost_expected
        Of all parties together, minor units; each party keeps within its share of the budget, by its number of people.
    days_expected
        Until the last party has arrived, given that all arrive; nan when they cannot.
    exposed_at_once
        Travellers that one interception can take at most.
    staff_at_once
        Staff who may be with them then.
    standard_error
        Of the three chances, where they were simulated; 0 where they are exact.
    """

    parties: tuple[tuple[str, ...], ...]
    company: CompanyRule
    all_arrive: float
    nobody_harmed: float
    parted: float
    arrive_people: float
    harm_people: float
    cost_expected: float
    days_expected: float
    exposed_at_once: int
    staff_at_once: int
    standard_error: float = 0.0


@dataclass(frozen=True, slots=True)
class Regional:
    """For a plan that remembers conditions region by region: its value when simulated under the full joint model.

    Attributes
    ----------
    joint_levels
        Of the full model.
    arrive, harm
        Simulated, each with its standard error.
    journeys
        How many were simulated.
    """

    joint_levels: int
    arrive: float
    arrive_error: float
    harm: float
    harm_error: float
    journeys: int
