"""The vocabulary: frozen data that says what an organisation knows. No algorithm lives here."""

from waystation.engine.model.belief import Belief
from waystation.engine.model.caps import Caps
from waystation.engine.model.condition import Chain, Condition, LevelFactor, LevelRef, Observation, neighbour_matrix
from waystation.engine.model.experience import Fund, Outcome, OutcomeKind, Regime
from waystation.engine.model.group import (
    AgeBand,
    BestInterests,
    EffortLimit,
    Group,
    Mobility,
    Traveller,
    Urgency,
    usual_effort_limit,
)
from waystation.engine.model.judgement import Asked, ClosedAnswer, Estimate, Judgement
from waystation.engine.model.learned import Experience, LearningRules, PastBelief, Quantity, Stated, Subject
from waystation.engine.model.leg import Company, DateRange, Days, Demand, Leg, Mode, Refusal
from waystation.engine.model.network import Network
from waystation.engine.model.partner import Partner, PartnerKind
from waystation.engine.model.place import Place, PlaceKind
from waystation.engine.model.rates import MissingRateError, Rate, convert

__all__ = [
    "AgeBand",
    "Asked",
    "Belief",
    "BestInterests",
    "Caps",
    "Chain",
    "ClosedAnswer",
    "Company",
    "Condition",
    "DateRange",
    "Days",
    "Demand",
    "EffortLimit",
    "Estimate",
    "Experience",
    "Fund",
    "Group",
    "Judgement",
    "LearningRules",
    "Leg",
    "LevelFactor",
    "LevelRef",
    "MissingRateError",
    "Mobility",
    "Mode",
    "Network",
    "Observation",
    "Outcome",
    "OutcomeKind",
    "Partner",
    "PartnerKind",
    "PastBelief",
    "Place",
    "PlaceKind",
    "Quantity",
    "Rate",
    "Refusal",
    "Regime",
    "Stated",
    "Subject",
    "Traveller",
    "Urgency",
    "convert",
    "neighbour_matrix",
    "usual_effort_limit",
]
