from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedText
from waystation.store.tiers import Tier


class Note(CaseRow):
    """What somebody wrote down at a time. It is not changed; another note says what was wrong."""

    text = SealedText(tier=Tier.WELFARE, max_length=20_000)

    def __str__(self) -> str:
        return "note"
