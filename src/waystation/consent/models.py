from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from waystation.consent.purposes import Purpose
from waystation.store.fields import SealedJson, SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier


class Answer(StrEnum):
    """What was said."""

    GIVEN = "given"
    REFUSED = "refused"


class SaidBy(StrEnum):
    """Who said it."""

    SELF = "self"
    GUARDIAN = "guardian"


class Capacity(StrEnum):
    """Whether the traveller could decide, as whoever asked saw it."""

    ABLE = "able"
    SUPPORTED = "supported"
    """With help: an interpreter, time, somebody they trust."""
    NOT_ABLE = "not_able"


def _one_of(column: str, words: Iterable[str], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__in": [str(word) for word in words]}), name=name)


class Consent(SealedModel):
    """One answer of one traveller about one purpose. Never changed: a later answer is another row.

    What blocks (purpose, answer, times) stands unsealed, so that nobody needs a key to be stopped by it.
    """

    travels = True

    traveller_id = models.UUIDField()
    purpose = models.CharField(max_length=12, choices=[(word.value, word.value) for word in Purpose])
    partner_id = models.UUIDField(null=True)
    """The partner something may be told to, where the organisation keeps partners."""
    answer = models.CharField(max_length=8, choices=[(word.value, word.value) for word in Answer])
    said_by = models.CharField(max_length=8, choices=[(word.value, word.value) for word in SaidBy])
    capacity = models.CharField(max_length=10, choices=[(word.value, word.value) for word in Capacity])
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """When it ends by itself; None holds until it is withdrawn."""
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    guardian = SealedText(tier=Tier.IDENTITY, max_length=200)
    shared_with = SealedText(tier=Tier.WELFARE, max_length=1_000)
    withheld = SealedJson(tier=Tier.WELFARE)
    """What is not to be told, to whom, and why: a list of ``{"what", "whom", "why"}``."""
    words = SealedText(tier=Tier.WELFARE, max_length=10_000)
    """How it was asked and what was said, in which language."""

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            _one_of("purpose", Purpose, "consent_purpose_known"),
            _one_of("answer", Answer, "consent_answer_known"),
            _one_of("said_by", SaidBy, "consent_said_by_known"),
            _one_of("capacity", Capacity, "consent_capacity_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_at")), name="consent_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(said_by=SaidBy.SELF.value, answer=Answer.GIVEN.value, capacity=Capacity.NOT_ABLE.value),
                name="consent_needs_capacity",
            ),
            models.CheckConstraint(
                condition=Q(partner_id=None) | Q(purpose=Purpose.SHARING.value), name="consent_partner_only_to_share"
            ),
        )
        indexes = (models.Index(fields=("record", "traveller_id", "-recorded_at"), name="consent_newest_first"),)


class Withdrawn(SealedModel):
    """A consent that was taken back: when, by whom, written down by whom. It is not undone; one asks again."""

    travels = True

    consent_id = models.UUIDField(unique=True)
    said_by = models.CharField(max_length=8, choices=[(word.value, word.value) for word in SaidBy])
    withdrawn_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    words = SealedText(tier=Tier.WELFARE, max_length=10_000)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            _one_of("said_by", SaidBy, "consent_withdrawn_by_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__lte=F("recorded_at")), name="consent_withdrawn_not_in_the_future"
            ),
        )
