from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waystation.engine.learning.calibration import Calibration
from waystation.engine.learning.jeffreys import Bounds
from waystation.engine.learning.panel import Panel
from waystation.engine.model import PastBelief, Quantity, Stated, Subject


class Why(StrEnum):
    """Why a belief is not what it was."""

    FIRST = "first"
    MISSIONS = "missions"
    CORRECTED = "corrected"
    REGIME = "regime"
    JUDGEMENT = "judgement"
    STATED = "stated"
    OTHERS = "others"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with its numbers: how many missions and events more (or, corrected, fewer), which regimes."""

    why: Why
    missions: int = 0
    events: int = 0
    regimes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """What is believed of one quantity of one leg or partner, and what the belief rests on.

    Attributes
    ----------
    mean, low, high
        A chance; for ``Quantity.DAYS`` days of a leg, and of a partner the ratio to the stated days. The interval covers 80 %
        unless asked otherwise.
    weight
        Missions' worth of evidence behind it.
    missions, events
        Passages counted, and in how many it happened (of days: how many are over), before any discount.
    effective
        Missions' worth of its own after discounts.
    judgement_share
        What share of the evidence is judgement, in [0, 1]: of people, of legs.csv, of the program's own starting point.
    like
        How many others of its pool have passages of their own.
    alone
        What its own passages alone say, without pool and judgement: Jeffreys' interval. None for days.
    judged
        The judgement counted, None for none; ``panel`` tells whether people were asked or legs.csv was taken.
    stated
        What legs.csv held before anything was learned; None for partners and where it held nothing.
    regimes
        Regimes that have begun.
    before
        What was believed the last time; None at the first.
    reasons
        Why it is not what it was; at least one.
    """

    subject: Subject
    id: str
    quantity: Quantity
    mean: float
    low: float
    high: float
    weight: float
    missions: int
    events: int
    effective: float
    judgement_share: float
    like: int
    alone: Bounds | None
    judged: Stated | None
    panel: bool
    stated: Stated | None
    regimes: tuple[str, ...]
    before: PastBelief | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Everything that was learned from a folder.

    Attributes
    ----------
    on
        The day on which the folder was true.
    coverage
        Of the intervals.
    beliefs
        Of legs in the folder's order, then of partners.
    panels
        How each question to people stands.
    people
        How well each person's chances have come true.
    called_off
        Missions that never set out: they say nothing of any chance.
    silent
        Groups without news.
    """

    on: date
    coverage: float
    beliefs: tuple[Learned, ...]
    panels: tuple[Panel, ...]
    people: tuple[Calibration, ...]
    called_off: int
    silent: int
