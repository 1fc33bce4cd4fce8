from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedText
from waystation.store.tiers import Tier

SUBJECTS = (
    "contact",
    "verification",
    "screening",
    "assessment",
    "plan",
    "arrival",
    "follow_up",
)
"""What is judged. ``contact`` is consent to be contacted; of consent to the journey and of children their own rooms tell."""
RESULTS = ("done", "cannot_yet", "withdrawn")
"""``cannot_yet``: looked at, and it cannot go on yet, which is not the same as not begun. ``withdrawn``: it no longer holds."""
WHY_NOT_YET = (
    "no_answer",
    "no_safe_contact",
    "no_interpreter",
    "papers_awaited",
    "colleague_awaited",
    "person_unsure",
    "not_consistent",
    "other",
)


class Judgement(CaseRow):
    """What somebody found on a date: a step's work is done, or cannot go on yet and why. The newest of a subject counts."""

    subject = SealedChoice(tier=Tier.WELFARE, choices=SUBJECTS)
    result = SealedChoice(tier=Tier.WELFARE, choices=RESULTS)
    reason = SealedChoice(tier=Tier.WELFARE, choices=WHY_NOT_YET)
    words = SealedText(tier=Tier.WELFARE, max_length=10_000)

    def __str__(self) -> str:
        return "judgement"
