"""The tables of a case: what they say is sealed by tier; readable are ids, versions and times."""

from waystation.cases.models.case import KIND, NEEDS, SMALL, TIER_FIELDS, URGENCIES, Case
from waystation.cases.models.change import Change, ChangeKind
from waystation.cases.models.contact import Contact
from waystation.cases.models.decision import OUTCOMES, REASONS, Decision
from waystation.cases.models.document import PAPERS, Document
from waystation.cases.models.draft import Draft
from waystation.cases.models.event import Event, EventKind
from waystation.cases.models.exit import EXITS, Exit
from waystation.cases.models.flag import FLAG_REASONS, Flag
from waystation.cases.models.household import GROUPS, Household
from waystation.cases.models.judgement import RESULTS, SUBJECTS, WHY_NOT_YET, Judgement
from waystation.cases.models.note import Note
from waystation.cases.models.pair_answer import PAIR_ANSWERS, PairAnswer
from waystation.cases.models.referral import ANSWERS, REFERRALS, SERVICES, Referral
from waystation.cases.models.request import ASKERS, SPOKEN, WAYS, Request
from waystation.cases.models.row import CaseRow
from waystation.cases.models.task import TASKS, Task
from waystation.cases.models.traveller import (
    AGE_BANDS,
    CHILDREN,
    MOBILITIES,
    NAME_KINDS,
    PRECISIONS,
    SCRIPTS,
    TRAVEL_NEEDS,
    Traveller,
)

__all__ = [
    "AGE_BANDS",
    "ANSWERS",
    "ASKERS",
    "CHILDREN",
    "EXITS",
    "FLAG_REASONS",
    "GROUPS",
    "KIND",
    "MOBILITIES",
    "NAME_KINDS",
    "NEEDS",
    "OUTCOMES",
    "PAIR_ANSWERS",
    "PAPERS",
    "PRECISIONS",
    "REASONS",
    "REFERRALS",
    "RESULTS",
    "SCRIPTS",
    "SERVICES",
    "SMALL",
    "SPOKEN",
    "SUBJECTS",
    "TASKS",
    "TIER_FIELDS",
    "TRAVEL_NEEDS",
    "URGENCIES",
    "WAYS",
    "WHY_NOT_YET",
    "Case",
    "CaseRow",
    "Change",
    "ChangeKind",
    "Contact",
    "Decision",
    "Document",
    "Draft",
    "Event",
    "EventKind",
    "Exit",
    "Flag",
    "Household",
    "Judgement",
    "Note",
    "PairAnswer",
    "Referral",
    "Request",
    "Task",
    "Traveller",
]
