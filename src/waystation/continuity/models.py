from uuid import uuid4

from django.db import models
from django.db.models import Q

from waystation.store.fields import SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier


class BackupRun(models.Model):
    """A backup that was made. The files themselves say everything else."""

    sequence = models.BigIntegerField(primary_key=True)
    stamp = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    rows = models.BigIntegerField()
    files = models.BigIntegerField()
    size = models.BigIntegerField()
    """Bytes of both files."""

    class Meta:
        """Rules the database keeps."""

        constraints = (models.CheckConstraint(condition=Q(sequence__gte=1), name="continuity_backup_counted_from_1"),)

    def __str__(self) -> str:
        return f"backup {self.sequence}"


class Drill(models.Model):
    """A backup that was restored into a temporary place and compared."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    at = models.DateTimeField()
    by = models.UUIDField()
    stamp = models.CharField(max_length=20)
    ok = models.BooleanField()
    counts = models.JSONField(default=dict)
    """Table name to number of rows."""
    words = models.JSONField(default=list)
    """What was found: codes of `waystation.continuity.drill.FINDINGS`, each with its numbers."""

    class Meta:
        """Rules the database keeps."""

        indexes = (models.Index(fields=("ok", "at"), name="continuity_drill_by_time"),)

    def __str__(self) -> str:
        return "drill"


class Office(SealedModel):
    """Another office that bundles go to and come from. Two people add it: both compared the words of its fingerprint."""

    name = SealedText(tier=Tier.IDENTITY, max_length=200)
    age_recipient = models.CharField(max_length=62, unique=True)
    sign_public = models.BinaryField(max_length=32, unique=True)
    box_public = models.BinaryField(max_length=32)
    next_out = models.BigIntegerField(default=1)
    next_in = models.BigIntegerField(default=1)
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """Rules the database keeps."""

        constraints = (
            models.CheckConstraint(
                condition=Q(next_out__gte=1, next_in__gte=1), name="continuity_office_counts_from_1"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=models.F("added_by")),
                name="continuity_office_by_two_people",
            ),
        )

    def __str__(self) -> str:
        return "office"
