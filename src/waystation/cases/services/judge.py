from datetime import datetime
from uuid import uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, EventKind, Judgement
from waystation.cases.services.work import begin, finish, new_row
from waystation.cases.steps.vocabulary import Standing, Step
from waystation.store.keyring import Keyring

STEP_OF: dict[str, Step] = {
    "verification": Step.VERIFICATION,
    "screening": Step.SCREENING,
    "assessment": Step.ASSESSMENT,
    "plan": Step.PLAN,
    "arrival": Step.MOVEMENT,
    "follow_up": Step.FOLLOW_UP,
}
"""The step whose work a subject is."""
STANDING_OF = {"done": Standing.DONE, "cannot_yet": Standing.CANNOT_YET, "withdrawn": Standing.NOT_STARTED}


@transaction.atomic
def judge(
    *,
    keyring: Keyring,
    case: Case,
    subject: str,
    result: str,
    at: datetime,
    reason: str = "",
    words: str = "",
) -> Judgement:
    """Write down what somebody found: that a step's work is done, cannot go on yet and why, or no longer holds.

    Earlier judgements stay; the newest of a subject counts.

    Raises
    ------
    NotAllOfItError
        If it cannot go on, or no longer holds, and nobody says why.
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, the case takes no changes any more, or a word is not declared.
    """
    if result == "cannot_yet" and not reason:
        raise NotAllOfItError("reason")
    if result == "withdrawn" and not words.strip():
        raise NotAllOfItError("words")
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    values = {"subject": subject, "result": result, "reason": reason, "words": words}
    judgement = new_row(work, Judgement(id=uuid4()), values)
    if STEP_OF.get(subject) is work.summary.step:
        work.update(standing=STANDING_OF[result], why_not=reason if result == "cannot_yet" else "")
    finish(work, EventKind.JUDGED, subject=subject, result=result, reason=reason)
    return judgement
