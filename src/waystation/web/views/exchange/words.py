from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from waystation.intake.faults import Fault, Weight
from waystation.web.views.duplicates.shown import FIELDS
from waystation.web.wording import say

MOST = 500
"""Faults that one page lists; the rest are counted."""
RIGHT = ("low", "high", "choices", "rule")
"""What a fault may say of what would be right, beside the kind that is wanted."""


@dataclass(frozen=True, slots=True)
class Said:
    """A fault in words: where, what, and how heavy it is."""

    place: str
    text: str
    weight: Weight


def said_fault(fault: Fault) -> Said:
    """Return a fault in the reader's language."""
    about = {name: value for name, value in fault.about if value}
    known = {"found": "", "most": "", "encoding": "", "kind": "", "part": "", "about": "", "reason": "", "list": ""}
    text = say(f"exchange.fault.{fault.code.value}", **{**known, "setting": "", "wanted": "", **about})
    return Said(place_of(fault), " ".join([text, *_right(about)]), fault.weight)


def _right(about: Mapping[str, str]) -> list[str]:
    """Return what would be right, as far as the fault says it."""
    found = [say(f"exchange.wants.{about['wants']}")] if "wants" in about else []
    found += [say(f"exchange.wants.{name}", **{name: about[name]}) for name in RIGHT if name in about]
    return found


def said_faults(faults: Sequence[Fault]) -> list[Said]:
    """Return faults in words, at most `MOST` of them."""
    return [said_fault(each) for each in faults[:MOST]]


def said_agreeing(agreeing: Sequence[str]) -> str:
    """Return what agrees between a row and somebody it may be, in the reader's language; no value."""
    return " · ".join(say(f"duplicates.field.{FIELDS[name]}") for name in agreeing)


def place_of(fault: Fault) -> str:
    """Return where a fault is: sheet, row and column, as far as they are known."""
    parts = [fault.sheet, say("exchange.row", row=str(fault.row)) if fault.row else "", fault.column]
    return " · ".join(part for part in parts if part)
