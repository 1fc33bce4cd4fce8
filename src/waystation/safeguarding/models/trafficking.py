from django.db import models

from waystation.safeguarding.htcds import DecidingOrganisation, TraffickingStatus
from waystation.store.fields import SealedChoice, SealedJson, SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier


class Screen(SealedModel):
    """One conversation: what was told and seen. It holds no status, and none follows from it."""

    traveller_id = models.UUIDField()
    by = models.UUIDField()
    at = models.DateTimeField()
    indicators = SealedJson(tier=Tier.WELFARE)
    acts = SealedJson(tier=Tier.WELFARE)
    recruitment = SealedJson(tier=Tier.WELFARE)
    recruited_where = SealedText(tier=Tier.WELFARE, max_length=500)
    means = SealedJson(tier=Tier.WELFARE)
    exploitation = SealedJson(tier=Tier.WELFARE)
    industries = SealedJson(tier=Tier.WELFARE)
    sex_exploitation = SealedJson(tier=Tier.WELFARE)
    exploited_where = SealedText(tier=Tier.WELFARE, max_length=500)
    words = SealedText(tier=Tier.WELFARE, max_length=20_000)

    class Meta:
        """How it is looked up."""

        indexes = (models.Index(fields=("record", "traveller_id", "-at"), name="safeguarding_screen_newest"),)


class StatusDecision(SealedModel):
    """Whether somebody is a victim of trafficking, as a person or an authority decided: who, and why."""

    traveller_id = models.UUIDField()
    by = models.UUIDField()
    """Who wrote it down."""
    at = models.DateTimeField()
    status = SealedChoice(tier=Tier.WELFARE, choices=list(TraffickingStatus))
    decided_by_kind = SealedChoice(tier=Tier.WELFARE, choices=list(DecidingOrganisation))
    decided_by = SealedText(tier=Tier.WELFARE, max_length=300)
    why = SealedText(tier=Tier.WELFARE, max_length=10_000)

    class Meta:
        """How it is looked up."""

        indexes = (models.Index(fields=("record", "traveller_id", "-at"), name="safeguarding_status_newest"),)
