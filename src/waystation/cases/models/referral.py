from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedDate, SealedText
from waystation.store.tiers import Tier

REFERRALS = ("referral", "transfer")
SERVICES = ("legal", "medical", "shelter", "school", "work", "protection", "travel", "other")
ANSWERS = ("waiting", "accepted", "declined", "withdrawn")


class Referral(CaseRow):
    """Another organisation is asked to help beside us (referral) or instead of us (transfer), with the person's consent."""

    kind = SealedChoice(tier=Tier.WELFARE, choices=REFERRALS)
    service = SealedChoice(tier=Tier.WELFARE, choices=SERVICES)
    to = SealedText(tier=Tier.WELFARE, max_length=200)
    words = SealedText(tier=Tier.WELFARE, max_length=5_000)
    """What they were told, and why."""
    consented = SealedChoice(tier=Tier.WELFARE, choices=("yes", "no"))
    answer = SealedChoice(tier=Tier.WELFARE, choices=ANSWERS)
    answered_on = SealedDate(tier=Tier.WELFARE)

    def __str__(self) -> str:
        return "referral"
