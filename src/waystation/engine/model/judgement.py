from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Asked(StrEnum):
    """What people are asked to judge of a leg."""

    INTERCEPTED = "intercepted"
    TURNED_BACK = "turned_back"
    DEMAND = "demand"
    SILENT = "silent"
    """Of groups that have sent no news for some days: how many were intercepted."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The answers to the four questions: of so many missions the lowest, the highest and the best number, and how sure.

    Attributes
    ----------
    out_of
        How many missions were spoken of, at least 1.
    lowest, highest, best
        Counts, 0 <= lowest <= best <= highest <= out_of.
    sure
        The chance that the true number lies between lowest and highest, in (0, 1).
    """

    out_of: int
    lowest: float
    highest: float
    best: float
    sure: float

    def __post_init__(self) -> None:
        if not 0 <= self.lowest <= self.best <= self.highest <= self.out_of:
            message = f"counts need 0 <= lowest <= best <= highest <= {self.out_of}"
            raise ValueError(message)
        if not 0.0 < self.sure < 1.0:
            message = f"how sure lies between 0 and 1, not at {self.sure}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person was asked about a leg, and what they answered.

    Attributes
    ----------
    expert
        The person's code, never a name.
    leg
        The leg; None where the question was about any leg.
    round
        1 (in private) or 2 (after the answers of all were shown).
    estimate
        The answer; None while it is still awaited.
    silent_days
        For ``Asked.SILENT``, the days without news.
    on
        The day of the answer, or of the question while no answer has come.
    signed
        The mark by which the person signed the answer; empty while it is not signed.
    """

    expert: str
    leg: str | None
    asked: Asked
    round: int
    on: date
    estimate: Estimate | None = None
    silent_days: int | None = None
    signed: str = ""


@dataclass(frozen=True, slots=True)
class ClosedAnswer:
    """A person's chance that a statement is true, and whether it was.

    Attributes
    ----------
    chance
        In [0, 1].
    true
        None while nobody knows.
    """

    expert: str
    question: str
    chance: float
    on: date
    true: bool | None = None
