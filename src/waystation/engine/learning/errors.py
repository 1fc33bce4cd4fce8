from dataclasses import dataclass

from waystation.engine.model import Outcome
from waystation.kernel import BadInputError


@dataclass(frozen=True, slots=True)
class Unasked:
    """A silent group, the days since its last news, and nobody who was asked what that means."""

    outcome: Outcome
    days: int


class SilenceNotAskedError(BadInputError):
    """Groups are silent, and nobody was asked how many such groups are intercepted: ask, and add the signed answers."""

    def __init__(self, unasked: tuple[Unasked, ...]) -> None:
        first = unasked[0]
        super().__init__(
            f"{len(unasked)} outcomes are unknown, the first on leg {first.outcome.leg} since {first.outcome.on}; ask of "
            f"100 groups silent for {first.days} days how many were intercepted, and add the answers to judgements.csv (silent)"
        )
        self.unasked = unasked
