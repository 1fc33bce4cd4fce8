from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedJson
from waystation.store.tiers import Tier

GROUPS = ("household", "group")


class Household(CaseRow):
    """Who travels together: a household, or people who became a group.

    Attributes
    ----------
    members, not_consenting
        Ids of travellers; those who did not consent do not travel, whatever the others decide.
    inseparable
        Lists of ids of travellers who may not be separated.
    """

    kind = SealedChoice(tier=Tier.WELFARE, choices=GROUPS)
    members = SealedJson(tier=Tier.WELFARE)
    inseparable = SealedJson(tier=Tier.WELFARE)
    not_consenting = SealedJson(tier=Tier.WELFARE)

    def __str__(self) -> str:
        return "household"
