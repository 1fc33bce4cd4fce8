from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedDate, SealedText
from waystation.store.tiers import Tier

FLAG_REASONS = ("danger_rising", "do_not_contact", "medical", "safeguarding", "check_identity", "media", "other")


class Flag(CaseRow):
    """A person's mark on a case: why, in words, and until when. The machine's own marks are alerts and have no row."""

    reason = SealedChoice(tier=Tier.WELFARE, choices=FLAG_REASONS)
    words = SealedText(tier=Tier.WELFARE, max_length=2_000)
    until = SealedDate(tier=Tier.WELFARE)

    def __str__(self) -> str:
        return "flag"
