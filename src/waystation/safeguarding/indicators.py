"""Signs that somebody may be held or used: looked for in what travellers tell, and in the organisation's own houses and partners.

A sign starts an inquiry. It decides nothing: no status follows from it (`waystation.safeguarding.services.screens`).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Indicator:
    """One sign.

    Attributes
    ----------
    means
        The means of control it may point to, by the names of `waystation.safeguarding.htcds.MEANS`; empty for none in particular.
    of_person
        Whether it is asked of a traveller.
    of_house
        Whether it is asked of a shelter, an office or a partner.
    """

    code: str
    means: str = ""
    of_person: bool = True
    of_house: bool = True


INDICATORS: Final = (
    Indicator("documents_held", "WithholdsDocuments"),
    Indicator("no_free_exit"),
    Indicator("wages_withheld", "TakesEarnings"),
    Indicator("debt_claimed", "DebtBondage"),
    Indicator("threats", "PhysicalThreats"),
    Indicator("family_threatened", "ThreatensChildrenFamily"),
    Indicator("cut_off"),
    Indicator("watched"),
    Indicator("spoken_for", of_house=False),
    Indicator("fear_of_companion", of_house=False),
    Indicator("injuries", "PhysicalAbuse", of_house=False),
    Indicator("does_not_know_where", of_house=False),
    Indicator("work_for_help", "ExcessiveWorkingHours"),
    Indicator("sex_for_help", "SexualAbuse"),
    Indicator("filming_for_help"),
    Indicator("no_complaint_heard", of_person=False),
)
OF_PERSON: Final = tuple(each.code for each in INDICATORS if each.of_person)
OF_HOUSE: Final = tuple(each.code for each in INDICATORS if each.of_house)
