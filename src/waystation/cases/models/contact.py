from waystation.cases.models.request import WAYS
from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedText
from waystation.store.tiers import Tier


class Contact(CaseRow):
    """A way to reach somebody of a case, and when it is safe to."""

    whose = SealedText(tier=Tier.IDENTITY, max_length=200)
    way = SealedChoice(tier=Tier.WELFARE, choices=WAYS)
    address = SealedText(tier=Tier.IDENTITY, max_length=300)
    safe_time = SealedText(tier=Tier.WELFARE, max_length=300)
    caution = SealedText(tier=Tier.WELFARE, max_length=1_000)
    """What must not be said or done on this way: who else reads it, which word to begin with."""

    def __str__(self) -> str:
        return "contact"
