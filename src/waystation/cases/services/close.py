from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.models import Case, ChangeKind, Event, EventKind, Exit
from waystation.cases.services.work import Work, begin, finish, kept_row, new_row
from waystation.cases.steps.vocabulary import Standing, Step
from waystation.store.keyring import Keyring


@transaction.atomic
def close_case(
    *, keyring: Keyring, case: Case, outcome: str, at: datetime, words: str = "", on: date | None = None
) -> Case:
    """Close a case, saying how it ended: it takes no changes any more, and the time it is kept begins to run.

    Parameters
    ----------
    outcome
        One of `waystation.cases.models.EXITS`.
    on
        The day on which it ended so; the day of ``at`` if none is given.

    Raises
    ------
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, it is closed or shredded already, or the outcome is not declared.
    """
    work = begin(keyring, case, Action.CASE_CLOSE, at)
    new_row(work, Exit(id=uuid4()), {"outcome": outcome, "words": words, "on": on or at.date()})
    left = work.summary.step
    work.update(step=Step.CLOSURE, standing=Standing.DONE, why_not="", since=at.date(), outcome=outcome)
    work.update(review=None, to_decide=False, recommended_by=None)
    work.case.closed_at = at
    finish(work, EventKind.LEFT, change=ChangeKind.CLOSED, log="record.closed", outcome=outcome, start=left)
    return work.case


@transaction.atomic
def reopen_case(*, keyring: Keyring, case: Case, at: datetime) -> Case:
    """Open a closed case again at the step at which it was closed; one that is open stays as it is.

    Raises
    ------
    NotPermittedError, CaseShreddedError
        If the person may not, or nobody can read it any more.
    """
    work = begin(keyring, case, Action.CASE_CLOSE, at, closed=True)
    if work.case.closed_at is None:
        return work.case
    for row in Exit.objects.filter(record=work.case.record, gone_at=None).select_related("record"):
        row.gone_at = at
        kept_row(work, row)
    work.update(step=_step_left(work), standing=Standing.NOT_STARTED, since=at.date(), outcome="")
    work.case.closed_at = None
    finish(work, EventKind.RETURNED_TO, change=ChangeKind.REOPENED, to=work.summary.step)
    return work.case


def _step_left(work: Work) -> Step:
    """Return the step at which the case was when it was closed last; its first where that is not known."""
    rows = Event.objects.filter(record=work.case.record).select_related("record").order_by("-case_version")
    for row in rows:
        told = work.keyring.open(row, "told")["told"]
        if isinstance(told, dict) and told["kind"] == EventKind.LEFT:
            return Step(told["start"])
    return Step.REQUEST
