"""Marks that the machine sets: computed from where a case stands and the day, never kept; they clear by themselves."""

from datetime import date, timedelta
from typing import Final

from waystation.cases.due_dates import DAYS
from waystation.cases.steps.vocabulary import Standing, Step
from waystation.cases.summary import Summary

ALERTS: Final = (
    "overdue",
    "review_due",
    "decision_waits",
    "nobody_owns_it",
    "nothing_to_do",
    "step_stands_still",
    "flag_over",
)
"""Every alert, the gravest first."""
STILL_AFTER: Final = timedelta(days=30)
"""So long at one step before the decision is long."""
_BEFORE_DECISION: Final = frozenset({Step.REQUEST, Step.VERIFICATION, Step.SCREENING, Step.ASSESSMENT})


def alerts_of(summary: Summary, today: date) -> tuple[str, ...]:
    """Return the alerts of a case on a day, the gravest first; none of one that ended."""
    if summary.step is Step.CLOSURE:
        return ()
    late = summary.due is not None and summary.due < today
    since = summary.since
    found = {
        "overdue": late,
        "review_due": summary.review is not None and summary.review <= today,
        "decision_waits": summary.to_decide and not late and DAYS["decide"][summary.priority] == 0,
        "nobody_owns_it": summary.owner is None,
        "nothing_to_do": summary.tasks == 0,
        "step_stands_still": since is not None
        and summary.step in _BEFORE_DECISION
        and summary.standing is not Standing.DONE
        and today - since >= STILL_AFTER,
        "flag_over": summary.flags_until is not None and summary.flags_until < today,
    }
    return tuple(name for name in ALERTS if found[name])
