from datetime import datetime

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.cases.models import Case, ChangeKind
from waystation.cases.policies import refuse_closed, refuse_shredded
from waystation.cases.services.steps import locked_case, permit, take_step
from waystation.store.keyring import Keyring


@transaction.atomic
def close_case(*, keyring: Keyring, case: Case, at: datetime) -> Case:
    """Close a case: it takes no changes any more, and the time it is kept begins to run.

    Raises
    ------
    NotPermittedError, CaseClosedError, CaseShreddedError
        If the person may not, or it is closed or shredded already.
    """
    now = locked_case(keyring, case)
    refuse_closed(now)
    person = permit(keyring, Action.CASE_CLOSE, now)
    now.closed_at = at
    take_step(now, kind=ChangeKind.CLOSED, by=person.pk, at=at)
    append(keyring=keyring, kind="record.closed", at=at, record=now.record, details={"version": now.version})
    return now


@transaction.atomic
def reopen_case(*, keyring: Keyring, case: Case, at: datetime) -> Case:
    """Open a closed case again; one that is open stays as it is.

    Raises
    ------
    NotPermittedError, CaseShreddedError
        If the person may not, or nobody can read it any more.
    """
    now = locked_case(keyring, case)
    refuse_shredded(now)
    person = permit(keyring, Action.CASE_CLOSE, now)
    if now.closed_at is None:
        return now
    now.closed_at = None
    take_step(now, kind=ChangeKind.REOPENED, by=person.pk, at=at)
    details: dict[str, Detail] = {"fields": ["closed_at"], "version": now.version}
    append(keyring=keyring, kind="record.changed", at=at, record=now.record, details=details)
    return now
