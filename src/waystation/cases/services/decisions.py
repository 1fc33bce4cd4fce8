from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.due_dates import due_on
from waystation.cases.errors import AlreadyDecidedError, NoSuchStepError, NotAllOfItError, SamePersonError
from waystation.cases.letters.draft import draft_letter
from waystation.cases.models import REASONS, Case, Decision, EventKind
from waystation.cases.services.tasks import close_tasks, put_task
from waystation.cases.services.work import begin, changed_row, finish, kept_row, new_row, own_row
from waystation.cases.steps.vocabulary import Standing, Step
from waystation.store.keyring import Keyring

WITH_REVIEW = frozenset({"declined", "not_now"})
"""Outcomes that are looked at again: nobody is just dropped."""


@transaction.atomic
def recommend(
    *,
    keyring: Keyring,
    case: Case,
    outcome: str,
    reason: str,
    words: str,
    at: datetime,
    review_on: date | None = None,
    language: str,
    letter: str = "",
) -> Decision:
    """Recommend what to decide, with a coded reason and words; another person decides.

    Parameters
    ----------
    review_on
        When to look again; where an outcome needs a day and none is given, it is by the table of due dates.
    language, letter
        The answer to whoever asked and the language it is in; without a letter, one is drafted
        (`waystation.cases.letters`), for a person to read and mend.

    Raises
    ------
    NoSuchStepError
        If the case is not at the step where it is decided.
    NotAllOfItError
        If words are missing, or the reason is not one of the outcome's.
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, the case takes no changes any more, or a word is not declared.
    """
    if reason not in REASONS.get(outcome, ()):
        raise NotAllOfItError("reason")
    if not words.strip():
        raise NotAllOfItError("words")
    work = begin(keyring, case, Action.CASE_RECOMMEND, at)
    if work.summary.step is not Step.DECISION:
        raise NoSuchStepError("this case is not at the step of its decision")
    if review_on is None and outcome in WITH_REVIEW:
        review_on = due_on("review", work.summary.priority, at.date())
    letter = letter or draft_letter(
        language=language, outcome=outcome, reason=reason, code=work.case.code, review_on=review_on
    )
    row = Decision(id=uuid4(), recommended_by=work.person.pk, recommended_at=at)
    values = {"outcome": outcome, "reason": reason, "words": words, "review_on": review_on}
    decision = new_row(work, row, {**values, "language": language, "letter": letter})
    work.update(to_decide=True, recommended_by=work.person.pk)
    close_tasks(work, "recommend", "decide")
    put_task(work, "decide")
    finish(work, EventKind.RECOMMENDED, decision=decision.pk, outcome=outcome, reason=reason)
    return decision


@transaction.atomic
def decide(*, keyring: Keyring, case: Case, decision_id: UUID, agreed: bool, at: datetime, words: str = "") -> Decision:
    """Answer a recommendation as the second person: agree, and it is decided; or send it back with a reason.

    Raises
    ------
    SamePersonError
        If the person recommended it.
    AlreadyDecidedError
        If it was answered already, or another recommendation came after it.
    NotAllOfItError
        If it is sent back without words.
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, or the case takes no changes any more.
    """
    if not agreed and not words.strip():
        raise NotAllOfItError("words")
    work = begin(keyring, case, Action.CASE_DECIDE, at)
    decision = own_row(work, Decision, decision_id)
    if decision.recommended_by == work.person.pk:
        raise SamePersonError("whoever recommended cannot decide: another person must")
    newest = Decision.objects.filter(record=work.case.record, gone_at=None).order_by("-recommended_at", "-pk").first()
    if decision.decided_by is not None or newest != decision or work.summary.step is not Step.DECISION:
        raise AlreadyDecidedError("this recommendation was answered already")
    decision.decided_by, decision.decided_at = work.person.pk, at
    keyring.seal(decision, answer="agreed" if agreed else "sent_back", answer_words=words or None)
    kept_row(work, decision)
    told = keyring.open(decision, "outcome", "reason", "review_on")
    work.update(to_decide=False, recommended_by=None)
    close_tasks(work, "decide")
    if agreed:
        review = told["review_on"]
        work.update(outcome=str(told["outcome"]), review=review if isinstance(review, date) else None)
        work.update(standing=Standing.DONE, why_not="")
        put_task(work, "tell_decision")
        if isinstance(review, date):
            put_task(work, "review", due=review)
    else:
        put_task(work, "recommend")
    kind = EventKind.DECIDED if agreed else EventKind.SENT_BACK
    finish(work, kind, decision=decision.pk, outcome=told["outcome"], reason=told["reason"])
    return decision


@transaction.atomic
def write_letter(
    *, keyring: Keyring, case: Case, decision_id: UUID, seen_version: int, language: str, letter: str, at: datetime
) -> Decision:
    """Save the answer to the person as somebody edited it.

    Raises
    ------
    RowChangedError
        If somebody saved the decision since it was read. Nothing is written.
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, or the case takes no changes any more.
    """
    work = begin(keyring, case, Action.CASE_RECOMMEND, at)
    decision = own_row(work, Decision, decision_id)
    decision = changed_row(work, decision, seen_version, {"language": language, "letter": letter})
    finish(work, EventKind.LETTER_WRITTEN, decision=decision.pk, language=language)
    return decision
