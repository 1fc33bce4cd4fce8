"""What a comparison answers: frozen results, no algorithm."""

from dataclasses import dataclass
from enum import StrEnum

from waystation.engine.journeys.comparison.change import Change
from waystation.engine.journeys.comparison.divergence import Divergence
from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.journeys.plan import Plan

Answer = Plan | GroupRefusedError
"""A plan, or the rules that a group does not meet yet."""


class Subject(StrEnum):
    """In what the two questions differ."""

    FOLDER = "folder"
    START = "start"
    CHOICE = "choice"
    BUDGET = "budget"
    DAYS = "days"
    MAX_HARM = "max_harm"
    WALK_HOURS = "walk_hours"


@dataclass(frozen=True)
class Effect:
    """What one change does, taken over alone.

    Attributes
    ----------
    arrive
        The change of the first answer's likeliest arrival; None where the change cannot be taken over without others.
    along
        Changes that had to be taken over with it: a new leg needs the place it leads to.
    """

    change: Change
    arrive: float | None
    along: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two answers side by side.

    Attributes
    ----------
    subject
        In what the questions differ.
    first, second
        The answers.
    effects
        Every input that differs, the largest effect first.
    base
        The first answer's likeliest arrival; None where an answer was refused by a rule.
    together
        The change of the likeliest arrival from the first answer to the second; None where either was refused by a rule.
    otherwise
        Where the two plans do something else in the same situation, in the order of the journey.
    """

    subject: Subject
    first: Answer
    second: Answer
    effects: tuple[Effect, ...]
    base: float | None
    together: float | None
    otherwise: tuple[Divergence, ...]

    @property
    def interaction(self) -> float | None:
        """What the changes do together beyond the sum of what each does alone."""
        if self.together is None:
            return None
        return self.together - sum(effect.arrive for effect in self.effects if effect.arrive is not None)
