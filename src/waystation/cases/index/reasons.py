"""Why a case is in front of somebody: one declared table for the counts of the home page, the filters, and what a row says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from waystation.cases.alerts import alerts_of
from waystation.cases.index.entry import Entry
from waystation.cases.queries import QUIET_AFTER
from waystation.cases.steps.vocabulary import Standing, Step

SOON = timedelta(days=7)
"""What is due within so many days is due soon."""
ENDS_SOON = timedelta(days=14)
"""A consent that ends within so many days is to be asked for again: some are far away, and answer once a week."""


class Reason(StrEnum):
    """Why a case is in front of somebody; in the order in which the first one that holds is told."""

    OVERDUE = "overdue"
    """A task's day has passed."""
    DECIDE = "decide"
    """A recommendation waits for a second person, or the day of a review has come."""
    CONSENT = "consent"
    """What somebody agreed to ends within `ENDS_SOON`, or has ended: it is to be asked again."""
    ALERT = "alert"
    """The machine's mark: it clears by itself."""
    WAITING = "waiting"
    """It waits for the reader: theirs, with something to do."""
    NEW = "new"
    """Nobody has begun."""
    SOON = "soon"
    """Due within `SOON`."""
    FLAG = "flag"
    """A person's mark."""
    BLOCKED = "blocked"
    """Looked at, and it cannot go on yet."""
    QUIET = "quiet"
    """Nobody changed it for long."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and when.

    Attributes
    ----------
    decides
        Whether they may be the second person of a decision.
    """

    person_id: UUID
    team_id: UUID | None
    decides: bool
    today: date


def reasons(entry: Entry, reader: Reader) -> tuple[Reason, ...]:
    """Return every reason that holds for an open case, in the order of `Reason`; none for a closed one."""
    if not entry.open:
        return ()
    return tuple(reason for reason, holds in HOLDS.items() if holds(entry, reader))


def alerts(entry: Entry, today: date) -> tuple[str, ...]:
    """Return the machine's marks on an open case (`waystation.cases.alerts.ALERTS`); none where no steps were kept yet."""
    of = entry.summary
    return alerts_of(of, today) if of is not None and of.since is not None and entry.open else ()


def owner_of(entry: Entry) -> UUID | None:
    """Return who carries a case: whoever it was given to, otherwise nobody; of an old one, whoever entered it."""
    if entry.summary is not None and (entry.summary.owner is not None or entry.summary.since is not None):
        return entry.summary.owner
    return entry.maker


def _overdue(entry: Entry, reader: Reader) -> bool:
    return entry.summary is not None and entry.summary.due is not None and entry.summary.due < reader.today


def _decide(entry: Entry, reader: Reader) -> bool:
    of = entry.summary
    if of is None or not reader.decides:
        return False
    return (of.to_decide and of.recommended_by != reader.person_id) or (
        of.review is not None and of.review <= reader.today
    )


def _waiting(entry: Entry, reader: Reader) -> bool:
    of = entry.summary
    if of is None or owner_of(entry) != reader.person_id:
        return False
    return of.standing is not Standing.CANNOT_YET and not of.to_decide


def _new(entry: Entry, reader: Reader) -> bool:
    of = entry.summary
    return of is not None and of.step is Step.REQUEST and of.standing is Standing.NOT_STARTED and of.since is not None


def _soon(entry: Entry, reader: Reader) -> bool:
    due = entry.summary.due if entry.summary else None
    return due is not None and reader.today <= due <= reader.today + SOON


HOLDS: dict[Reason, Callable[[Entry, Reader], bool]] = {
    Reason.OVERDUE: _overdue,
    Reason.DECIDE: _decide,
    Reason.CONSENT: lambda entry, reader: (
        entry.consent_until is not None and entry.consent_until.date() <= reader.today + ENDS_SOON
    ),
    Reason.ALERT: lambda entry, reader: bool(alerts(entry, reader.today)),
    Reason.WAITING: _waiting,
    Reason.NEW: _new,
    Reason.SOON: _soon,
    Reason.FLAG: lambda entry, reader: entry.summary is not None and bool(entry.summary.flags),
    Reason.BLOCKED: lambda entry, reader: entry.summary is not None and entry.summary.standing is Standing.CANNOT_YET,
    Reason.QUIET: lambda entry, reader: entry.updated_at.date() <= reader.today - QUIET_AFTER,
}
"""When each holds. One row for each `Reason`, in its order."""
