"""How values and steps of a case are said to a reader."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from waystation.cases.models import Change, ChangeKind
from waystation.web.wording import say


def shown_value(name: str, value: object) -> str:
    """Return an opened value as it is read: choices in words, dates in full; empty for one never given."""
    if value is None:
        return ""
    if name == "urgency":
        return say(f"cases.urgency.{value}")
    if name == "needs" and isinstance(value, list):
        return ", ".join(say(f"cases.need.{each}") for each in value)
    if isinstance(value, date):
        return date_format(value, "Y-m-d")
    return str(value)


def who_did_what(change: Change, names: Mapping[UUID, str]) -> tuple[datetime, str, str]:
    """Return when a step was taken, by whom, and what it was."""
    who = names.get(change.by) or say("cases.somebody")
    fields = (
        ", ".join(say(f"cases.field.{name}") for name in change.fields) if change.kind == ChangeKind.CHANGED else ""
    )
    return change.at, who, say(f"cases.step.{change.kind}", fields=fields)


def as_initial(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return opened values as a form shows them; an exact number as an integer."""
    return {name: int(value) if name == "party_size" and value is not None else value for name, value in values.items()}
