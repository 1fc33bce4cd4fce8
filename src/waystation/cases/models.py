from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.store.fields import SealedChoice, SealedDate, SealedJson, SealedNumber, SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier

KIND = "case"
"""The kind of a case's record."""

URGENCIES = ("now", "soon", "later", "unclear")
NEEDS = ("medicine", "walking", "pregnancy", "child", "interpreter", "shelter", "food", "papers", "listening")


class Case(SealedModel):
    """A person, household or group who asks for help. Its id is its record's; what it says is sealed, by tier."""

    travels = True

    code = models.CharField(max_length=20, unique=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    name = SealedText(tier=Tier.IDENTITY, max_length=200)
    birth_date = SealedDate(tier=Tier.IDENTITY)
    whereabouts = SealedText(tier=Tier.MOVEMENT, max_length=2_000)
    party_size = SealedNumber(tier=Tier.MOVEMENT, minimum=1, maximum=200)
    urgency = SealedChoice(tier=Tier.WELFARE, choices=URGENCIES)
    needs = SealedJson(tier=Tier.WELFARE)
    note = SealedText(tier=Tier.WELFARE, max_length=20_000)
    testimony = SealedText(tier=Tier.EVIDENCE, max_length=100_000)

    class Meta:
        """What the database itself keeps to."""

        constraints = (models.CheckConstraint(condition=Q(version__gte=1), name="cases_case_version_from_1"),)
        indexes = (models.Index(fields=("-updated_at",), name="cases_case_newest_first"),)

    def __str__(self) -> str:
        return f"case {self.code}"

    @property
    def team_id(self) -> UUID | None:
        """The team whose case it is; None for the office's."""
        return self.record.team_id

    @property
    def created_at(self) -> datetime:
        """When it was entered."""
        return self.record.created_at


class ChangeKind(models.TextChoices):
    """What may happen to a case."""

    MADE = "made"
    CHANGED = "changed"
    FILE_KEPT = "file_kept"
    CLOSED = "closed"
    REOPENED = "reopened"


class Change(models.Model):
    """One step of a case's history: who took it from one version to the next, when, and in which fields. No values."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=ChangeKind)
    tiers = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.UniqueConstraint(fields=("case", "version"), name="cases_change_once_a_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="cases_change_version_from_1"),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in ChangeKind]), name="cases_change_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"version {self.version} of a case"


TIER_FIELDS: dict[Tier, tuple[str, ...]] = {
    tier: tuple(name for name, field in Case.sealed_fields().items() if field.tier is tier) for tier in Tier
}
"""The fields of a case by the tier that opens them: a section of its page each."""
