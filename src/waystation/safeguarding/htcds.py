"""What the trafficking screen records, by the names of the Human Trafficking Case Data Standard 2.0.

The standard is by the International Organization for Migration (UNMigration/HTCDS, CC BY 4.0); no endorsement by IOM is implied.
Only its field and value names stand here, so that data can be exchanged; what they are called on a page is this project's own.
Trafficking is an act, by a means, for a purpose (UN Protocol of 2000, article 3); for a child no means is needed.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class TraffickingStatus(StrEnum):
    """``vic_TraffickingStatus``: what a person or an authority decided."""

    POSSIBLE = "PossibleVictimOfTrafficking"
    ACTUAL = "ActualVictimOfTrafficking"
    NOT = "NotAVictimOfTrafficking"


class DecidingOrganisation(StrEnum):
    """``vic_TraffickingStatusDecisionMakingOrg``."""

    POLICE = "Police"
    NGO = "NGO"
    COURT = "CourtOrProsecution"
    AUTHORITY = "NonPoliceGovernmentalOrganization"
    OTHER = "Other"


ACTS: Final = ("Recruitment", "Transport", "Transfer", "Harbouring", "Receipt")
"""What was done to the person, in the words of the Protocol; the standard has it in part as the method of recruitment."""

RECRUITMENT: Final = (
    "AtAPlaceOfBusiness",
    "AtAnEducationalInstitution",
    "AtWork",
    "ThroughOnlineSocialNetworks",
    "ThroughAnOnlineAdvertisement",
    "ThroughATelevisionAdvert",
    "ThroughANewspaperAdvert",
    "ThroughFamilyOrFamilyEvents",
    "ThroughFriendsOrSocialEvents",
    "Other",
)
MEANS: Final = (
    "PhysicalThreats",
    "ThreatsLawEnforcement",
    "ThreatensChildrenFamily",
    "DebtBondage",
    "FalsePromises",
    "PhysicalAbuse",
    "SexualAbuse",
    "TakesEarnings",
    "RestrictsFinancialAccess",
    "RestrictsMedicalCare",
    "WithholdsNecessities",
    "PsychologicalAbuse",
    "PsychoactiveSubstance",
    "ExcessiveWorkingHours",
    "WithholdsDocuments",
    "Other",
)
EXPLOITATION: Final = (
    "ForcedLabour",
    "SexualExploitation",
    "ChildLabour",
    "ForcedMarriage",
    "Servitude",
    "ForcedMilitaryByNonStateActors",
    "OrganRemoval",
    "ForcedBegging",
    "ForcedAdoption",
    "Surrogacy",
    "Other",
)
INDUSTRIES: Final = (
    "A_AgricultureForestryAndFishing",
    "B_MiningAndQuarrying",
    "C_Manufacturing",
    "D_ElectricityGasSteamAndAirConditioningSupply",
    "E_WaterSupplySewerageWasteManagement",
    "F_Construction",
    "G_WholesaleAndRetailTradeRepairOfMotorVehicles",
    "H_TransportationAndStorage",
    "I_AccommodationAndFoodServiceActivities",
    "J_InformationAndCommunication",
    "K_FinancialAndInsuranceActivities",
    "L_RealEstateActivities",
    "M_ProfessionalScientificAndTechnicalActivities",
    "N_AdministrativeAndSupportServiceActivities",
    "O_PublicAdministrationAndDefence",
    "P_Education",
    "Q_HumanHealthAndSocialWorkActivities",
    "R_ArtsEntertainmentAndRecreation",
    "S_OtherServiceActivities",
    "T_ActivitiesOfHouseholdsAsEmployers",
    "U_ActivitiesOfExtraterritorialOrganizations",
)
SEX_EXPLOITATION: Final = ("Prostitution", "Pornography", "RemoteInteractiveServices", "PrivateSexualServices")

FIELD_NAMES: Final[Mapping[str, str]] = {
    "recruitment": "vic_MethodOfRecruitment",
    "recruited_where": "vic_LocationOfRecruitment",
    "means": "vic_Methods_of_Control",
    "exploitation": "vic_TypeOfExploitation",
    "industries": "vic_ForcedLabourIndustry",
    "sex_exploitation": "vic_TypeOfSexExploitation",
    "exploited_where": "vic_LocationOfExploitation",
    "status": "vic_TraffickingStatus",
    "decided_by_kind": "vic_TraffickingStatusDecisionMakingOrg",
}
"""What the standard calls our fields."""

LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "acts": ACTS,
    "recruitment": RECRUITMENT,
    "means": MEANS,
    "exploitation": EXPLOITATION,
    "industries": INDUSTRIES,
    "sex_exploitation": SEX_EXPLOITATION,
}
"""The fields of a screen that hold several values, and what they may hold."""
