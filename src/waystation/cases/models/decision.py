from django.db import models
from django.db.models import F, Q

from waystation.cases.models.request import SPOKEN
from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedDate, SealedText
from waystation.store.tiers import Tier

OUTCOMES = ("accepted", "declined", "not_now")
REASONS: dict[str, tuple[str, ...]] = {
    "accepted": ("danger_and_way", "danger_and_capacity", "family_reunion", "medical", "other"),
    "declined": (
        "outside_mandate",
        "danger_not_found",
        "better_elsewhere",
        "not_truthful",
        "unsafe_for_others",
        "other",
    ),
    "not_now": (
        "too_dangerous_now",
        "no_capacity",
        "no_money",
        "way_closed",
        "consent_missing",
        "child_procedure",
        "other",
    ),
}
"""Coded reasons, by outcome."""


class Decision(CaseRow):
    """Whether a case is accepted: recommended by one person, decided by another. A new decision stands beside the old ones.

    Who signed is readable, so that the database itself refuses one person's two signatures; what they decided is sealed.
    """

    recommended_by = models.UUIDField()
    recommended_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    outcome = SealedChoice(tier=Tier.WELFARE, choices=OUTCOMES)
    reason = SealedChoice(tier=Tier.WELFARE, choices=sorted({word for words in REASONS.values() for word in words}))
    words = SealedText(tier=Tier.WELFARE, max_length=10_000)
    review_on = SealedDate(tier=Tier.WELFARE)
    answer = SealedChoice(tier=Tier.WELFARE, choices=("agreed", "sent_back"))
    """What the second person said of the recommendation."""
    answer_words = SealedText(tier=Tier.WELFARE, max_length=10_000)
    language = SealedChoice(tier=Tier.WELFARE, choices=SPOKEN)
    letter = SealedText(tier=Tier.WELFARE, max_length=20_000)
    """The answer to the person, in their language, as it is to be read or printed."""

    class Meta(CaseRow.Meta):
        """What the database itself keeps to."""

        constraints = (
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="cases_decision_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("recommended_by")), name="cases_decision_by_two_people"
            ),
        )

    def __str__(self) -> str:
        return "decision"
