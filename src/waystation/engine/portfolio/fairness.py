"""Who waits, and how long, by declared need: what a board must see beside what was chosen."""

from collections.abc import Sequence
from datetime import date

from waystation.engine.model import Urgency
from waystation.engine.portfolio.decision import Standing, Verdict, Waiting


def fairness(verdicts: Sequence[Verdict], as_of: date) -> tuple[Waiting, ...]:
    """Return a row for each declared urgency that occurs, the most urgent first."""
    return tuple(
        _row(urgency, some, as_of)
        for urgency in Urgency
        if (some := [each for each in verdicts if each.urgency is urgency])
    )


def _row(urgency: Urgency, verdicts: Sequence[Verdict], as_of: date) -> Waiting:
    going = [each for each in verdicts if each.standing is Standing.NOW]
    waits = [each.waited for each in verdicts if each.standing is not Standing.NOW and each.waited is not None]
    until = [
        each.waited + (each.going.start - as_of).days
        for each in going
        if each.going is not None and each.waited is not None
    ]
    return Waiting(
        urgency=urgency,
        groups=len(verdicts),
        people=sum(each.people for each in verdicts),
        going=len(going),
        people_going=sum(each.people for each in going),
        waited=(sum(waits) / len(waits), max(waits)) if waits else None,
        until_start=sum(until) / len(until) if until else None,
    )
