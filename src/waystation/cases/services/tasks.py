from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.due_dates import due_on
from waystation.cases.models import Case, EventKind, Task
from waystation.cases.services.work import Work, begin, finish, kept_row, new_row, own_row
from waystation.store.keyring import Keyring


@transaction.atomic
def add_task(
    *,
    keyring: Keyring,
    case: Case,
    what: str,
    at: datetime,
    words: str = "",
    owner: UUID | None = None,
    due: date | None = None,
) -> Task:
    """Write down something to do; without a day, it is due by the table of `waystation.cases.due_dates`.

    Raises
    ------
    NotPermittedError, CaseClosedError, CaseShreddedError
        If the person may not, or the case takes no changes any more.
    BadInputError
        If a value breaks its field's rule.
    """
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    task = put_task(work, what, words=words, owner=owner, due=due)
    finish(work, EventKind.TASK_ADDED, task=task.pk, what=what)
    return task


@transaction.atomic
def finish_task(*, keyring: Keyring, case: Case, task_id: UUID, at: datetime) -> Task:
    """Say that a task is done; one that is done stays as it is."""
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    task = own_row(work, Task, task_id)
    if keyring.open(task, "done_on")["done_on"] is not None:
        return task
    keyring.seal(task, done_on=at.date(), done_by=str(work.person.pk))
    kept_row(work, task)
    tell_tasks(work)
    finish(work, EventKind.TASK_DONE, task=task.pk, what=keyring.open(task, "what")["what"])
    return task


@transaction.atomic
def reopen_task(*, keyring: Keyring, case: Case, task_id: UUID, at: datetime) -> Task:
    """Take back that a task is done."""
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    task = own_row(work, Task, task_id)
    keyring.seal(task, done_on=None, done_by=None)
    kept_row(work, task)
    tell_tasks(work)
    finish(work, EventKind.TASK_OPENED_AGAIN, task=task.pk, what=keyring.open(task, "what")["what"])
    return task


def put_task(work: Work, what: str, *, words: str = "", owner: UUID | None = None, due: date | None = None) -> Task:
    """Write a task within another service, and tell the summary."""
    by = due or due_on(what, work.summary.priority, work.at.date(), children=work.summary.children)
    whose = owner or work.summary.owner
    values = {"what": what, "words": words, "owner": str(whose) if whose else "", "due": by}
    task = new_row(work, Task(id=uuid4()), values)
    tell_tasks(work)
    return task


def close_tasks(work: Work, *what: str) -> None:
    """Say that the open tasks of some kinds are done, within the service that did them."""
    for task, values in open_tasks(work):
        if values["what"] in what:
            work.keyring.seal(task, done_on=work.at.date(), done_by=str(work.person.pk))
            kept_row(work, task)
    tell_tasks(work)


def open_tasks(work: Work) -> list[tuple[Task, dict[str, object]]]:
    """Return the tasks of the case that are not done, with what they say."""
    rows = list(Task.objects.filter(record=work.case.record, gone_at=None).select_related("record"))
    opened = work.keyring.open_many(rows, "what", "due", "done_on", "owner")
    return [(row, opened[row.pk]) for row in rows if row.pk in opened and opened[row.pk]["done_on"] is None]


def tell_tasks(work: Work) -> None:
    """Count the open tasks into the summary, with the earliest day on which one is due."""
    days = [values["due"] for _, values in open_tasks(work)]
    known = [day for day in days if isinstance(day, date)]
    work.update(tasks=len(days), due=min(known, default=None))
