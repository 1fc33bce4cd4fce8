from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.errors import BlockedError, NoSuchStepError
from waystation.cases.models import Case, EventKind
from waystation.cases.services.tasks import close_tasks, put_task
from waystation.cases.services.work import Work, begin, finish
from waystation.cases.steps.blocks import Asked, Block, Source
from waystation.cases.steps.needs import blocks
from waystation.cases.steps.on_record import read_on_record
from waystation.cases.steps.rooms import ROOMS
from waystation.cases.steps.table import Transition, next_step, step_before
from waystation.cases.steps.vocabulary import Standing, Step
from waystation.store.keyring import Keyring

TASK_OF: dict[Step, str] = {
    Step.REQUEST: "first_answer",
    Step.VERIFICATION: "verify",
    Step.SCREENING: "screen",
    Step.ASSESSMENT: "assess",
    Step.DECISION: "recommend",
    Step.PLAN: "plan",
    Step.MOVEMENT: "check_in",
    Step.ARRIVAL: "check_in",
    Step.FOLLOW_UP: "follow_up",
}
"""What there is to do at each step."""


@transaction.atomic
def advance(*, keyring: Keyring, case: Case, at: datetime, sources: Collection[Source] = ROOMS) -> Case:
    """Take a case one step on, if everything that step needs is on record.

    Raises
    ------
    BlockedError
        If something is missing; it names everything that is.
    NoSuchStepError
        If the way ends here.
    NotPermittedError, CaseClosedError, CaseShreddedError
        If the person may not, or the case takes no changes any more.
    """
    work = begin(keyring, case, Action.CASE_STEP, at)
    row = _demanded(next_step(work.summary.step))
    found = standing_in_the_way(work, row.to, sources)
    if found:
        raise BlockedError(found)
    _go(work, row, EventKind.ADVANCED)
    return work.case


@transaction.atomic
def step_back(*, keyring: Keyring, case: Case, at: datetime) -> Case:
    """Take a case back to the step before. What was found there stays on record.

    Raises
    ------
    NoSuchStepError
        If it is at its first step.
    NotPermittedError, CaseClosedError, CaseShreddedError
        If the person may not, or the case takes no changes any more.
    """
    work = begin(keyring, case, Action.CASE_STEP, at)
    _go(work, _demanded(step_before(work.summary.step)), EventKind.STEPPED_BACK)
    return work.case


def standing_in_the_way(work: Work, to: Step, sources: Collection[Source]) -> list[Block]:
    """Return what stands between a case and a step, as it is now, the case being locked."""
    known = read_on_record(work.keyring, work.case.record)
    asked = Asked(work.keyring, work.case.record, to, known.companions, work.at)
    return blocks(asked, work.summary.step, known, sources)


def _demanded(row: Transition | None) -> Transition:
    if row is None:
        raise NoSuchStepError("there is no such step from here")
    return row


def _go(work: Work, row: Transition, kind: EventKind) -> None:
    work.update(step=row.to, standing=Standing.NOT_STARTED, why_not="", since=work.at.date())
    left, comes = TASK_OF[row.start], TASK_OF[row.to]
    close_tasks(work, left)
    put_task(work, comes)
    finish(work, kind, start=row.start, to=row.to)
