from datetime import datetime

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.models import Case, EventKind
from waystation.cases.services.work import begin, finish
from waystation.cases.steps.vocabulary import Priority
from waystation.store.keyring import Keyring


@transaction.atomic
def set_priority(*, keyring: Keyring, case: Case, priority: Priority, at: datetime) -> Case:
    """Say how soon help is needed. Tasks that are written from now on are due by it; those that are there keep their day.

    Raises
    ------
    NotPermittedError, CaseClosedError, CaseShreddedError
        If the person may not, or the case takes no changes any more.
    """
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    before = work.summary.priority
    if before is priority:
        return work.case
    work.update(priority=priority)
    finish(work, EventKind.PRIORITY_SET, before=before, to=priority)
    return work.case
