from django.db import models
from django.db.models import Q

from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedJson, SealedText
from waystation.store.tiers import Tier

PAIR_ANSWERS = ("kept", "merged", "different", "later", "taken_back")
"""What people say of two cases: one person's and this one goes on, one person's and this one was merged into the other, two
people's, not yet known, and that a merge was taken back."""


class PairAnswer(CaseRow):
    """What somebody said, seen from this case, of it and another. Appended, never changed: the newest of a pair counts.

    Each answer stands in both cases, so that whoever may open either knows it.

    Attributes
    ----------
    other
        The id of the other case; sealed, so that whoever reads the tables does not learn who may be whom.
    before
        Where a case stood before it was merged: its summary, or that it was closed already (``{"closed": true}``). By it the
        merge is taken back.
    """

    other = SealedText(tier=Tier.WELFARE, max_length=36)
    answer = SealedChoice(tier=Tier.WELFARE, choices=PAIR_ANSWERS)
    reason = SealedText(tier=Tier.WELFARE, max_length=2_000)
    before = SealedJson(tier=Tier.WELFARE)

    class Meta(CaseRow.Meta):
        """What the database itself keeps to."""

        constraints = (
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=Q(version=1, gone_at=None), name="cases_pairanswer_as_it_was_said"),
        )

    def __str__(self) -> str:
        return "answer about a pair"
