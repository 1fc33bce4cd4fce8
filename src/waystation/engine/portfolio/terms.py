"""What is declared for a choice: how much urgency counts, and the caps beyond the network's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from waystation.engine.model import Urgency

USUAL_WEIGHTS: Mapping[Urgency, float] = {Urgency.EMERGENCY: 3.0, Urgency.URGENT: 2.0, Urgency.NORMAL: 1.0}
USUAL_DELAY: Mapping[Urgency, float] = {Urgency.EMERGENCY: 0.05, Urgency.URGENT: 0.01, Urgency.NORMAL: 0.002}


@dataclass(frozen=True)
class Terms:
    """The terms of one choice.

    Attributes
    ----------
    weights
        What a person's arrival counts for, by declared urgency; above 0.
    delay
        What part of that is lost with every week until the start, by declared urgency; from 0 to below 1.
    weeks
        How many start weeks are looked at.
    overflow
        The chance with which a cap may be passed at most when the choice is replayed.
    replays
        How many.
    draws
        How often the choice is taken anew with beliefs drawn anew; 0 for not at all.
    pricing
        Rounds in which prices ask the journey solver for better plans.
    """

    weights: Mapping[Urgency, float] = field(default_factory=lambda: dict(USUAL_WEIGHTS))
    delay: Mapping[Urgency, float] = field(default_factory=lambda: dict(USUAL_DELAY))
    weeks: int = 6
    overflow: float = 0.1
    replays: int = 1_000
    draws: int = 20
    pricing: int = 4
    seed: int = 0

    def worth(self, urgency: Urgency, week: int) -> float:
        """Return what a person's arrival counts for who sets off in a week, counted from the first."""
        return self.weights[urgency] * (1.0 - self.delay[urgency]) ** week
