from typing import ClassVar

from django.db import models
from django.db.models import Q

from waystation.store.models import SealedModel


class CaseRow(SealedModel):
    """A row of a case: it belongs to the case's record, whose id is the case's. Readable are ids, a version and times alone.

    Attributes
    ----------
    version
        Counted up by each save, so that nobody overwrites what they did not see.
    by, at
        Who wrote it last, and when.
    gone_at
        Since when it no longer counts; it stays, so that taking it away can be taken back.
    """

    travels = True

    version = models.PositiveIntegerField(default=1)
    by = models.UUIDField()
    at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        """No table of its own."""

        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(condition=Q(version__gte=1), name="%(app_label)s_%(class)s_version_from_1"),
        )
