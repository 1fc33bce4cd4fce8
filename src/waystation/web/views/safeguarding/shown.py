"""How what is kept about a traveller is said to a reader."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from waystation.safeguarding.models import ChildFacts, Screen, StatusDecision
from waystation.web.views.safeguarding.forms import BEGINNINGS
from waystation.web.wording import say

Facts = list[tuple[str, str]]


def signed(row: Any, names: Mapping[UUID, str]) -> tuple[str, str]:
    """Return who wrote a row and when, as a fact."""
    return say("safeguarding.written"), f"{names.get(row.by) or say('cases.somebody')}, {row.at:%Y-%m-%d %H:%M} UTC"


def shown_status(row: StatusDecision, opened: Mapping[str, Any], names: Mapping[UUID, str]) -> Facts:
    """Return a decision about trafficking as facts."""
    return [
        (say("safeguarding.field.status"), say(f"safeguarding.status.{opened['status']}")),
        (
            say("safeguarding.field.decided_by"),
            f"{opened['decided_by']} ({say('safeguarding.decider.' + str(opened['decided_by_kind']))})",
        ),
        (say("safeguarding.field.why"), str(opened["why"])),
        signed(row, names),
    ]


def shown_screen(row: Screen, opened: Mapping[str, Any], names: Mapping[UUID, str]) -> Facts:
    """Return what was told and seen as facts; what was left open is left out."""
    facts = [
        (say(f"safeguarding.field.{name}"), ", ".join(say(f"{beginning}{each}") for each in opened[name]))
        for name, beginning in BEGINNINGS.items()
        if opened[name]
    ]
    facts += [(say(f"safeguarding.field.{name}"), opened[name]) for name in _PLACES if opened[name]]
    if opened["words"]:
        facts.append((say("safeguarding.field.screen_words"), opened["words"]))
    return [*facts, signed(row, names)]


def shown_facts(row: ChildFacts, opened: Mapping[str, Any], names: Mapping[UUID, str]) -> Facts:
    """Return what is known of a child as facts."""
    return [
        (say("safeguarding.field.age"), say(f"safeguarding.age.{opened['age']}")),
        (say("safeguarding.field.care"), say(f"safeguarding.care.{opened['care']}")),
        (say("safeguarding.field.care_evidence"), str(opened["care_evidence"])),
        (say("safeguarding.field.care_grade"), say(f"safeguarding.grade.{opened['care_grade']}")),
        (say("safeguarding.field.mother"), say(f"safeguarding.parent.{opened['mother']}")),
        (say("safeguarding.field.father"), say(f"safeguarding.parent.{opened['father']}")),
        (say("safeguarding.field.parents_evidence"), str(opened["parents_evidence"])),
        (say("safeguarding.field.parents_grade"), say(f"safeguarding.grade.{opened['parents_grade']}")),
        signed(row, names),
    ]


_PLACES = ("recruited_where", "exploited_where")
