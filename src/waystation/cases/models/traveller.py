from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedJson, SealedText
from waystation.store.tiers import Tier

AGE_BANDS = ("0-4", "5-11", "12-17", "18-59", "60-74", "75+", "disputed")
"""The planner's age bands (``travellers.csv``)."""
CHILDREN = frozenset({"0-4", "5-11", "12-17", "disputed"})
"""Bands for which the rules for children hold: under 18, or of disputed age."""
MOBILITIES = ("full", "limited", "assisted", "carried")
"""The planner's words for how well somebody moves on foot."""
TRAVEL_NEEDS = ("wheelchair", "oxygen", "medicine", "pregnancy", "interpreter", "sight", "hearing", "calm", "other")
"""Codes of what a leg may be unfit for; what exactly it is stands in the words beside them."""
SCRIPTS = ("latin", "hangul", "han", "arabic", "cyrillic", "thai", "lao", "other")
NAME_KINDS = ("full", "birth", "married", "nickname", "on_papers", "other")
PRECISIONS = ("day", "month", "year", "about")
"""How exactly a birth date is known."""


class Traveller(CaseRow):
    """A person of a case. Colleagues' rooms know them by id alone.

    Attributes
    ----------
    names
        ``[{"text": ..., "script": one of SCRIPTS, "kind": one of NAME_KINDS}]``, the one they are called by first.
    birth
        ``{"date": "1990-03-25" | "1990-03" | "1990", "precision": one of PRECISIONS}``.
    gender
        As they say it.
    age_band, mobility, needs, accompanied_by
        In the planner's words. ``accompanied_by`` is the id of the traveller who looks after this one; a child without one is
        unaccompanied.
    languages
        Codes or names of languages, the best one first.
    """

    names = SealedJson(tier=Tier.IDENTITY)
    birth = SealedJson(tier=Tier.IDENTITY)
    gender = SealedText(tier=Tier.IDENTITY, max_length=100)
    age_band = SealedChoice(tier=Tier.WELFARE, choices=AGE_BANDS)
    mobility = SealedChoice(tier=Tier.WELFARE, choices=MOBILITIES)
    needs = SealedJson(tier=Tier.WELFARE)
    medical = SealedText(tier=Tier.WELFARE, max_length=10_000)
    languages = SealedJson(tier=Tier.WELFARE)
    accompanied_by = SealedText(tier=Tier.WELFARE, max_length=36)
    relation = SealedText(tier=Tier.WELFARE, max_length=200)
    """How they belong together, in words: mother, uncle, neighbour."""

    def __str__(self) -> str:
        return "traveller"
