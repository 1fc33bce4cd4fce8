"""What a choice among groups says: frozen results, no text in any language. Money in minor units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waystation.engine.journeys.eligibility import BrokenRule
from waystation.engine.model import Urgency
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.engine.portfolio.terms import Terms


class Standing(StrEnum):
    """How a group stands in a choice."""

    NOW = "now"
    NOT_NOW = "not_now"
    NO_PLAN = "no_plan"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Going:
    """The plan a group goes by."""

    plan: str
    start: date
    arrive: float
    harm: float
    spending: float
    likely_days: float


@dataclass(frozen=True, slots=True)
class Short:
    """What is missing of one resource for a plan to fit beside the choice.

    Attributes
    ----------
    row
        The limit that is most short; of a partner or a house the week or night.
    missing
        Minor units, people a week or beds; the same amount more would be enough.
    price
        What is paid at the margin for all of this resource that the plan uses, in weighted people.
    """

    row: Row
    missing: float
    price: float


@dataclass(frozen=True, slots=True)
class Wanting:
    """Why a group does not go now: its nearest plan, what is short, and what that is worth.

    Attributes
    ----------
    worth, price
        What the plan is worth, and what all that it uses costs at the prices of what is scarce, both in weighted people.
    kept_for_safety
        Whether it would fit by what is expected, but caps would then be passed more often than is allowed.
    """

    plan: Going
    short: tuple[Short, ...]
    worth: float
    price: float
    kept_for_safety: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """One group's answer.

    Attributes
    ----------
    stability
        How often the group is chosen when the beliefs are drawn anew; None where that was not asked for.
    waited
        Days since they asked; None where that was not recorded.
    """

    group: str
    people: int
    urgency: Urgency
    standing: Standing
    going: Going | None = None
    wanting: Wanting | None = None
    broken: tuple[BrokenRule, ...] = ()
    stability: float | None = None
    waited: int | None = None
    promised: bool = False

    @property
    def is_marginal(self) -> bool:
        """Whether the group is chosen in some but not nearly all draws of the beliefs: between one and nine in ten."""
        return self.stability is not None and 0.1 <= self.stability <= 0.9


@dataclass(frozen=True, slots=True)
class Scarce:
    """What a little more of one resource would bring, by the linear programme.

    Attributes
    ----------
    kind, id
        A pot of money (``fund period``), a partner (every week) or a house (every night).
    more
        1,000 major units in minor ones, or one person.
    people, weighted
        How many more people would be expected to arrive, plainly and by urgency.
    """

    kind: RowKind
    id: str
    more: float
    people: float
    weighted: float


@dataclass(frozen=True, slots=True)
class Held:
    """How often caps hold when the choice is replayed.

    Attributes
    ----------
    all_hold
        How often all of them do.
    worst
        The limits that are passed most often: the limit, how much there is, what is expected, how often it is passed.
    tightened
        How many limits were tightened, in how many rounds.
    """

    replays: int
    all_hold: float
    worst: tuple[tuple[Row, float, float, float], ...]
    tightened: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """What would be chosen if something were otherwise.

    Attributes
    ----------
    kind, id, more
        ``money`` (a pot, minor units), ``partner`` (one more like this one) or ``close`` (a leg).
    joining, leaving
        Groups that would go, or no longer go.
    arrive, harm, spending
        Expected: people, people, minor units.
    difference
        People arriving more, replay by replay: the mean and its 80 % bounds; None where it cannot be replayed.
    """

    kind: str
    id: str
    more: float
    chosen: tuple[str, ...]
    joining: tuple[str, ...]
    leaving: tuple[str, ...]
    arrive: float
    harm: float
    spending: float
    difference: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits, by declared urgency.

    ``waited`` is the mean and the longest wait in days so far of those who do not go now; ``until_start`` the mean wait of
    those who go, until they set off. None where nobody is counted.
    """

    urgency: Urgency
    groups: int
    people: int
    going: int
    people_going: int
    waited: tuple[float, int] | None
    until_start: float | None


@dataclass(frozen=True)
class Decision:
    """The whole answer.

    Attributes
    ----------
    value, bound, gap
        In weighted people: of the choice, of every choice among the plans offered by what is expected, and their relative
        difference, in which is what it costs to keep the caps.
    unsafe_value
        Of the best choice that was found by what is expected alone.
    every_plan
        No choice of any adaptive plans from these weeks is worth more, without tightening; None where that is not known.
    arrive, harm
        People expected.
    spending
        Expected, by pots that may pay: the limit, how much there is, how much is spent.
    until
        The last day of the latest journey that was looked at.
    broken_promises
        Groups that were promised a journey for which there is no room.
    """

    network: str
    currency: str
    as_of: date
    first: date
    until: date
    terms: Terms
    verdicts: tuple[Verdict, ...]
    value: float
    bound: float
    gap: float
    unsafe_value: float
    every_plan: float | None
    plans: int
    arrive: float
    harm: float
    spending: tuple[tuple[Row, float, float], ...]
    held: Held | None
    scarce: tuple[Scarce, ...]
    scenarios: tuple[Scenario, ...]
    fairness: tuple[Waiting, ...]
    broken_promises: tuple[str, ...]
    caps: Mapping[str, float]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The groups that go now."""
        return tuple(each.group for each in self.verdicts if each.standing is Standing.NOW)
