"""By when something is to be done: one declared table, by how soon help is needed."""

from datetime import date, timedelta
from typing import Final

from waystation.cases.steps.vocabulary import Priority

DAYS: Final[dict[str, dict[Priority, int]]] = {
    "first_answer": {Priority.EMERGENCY: 0, Priority.URGENT: 1, Priority.NORMAL: 3},
    "verify": {Priority.EMERGENCY: 1, Priority.URGENT: 3, Priority.NORMAL: 14},
    "screen": {Priority.EMERGENCY: 1, Priority.URGENT: 3, Priority.NORMAL: 14},
    "assess": {Priority.EMERGENCY: 2, Priority.URGENT: 7, Priority.NORMAL: 21},
    "recommend": {Priority.EMERGENCY: 1, Priority.URGENT: 3, Priority.NORMAL: 14},
    "decide": {Priority.EMERGENCY: 0, Priority.URGENT: 2, Priority.NORMAL: 7},
    "tell_decision": {Priority.EMERGENCY: 0, Priority.URGENT: 1, Priority.NORMAL: 3},
    "review": {Priority.EMERGENCY: 14, Priority.URGENT: 30, Priority.NORMAL: 90},
    "plan": {Priority.EMERGENCY: 2, Priority.URGENT: 7, Priority.NORMAL: 30},
    "check_in": {Priority.EMERGENCY: 1, Priority.URGENT: 1, Priority.NORMAL: 2},
    "follow_up": {Priority.EMERGENCY: 7, Priority.URGENT: 7, Priority.NORMAL: 30},
    "other": {Priority.EMERGENCY: 1, Priority.URGENT: 3, Priority.NORMAL: 14},
}
"""Days after a task was made. An organisation's own rule is another number here, in one place."""

FOR_CHILDREN: Final = frozenset({"verify", "screen", "assess", "check_in", "follow_up"})
"""Tasks that take half the time, rounded up to a day, where a child is among them."""


def due_on(what: str, priority: Priority, today: date, *, children: bool = False, deadline: date | None = None) -> date:
    """Return the day by which a task is due: by the table, and never after the deadline the person named, unless that is past."""
    days = DAYS[what][priority]
    if children and what in FOR_CHILDREN:
        days = (days + 1) // 2
    due = today + timedelta(days=days)
    return min(due, deadline) if deadline is not None and deadline >= today else due
