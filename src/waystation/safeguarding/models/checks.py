from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from waystation.store.fields import SealedChoice, SealedJson, SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier


class HouseKind(StrEnum):
    """What was looked at."""

    SHELTER = "shelter"
    PARTNER = "partner"
    OFFICE = "office"


class Answer(StrEnum):
    """What was found of one sign."""

    NO = "no"
    YES = "yes"
    UNSEEN = "unseen"
    """It could not be seen this time."""


class HouseCheck(SealedModel):
    """One look at a shelter, a partner or an office of one's own, with the signs looked for in others. A record of its own."""

    by = models.UUIDField()
    checked_at = models.DateTimeField()
    next_by = models.DateTimeField()
    """When it is looked at again, at the latest."""
    kind = SealedChoice(tier=Tier.WELFARE, choices=list(HouseKind))
    name = SealedText(tier=Tier.WELFARE, max_length=200)
    answers = SealedJson(tier=Tier.WELFARE)
    """By sign: one of `Answer`."""
    words = SealedText(tier=Tier.WELFARE, max_length=20_000)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(condition=Q(next_by__gt=F("checked_at")), name="safeguarding_check_comes_again"),
        )


class CheckFollow(SealedModel):
    """Something to be put right after a look, by when; and that it was."""

    check_of = models.ForeignKey(HouseCheck, on_delete=models.PROTECT, related_name="follow_ups")
    due_at = models.DateTimeField()
    by = models.UUIDField()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    finding = SealedText(tier=Tier.WELFARE, max_length=5_000)
    done_words = SealedText(tier=Tier.WELFARE, max_length=5_000)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="safeguarding_follow_up_done_by_somebody",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("at")), name="safeguarding_follow_up_due_later"),
        )
