from django.db import models
from django.db.models import Q

from waystation.store.fields import SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier


class Entry(models.Model):
    """One line of the log. Written once by `waystation.audit.services.append`, never changed, never removed."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    signer = models.UUIDField()
    payload = models.BinaryField()
    previous = models.BinaryField(max_length=32, unique=True)
    digest = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        """What the database itself keeps to."""

        constraints = (models.CheckConstraint(condition=Q(seq__gte=1), name="audit_entry_counted_from_1"),)
        indexes = (
            models.Index(fields=("signer", "kind", "at"), name="audit_entry_by_signer"),
            models.Index(fields=("at",), name="audit_entry_by_time"),
        )

    def __str__(self) -> str:
        return f"entry {self.seq}"


class Head(models.Model):
    """The end of the log: one row, locked by whoever writes the next entry, so that the chain never forks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    digest = models.BinaryField(max_length=32)

    class Meta:
        """What the database itself keeps to."""

        constraints = (models.CheckConstraint(condition=Q(id=1), name="audit_head_is_one"),)

    def __str__(self) -> str:
        return f"log up to {self.seq}"


class LogBox(SealedModel):
    """A key pair to which payloads are sealed: whoever writes needs the public half, whoever reads the other one.

    The highest number is in use; earlier ones open earlier entries.
    """

    number = models.PositiveIntegerField(unique=True)
    box_public = models.BinaryField(max_length=32)
    box_secret = SealedText(tier=Tier.EVIDENCE, max_length=64)
    key_version = models.PositiveIntegerField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        """What the database itself keeps to."""

        constraints = (models.CheckConstraint(condition=Q(number__gte=1), name="audit_box_counted_from_1"),)

    def __str__(self) -> str:
        return f"log box {self.number}"
