from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedDate, SealedText
from waystation.store.tiers import Tier

EXITS = (
    "arrived",
    "declined",
    "withdrew",
    "unreachable",
    "detained",
    "returned",
    "died",
    "with_others",
    "duplicate",
    "fraudulent",
    "referred",
)
"""How a case may end."""


class Exit(CaseRow):
    """How a case ended, and when; reopening it takes this row away."""

    outcome = SealedChoice(tier=Tier.WELFARE, choices=EXITS)
    on = SealedDate(tier=Tier.WELFARE)
    words = SealedText(tier=Tier.WELFARE, max_length=10_000)

    def __str__(self) -> str:
        return "exit"
