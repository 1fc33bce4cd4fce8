from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from waystation.safeguarding.deadlines import Gravity
from waystation.store.fields import SealedChoice, SealedJson, SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier


class Origin(StrEnum):
    """From whom a complaint comes."""

    TRAVELLER = "traveller"
    STAFF = "staff"
    PARTNER = "partner"
    OTHER = "outsider"


class Complaint(SealedModel):
    """A complaint, in a record of its own. Its id is its record's. Who it is about holds no key of it."""

    received_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()
    answer_by = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    complainant = SealedText(tier=Tier.IDENTITY, max_length=200)
    """Empty if whoever complains wishes to stay unnamed."""
    contact = SealedText(tier=Tier.IDENTITY, max_length=500)
    origin = SealedChoice(tier=Tier.EVIDENCE, choices=list(Origin))
    gravity = SealedChoice(tier=Tier.EVIDENCE, choices=list(Gravity))
    about = SealedJson(tier=Tier.EVIDENCE)
    """Ids of the people here whom it is about."""
    kept_away = SealedJson(tier=Tier.EVIDENCE)
    """Ids of everybody who may hold no key of it: those, who reports to them, and whom the complainant named."""
    about_words = SealedText(tier=Tier.EVIDENCE, max_length=1_000)
    words = SealedText(tier=Tier.EVIDENCE, max_length=50_000)
    wish = SealedText(tier=Tier.EVIDENCE, max_length=5_000)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(
                condition=Q(acknowledge_by__gt=F("received_at"), answer_by__gte=F("acknowledge_by")),
                name="safeguarding_complaint_deadlines_in_order",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(acknowledged_at__gte=F("received_at")),
                name="safeguarding_complaint_acknowledged_after",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(acknowledged_at__isnull=False, closed_at__gte=F("acknowledged_at")),
                name="safeguarding_complaint_answered_after",
            ),
        )


class StepKind(StrEnum):
    """What is done with a complaint."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    NOTED = "noted"
    HANDED_OVER = "handed_over"
    ANSWERED = "answered"


class Outcome(StrEnum):
    """What came of it."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    OUTSIDE = "outside"
    """Passed on to an authority or another body outside."""
    TAKEN_BACK = "taken_back"


class ComplaintStep(SealedModel):
    """One step of a complaint, in words."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=[(word.value, word.value) for word in StepKind])
    by = models.UUIDField()
    at = models.DateTimeField()
    outcome = SealedChoice(tier=Tier.EVIDENCE, choices=list(Outcome))
    words = SealedText(tier=Tier.EVIDENCE, max_length=20_000)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[word.value for word in StepKind]), name="safeguarding_complaint_step_known"
            ),
            models.UniqueConstraint(
                fields=("complaint", "kind"),
                condition=Q(kind__in=(StepKind.RECEIVED.value, StepKind.ACKNOWLEDGED.value, StepKind.ANSWERED.value)),
                name="safeguarding_complaint_step_once",
            ),
        )
