from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from waystation.engine.model.experience import Regime
from waystation.engine.model.judgement import ClosedAnswer, Judgement


class Quantity(StrEnum):
    """What is learned of a leg or a partner."""

    INTERCEPTED = "intercepted"
    TURNED_BACK = "turned_back"
    DEMAND = "demand"
    DAYS = "days"


class Subject(StrEnum):
    """Of what something is learned."""

    LEG = "leg"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class LearningRules:
    """The strengths that the folder declares, so that nobody has to find them in a program.

    Attributes
    ----------
    judgement_cap
        The most missions' worth that judgement may count for, of one chance of one leg.
    near_miss_ratio
        How many near misses there are for one interception.
    near_miss_strength
        What part of an interception's information one near miss carries, in [0, 1]; 0 leaves them out.
    near_miss_cap
        The most missions' worth that near misses may add to one leg or partner.
    """

    judgement_cap: float = 20.0
    near_miss_ratio: float = 30.0
    near_miss_strength: float = 0.1
    near_miss_cap: float = 20.0


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody wrote into legs.csv before anything was learned: a chance with its weight, or a duration's middle.

    Attributes
    ----------
    value
        A chance, in [0, 1], or the mean of the stated days.
    weight
        Missions' worth, above 0.
    """

    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class PastBelief:
    """What was believed when the organisation last learned: one row of beliefs.csv.

    Attributes
    ----------
    value
        The mean: a chance, or days.
    weight
        Missions' worth of evidence behind it.
    missions, events
        Passages counted and, among them, those in which it happened.
    judged
        The judgement that was in it, as a chance or days and a weight; None where there was none.
    stated
        What legs.csv held before anything was learned; None for a partner and where it held nothing.
    regimes
        The regimes that had begun, in the order of their days.
    """

    subject: Subject
    id: str
    quantity: Quantity
    on: date
    value: float
    weight: float
    missions: int
    events: float
    judged: Stated | None = None
    stated: Stated | None = None
    regimes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Experience:
    """What the folder holds for learning beside its outcomes; no plan reads it.

    Attributes
    ----------
    unstated
        Chances that nobody wrote into legs.csv, by leg: their blank cells stand for 0 in a plan and for nothing here.
    """

    regimes: tuple[Regime, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    closed_answers: tuple[ClosedAnswer, ...] = ()
    past: tuple[PastBelief, ...] = ()
    rules: LearningRules = field(default_factory=LearningRules)
    unstated: frozenset[tuple[str, Quantity]] = frozenset()
