"""What the planner answers: frozen results, no algorithm. Chances lie in [0, 1], days count from the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from waystation.engine.journeys.argument import (
    Arrangement,
    Caution,
    CostPoint,
    DeadlinePoint,
    Doubt,
    FrontierPoint,
    Interval,
    Quantile,
    Reasons,
    Regional,
)
from waystation.engine.model import Caps
from waystation.kernel import Money


class ChoiceName(StrEnum):
    """The named choices, as the method page defines them."""

    SAFEST = "safest"
    CAREFUL = "careful"
    CHEAPEST = "cheapest"
    FASTEST = "fastest"
    BALANCED = "balanced"


class ActionKind(StrEnum):
    """What a group does next."""

    LEG = "leg"
    WAIT = "wait"
    STOP = "stop"


class WhenAsked(StrEnum):
    """What a group does when an extra demand is made on a leg."""

    PAY = "pay"
    REFUSE = "refuse"
    DEPENDS = "depends"


class ReasonCode(StrEnum):
    """Why a leg or a wait is ruled out for a group. ``value`` is what is asked, ``limit`` what the group can do."""

    UNREACHABLE = "unreachable"
    PARTY_TOO_LARGE = "party_too_large"
    WALKING = "walking"
    CLIMB = "climb"
    NIGHT = "night"
    NEED = "need"
    NO_DATE = "no_date"
    VETTING = "vetting"
    ALWAYS_CLOSED = "always_closed"
    BEDS = "beds"


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A leg (or, for `BEDS`, waiting at a place) that this group cannot use, and why."""

    id: str
    code: ReasonCode
    value: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a policy leads to, counted exactly by one forward pass.

    Attributes
    ----------
    arrive, harm, neither
        Chances, summing to 1 within 1e-12.
    cost_expected, cost_expected_arrived, cost_max
        Of all journeys (minor units, a mean), of those that arrive (nan when none does), and of the dearest branch.
    days_expected, days_p90
        Of the journeys that arrive: the mean and the day by which nine in ten of them have arrived (nan when none does).
    arrive_by_slot
        Chance of having arrived by each slot, 0 to T.
    """

    arrive: float
    harm: float
    neither: float
    cost_expected: float
    cost_expected_arrived: float
    cost_max: int
    days_expected: float
    days_p90: float
    arrive_by_slot: tuple[float, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Choice:
    """One named plan and what it leads to.

    Attributes
    ----------
    doubt
        The plan over the posterior of its beliefs; None where that was not asked for.
    costs
        The distribution of what a journey has spent when it ends, rising.
    stages
        What to do where; empty where it was not asked for.
    """

    name: ChoiceName
    evaluation: Evaluation
    doubt: Doubt | None = None
    costs: tuple[CostPoint, ...] = field(repr=False, default=())
    stages: "tuple[Stage, ...]" = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class BudgetPoint:
    """With at most this much money, the likeliest arrival is ``arrive``; ``interval`` is that plan's over the posterior."""

    budget: Money
    arrive: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do at a place while conditions stand at given levels, between two days.

    Attributes
    ----------
    when
        Levels by condition that this decision is for; empty when it holds whatever the conditions.
    from_day, until_day
        Days between which it holds, counted from the start, both included.
    action
        Take ``leg`` (with ``in_company`` of staff, and ``when_asked`` for more money), wait a slot and decide anew, or stop
        (also where no time is left to arrive).
    chance
        For a leg, how often the journey is expected to set out on it so (above 1 only if it may be turned back and try again);
        for waiting and stopping, the chance that a group that has just come there does so.
    depends_on_money
        Whether the plan decides otherwise at the same level and day when more or less money is left.
    depends_on_effort
        The same for the hours walked so far, under a cap on them.
    interval
        Of ``chance`` over the posterior; None where that was not asked for.
    """

    when: Mapping[str, tuple[str, ...]]
    from_day: float
    until_day: float
    action: ActionKind
    chance: float
    leg: str | None = None
    in_company: bool = False
    when_asked: WhenAsked | None = None
    depends_on_money: bool = False
    depends_on_effort: bool = False
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A place the plan may pass, and what to do there.

    Attributes
    ----------
    reach
        Chance that the journey comes to this place (where ways lead in a circle: how often, at most 1).
    first_day, likely_day, last_day
        Earliest, median and latest day of coming there, given that the journey does.
    spent_max
        Most money that can have been spent on coming there.
    on_main_line
        Whether the place lies on the likeliest course of the plan.
    interval
        Of ``reach`` over the posterior; None where that was not asked for.
    """

    place: str
    reach: float
    first_day: float
    likely_day: float
    last_day: float
    spent_max: Money
    decisions: tuple[Decision, ...]
    on_main_line: bool
    interval: Interval | None = None


