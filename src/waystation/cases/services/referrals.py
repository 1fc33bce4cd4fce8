from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, EventKind, Referral
from waystation.cases.services.work import begin, finish, kept_row, new_row, own_row
from waystation.store.keyring import Keyring


@transaction.atomic
def refer(
    *,
    keyring: Keyring,
    case: Case,
    kind: str,
    service: str,
    to: str,
    consented: bool,
    at: datetime,
    words: str = "",
) -> Referral:
    """Write down that another organisation was asked to help, beside us or instead of us.

    Raises
    ------
    NotAllOfItError
        If nobody is named, or the person did not consent to it: then nothing of theirs is told to anybody.
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, the case takes no changes any more, or a word is not declared.
    """
    if not to.strip():
        raise NotAllOfItError("to")
    if not consented:
        raise NotAllOfItError("consented")
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    values = {"kind": kind, "service": service, "to": to, "words": words, "consented": "yes", "answer": "waiting"}
    row = new_row(work, Referral(id=uuid4()), values)
    finish(work, EventKind.REFERRED, referral=row.pk, service=service, what=kind)
    return row


@transaction.atomic
def answer_referral(*, keyring: Keyring, case: Case, referral_id: UUID, answer: str, at: datetime) -> Referral:
    """Write down what the other organisation said."""
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    row = own_row(work, Referral, referral_id)
    keyring.seal(row, answer=answer, answered_on=None if answer == "waiting" else at.date())
    kept_row(work, row)
    finish(work, EventKind.REFERRAL_ANSWERED, referral=row.pk, answer=answer)
    return row
