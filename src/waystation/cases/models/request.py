from django.db import models
from django.db.models import Q

from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedDate, SealedJson, SealedText
from waystation.store.tiers import Tier

ASKERS = ("self", "relative", "friend", "partner", "other")
"""Who asks: the person themself, or who on their behalf."""
WAYS = ("telephone", "message", "email", "through_somebody", "in_person")
"""Ways to answer."""
SPOKEN = ("en", "ko", "zh", "ar", "fr", "es", "other")
"""Languages to answer in."""


class Request(CaseRow):
    """The first call, in the smallest form: who asks for whom, how to answer safely, how many, where about, what the danger is.

    Nothing else is asked before it was verified. What was said then is not changed later: the case goes on beside it.
    """

    asker = SealedChoice(tier=Tier.WELFARE, choices=ASKERS)
    asker_name = SealedText(tier=Tier.IDENTITY, max_length=200)
    for_whom = SealedText(tier=Tier.IDENTITY, max_length=200)
    answer_way = SealedChoice(tier=Tier.WELFARE, choices=WAYS)
    answer_address = SealedText(tier=Tier.IDENTITY, max_length=300)
    answer_time = SealedText(tier=Tier.WELFARE, max_length=300)
    """When it is safe to answer, in their words."""
    language = SealedChoice(tier=Tier.WELFARE, choices=SPOKEN)
    heads = SealedJson(tier=Tier.WELFARE)
    """How many people of each age band: ``{"18-59": 2, "5-11": 1}``."""
    region = SealedText(tier=Tier.MOVEMENT, max_length=200)
    danger = SealedText(tier=Tier.WELFARE, max_length=10_000)
    """In their words."""
    deadline = SealedDate(tier=Tier.WELFARE)
    contact_consent = SealedChoice(tier=Tier.WELFARE, choices=("yes", "no", "not_asked"))
    """Whether whoever is asked for agreed to be contacted."""

    class Meta(CaseRow.Meta):
        """What the database itself keeps to."""

        constraints = (
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=("record",), name="cases_request_once_a_case"),
            models.CheckConstraint(condition=Q(version=1), name="cases_request_as_it_was_said"),
        )

    def __str__(self) -> str:
        return "request"
