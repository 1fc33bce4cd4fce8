"""What was imported, what went out, and the forms of the organisation. What any of it says about somebody is sealed."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from waystation.store.fields import SealedJson, SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier

BEFORE = (Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE)
"""Tiers of which an import may change something."""


class Import(models.Model):
    """A file that was taken in: by whom, when, and how many rows became what. The file itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.UUIDField()
    at = models.DateTimeField()
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    stopped = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportLine(SealedModel):
    """A row that made or changed a case. It belongs to the case's record, and is destroyed with it.

    Attributes
    ----------
    case_version
        The case's version that it made: only while it is the newest can the row be taken back.
    digest
        Of everything the row said: the same row again changes nothing.
    identity_before, movement_before, welfare_before
        What stood in the case before, of an update: ``{"note": "..."}``, by tier.
    """

    source = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    made = models.BooleanField()
    case_version = models.PositiveIntegerField()
    digest = SealedText(tier=Tier.IDENTITY, max_length=64)
    reference = SealedText(tier=Tier.IDENTITY, max_length=200)
    identity_before = SealedJson(tier=Tier.IDENTITY)
    movement_before = SealedJson(tier=Tier.MOVEMENT)
    welfare_before = SealedJson(tier=Tier.WELFARE)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.UniqueConstraint(fields=("source", "row"), name="exchange_line_once_a_row"),
            models.CheckConstraint(condition=Q(case_version__gte=1), name="exchange_line_version_from_1"),
        )

    def __str__(self) -> str:
        return "imported row"


class Export(SealedModel):
    """A line of the register: what went out, for what, to whom, until when it may be kept. Its record is the organisation's."""

    purpose = models.CharField(max_length=20)
    what = models.CharField(max_length=20, default="cases")
    fields = models.JSONField(default=list)
    rows = models.PositiveIntegerField()
    form = models.CharField(max_length=4)
    by = models.UUIDField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    """Since when the file is no longer here."""
    recipient = SealedText(tier=Tier.IDENTITY, max_length=200)
    reason = SealedText(tier=Tier.IDENTITY, max_length=1_000)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("at")), name="exchange_export_expires_later"),
            models.CheckConstraint(condition=Q(form__in=("csv", "xlsx")), name="exchange_export_form_known"),
        )

    def __str__(self) -> str:
        return "export"


class OwnForm(models.Model):
    """A form that the organisation brought in: questions, not answers, so nothing of it is sealed.

    Attributes
    ----------
    tier
        Who may open what was filled in.
    document, left_out
        `waystation.intake.forms.document`, and what of the form is not supported here, with its row.
    mapping
        How files of submissions are read, kept from the last time.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=100, blank=True)
    tier = models.CharField(max_length=8)
    document = models.JSONField()
    left_out = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    by = models.UUIDField()
    at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(
                condition=Q(tier__in=sorted(tier.value for tier in Tier)), name="exchange_form_tier_known"
            ),
        )

    def __str__(self) -> str:
        return "form"


class Submission(SealedModel):
    """A form filled in about a case: a draft until it is filed. Its answers stand in the field of the form's tier.

    Attributes
    ----------
    identity, movement, welfare, evidence
        ``{"answers": ..., "key": what another program calls it}``; one of them.
    """

    form = models.ForeignKey(OwnForm, on_delete=models.PROTECT, related_name="submissions")
    by = models.UUIDField()
    at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    imported = models.BooleanField(default=False)
    identity = SealedJson(tier=Tier.IDENTITY)
    movement = SealedJson(tier=Tier.MOVEMENT)
    welfare = SealedJson(tier=Tier.WELFARE)
    evidence = SealedJson(tier=Tier.EVIDENCE)

    class Meta:
        """What the database itself keeps to."""

        indexes = (models.Index(fields=("record", "form"), name="exchange_submission_of_case"),)

    def __str__(self) -> str:
        return "submission"
