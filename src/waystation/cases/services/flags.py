from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.models import Case, EventKind, Flag
from waystation.cases.services.work import Work, begin, finish, kept_row, new_row, own_row
from waystation.store.keyring import Keyring


@transaction.atomic
def raise_flag(
    *, keyring: Keyring, case: Case, reason: str, at: datetime, words: str = "", until: date | None = None
) -> Flag:
    """Mark a case for others to see: why, and until when.

    Raises
    ------
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, the case takes no changes any more, or the reason is not declared.
    """
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    flag = new_row(work, Flag(id=uuid4()), {"reason": reason, "words": words, "until": until})
    _tell(work)
    finish(work, EventKind.FLAG_RAISED, flag=flag.pk, reason=reason)
    return flag


@transaction.atomic
def lower_flag(*, keyring: Keyring, case: Case, flag_id: UUID, at: datetime) -> Flag:
    """Take a flag down; it stays in the timeline, and can be raised again."""
    return _set(keyring, case, flag_id, at, EventKind.FLAG_LOWERED)


@transaction.atomic
def raise_flag_again(*, keyring: Keyring, case: Case, flag_id: UUID, at: datetime) -> Flag:
    """Take back that a flag was lowered."""
    return _set(keyring, case, flag_id, at, EventKind.FLAG_RAISED)


def _set(keyring: Keyring, case: Case, flag_id: UUID, at: datetime, kind: EventKind) -> Flag:
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    flag = own_row(work, Flag, flag_id)
    flag.gone_at = at if kind is EventKind.FLAG_LOWERED else None
    kept_row(work, flag)
    _tell(work)
    finish(work, kind, flag=flag.pk, reason=keyring.open(flag, "reason")["reason"])
    return flag


def _tell(work: Work) -> None:
    rows = list(Flag.objects.filter(record=work.case.record, gone_at=None).select_related("record"))
    opened = work.keyring.open_many(rows, "reason", "until").values()
    ends = [told["until"] for told in opened if isinstance(told["until"], date)]
    work.update(flags=tuple(sorted({str(told["reason"]) for told in opened})), flags_until=min(ends, default=None))
