from django.db import models
from django.db.models import Q

from waystation.cases.models.case import Case


class ChangeKind(models.TextChoices):
    """What may happen to a case."""

    MADE = "made"
    CHANGED = "changed"
    FILE_KEPT = "file_kept"
    CLOSED = "closed"
    REOPENED = "reopened"
    WORKED = "worked"
    """Somebody did something of which an `Event` of the same version tells, sealed."""


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