class ObstacleKind(StrEnum):
    """What stands in the way when no plan exists."""

    BUDGET = "budget"
    DAYS = "days"
    MAX_HARM = "max_harm"
    WALK_HOURS = "walk_hours"
    BUDGET_AND_DAYS = "budget_and_days"
    GROUP = "group"
    CLOSED = "closed"
    NO_ROUTE = "no_route"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why no plan exists, and the smallest change that would make one exist.

    Attributes
    ----------
    kind
        Which cap or fact it is. ``GROUP``: no way fits this party, its needs or its effort; ``CLOSED``: every way is closed
        by its dates, a condition or expired vetting; ``NO_ROUTE``: the network has no way to a destination at all.
    smallest_budget, smallest_days, smallest_harm, smallest_walk_hours
        The least value of the cap at which a plan exists, all else kept; None where that cap is not the obstacle.
    blocking
        For ``GROUP`` and ``CLOSED``: what stands on the way that is least blocked, all of which must change.
    one_is_enough
        Then ``blocking`` lists every obstacle whose removal alone would open a way.
    """

    kind: ObstacleKind
    smallest_budget: Money | None = None
    smallest_days: float | None = None
    smallest_harm: float | None = None
    smallest_walk_hours: float | None = None
    blocking: tuple[RuledOut, ...] = ()
    one_is_enough: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """Evidence that the answer is right.

    ``difference`` is the largest between the backward solution and the forward pass, or between the sum of the three chances
    and 1.
    """

    difference: float
    method: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The planner's whole answer for one group.

    Attributes
    ----------
    caps
        The caps in force; ``caps.days`` is always set.
    money_step
        Minor units of the money grid when a budget is in force, else None.
    budget_curve
        Likeliest arrival against the hard budget; rising, from one sweep.
    choices
        The named choices; empty when no plan exists.
    chosen
        The preferred one; None when no plan exists.
    stages
        The chosen plan, in the order in which places are likely to be reached.
    start_levels
        By condition, the chance of each level on the day of the start.
    observed_on
        By condition, the day of the observation the start levels rest on (absent: the long-run share was used).
    slot_hours
        Hours in a slot, the grain of every curve by slot.
    curve_step
        Minor units in a money step of the curve; None without a curve.
    frontier
        Supported plans that no other beats in arrival, harm, expected cost and expected days at once.
    quantiles, deadline_curve
        The least budgets for given arrivals; the likeliest arrival against the deadline.
    caution, reasons, arrangements
        What was asked for beside the plan; None or empty where it was not.
    regional
        Where conditions are remembered region by region: the plan's simulated value under the full joint model.
    """

    group: str
    network: str
    as_of: date
    start: date
    caps: Caps
    currency: str
    budget_curve: tuple[BudgetPoint, ...]
    choices: tuple[Choice, ...]
    chosen: ChoiceName | None
    stages: tuple[Stage, ...]
    ruled_out: tuple[RuledOut, ...]
    certificate: Certificate
    obstacle: Obstacle | None = None
    money_step: int | None = None
    start_levels: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    observed_on: Mapping[str, date] = field(default_factory=dict)
    slot_hours: int = 12
    frontier: tuple[FrontierPoint, ...] = ()
    curve_step: int | None = None
    quantiles: tuple[Quantile, ...] = ()
    deadline_curve: tuple[DeadlinePoint, ...] = ()
    caution: Caution | None = None
    reasons: Reasons | None = None
    arrangements: tuple[Arrangement, ...] = ()
    regional: Regional | None = None

    @property
    def choice(self) -> Choice | None:
        """The chosen plan's numbers, or None when no plan exists."""
        return next((choice for choice in self.choices if choice.name == self.chosen), None)
