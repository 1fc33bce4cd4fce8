"""What is declared for a choice: how much urgency counts, and the caps beyond the network's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from waystation.engine.model import Urgency

USUAL_WEIGHTS: Mapping[Urgency, float] = {Urgency.EMERGENCY: 3.0, Urgency.URGENT: 2.0, Urgency.NORMAL: 1.0}
EARLIER = 0.002
"""Of equal plans the earlier one: a week's delay takes this part of what an arrival is worth."""


@dataclass(frozen=True)
class Terms:
    """The terms of one choice.

    Attributes
    ----------
    weights
        What a person's arrival counts for, by declared urgency; above 0.
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
    weeks: int = 6
    overflow: float = 0.1
    replays: int = 1_000
    draws: int = 20
    pricing: int = 4
    seed: int = 0
