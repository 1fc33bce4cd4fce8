"""The tables of safeguarding. Rows about a traveller belong to the case's record and are only ever added."""

from waystation.safeguarding.models.checks import Answer, CheckFollow, HouseCheck, HouseKind
from waystation.safeguarding.models.children import (
    Age,
    Care,
    ChildFacts,
    Grade,
    Paper,
    PaperDecision,
    PaperKind,
    Parent,
    Qualification,
    Recommendation,
    Verdict,
)
from waystation.safeguarding.models.complaints import Complaint, ComplaintStep, Origin, Outcome, StepKind
from waystation.safeguarding.models.trafficking import Screen, StatusDecision

__all__ = [
    "Age",
    "Answer",
    "Care",
    "CheckFollow",
    "ChildFacts",
    "Complaint",
    "ComplaintStep",
    "Grade",
    "HouseCheck",
    "HouseKind",
    "Origin",
    "Outcome",
    "Paper",
    "PaperDecision",
    "PaperKind",
    "Parent",
    "Qualification",
    "Recommendation",
    "Screen",
    "StatusDecision",
    "StepKind",
    "Verdict",
]
