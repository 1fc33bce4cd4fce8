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

    summary = SealedJson(tier=Tier.WELFARE)
    """Where the case stands (`waystation.cases.summary.Summary`), so small that tens of thousands are opened at once."""
    outline = SealedJson(tier=Tier.MOVEMENT)
    """What of it those may know who know where people are (`waystation.cases.summary.Outline`)."""

    class Meta:
        """What the database itself keeps to."""

        constraints = (models.CheckConstraint(condition=Q(version__gte=1), name="cases_case_version_from_1"),)
        indexes = (
            models.Index(fields=("-updated_at",), name="cases_case_newest_first"),
            models.Index(fields=("closed_at",), condition=Q(closed_at__isnull=False), name="cases_case_closed"),
        )

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


SMALL = ("summary", "outline")
"""Fields that the program keeps, not a person: what lists and counts are drawn from."""

TIER_FIELDS: dict[Tier, tuple[str, ...]] = {
    tier: tuple(name for name, field in Case.sealed_fields().items() if field.tier is tier and name not in SMALL)
    for tier in Tier
}
"""The fields of a case by the tier that opens them: a section of its page each."""
