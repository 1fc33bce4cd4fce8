"""Say of two cases whether they are one person's; merge them, and take the merge back. Answers are appended, nothing is moved."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.audit.services import append
from waystation.cases.duplicates.answers import answers, pair_of
from waystation.cases.duplicates.errors import MergedAlreadyError, NotAPairError, NotMergedError
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, ChangeKind, EventKind, Exit, PairAnswer
from waystation.cases.policies import refuse_closed
from waystation.cases.services.close import close_case
from waystation.cases.services.work import Work, begin, finish, kept_row, new_row
from waystation.cases.summary import Summary
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

COMPARED = (Tier.IDENTITY, Tier.WELFARE)
OPEN_ANSWERS = ("different", "later")


@transaction.atomic
def answer_pair(*, keyring: Keyring, one: Case, other: Case, answer: str, reason: str, at: datetime) -> None:
    """Say that two cases are not one person's (``different``) or that it is not known yet (``later``).

    Raises
    ------
    NotAPairError, NotAllOfItError
        If both are one case, or no reason is given. Nothing is written.
    MergedAlreadyError
        If the two are merged.
    NotPermittedError, NoKeyError, CaseShreddedError
        If the person may not compare both.
    """
    works = _begin(keyring, one, other, reason, at)
    if _merged_into(works, keyring):
        raise MergedAlreadyError("these two are merged; take the merge back first")
    for work, beside in ((works[0], works[1]), (works[1], works[0])):
        _say(work, beside, answer if answer in OPEN_ANSWERS else "later", reason)


@transaction.atomic
def merge_cases(*, keyring: Keyring, kept: Case, merged: Case, reason: str, at: datetime) -> None:
    """Say that two cases are one person's: ``kept`` goes on, ``merged`` is closed as a duplicate and stays as it is.

    Nothing is moved from the one to the other, so that nothing is lost when the merge is taken back.

    Raises
    ------
    NotAPairError, NotAllOfItError
        If both are one case, or no reason is given. Nothing is written.
    CaseClosedError
        If the case that is to go on is closed.
    MergedAlreadyError
        If the two are merged, or the one that is to be closed was merged into another case.
    NotPermittedError, NoKeyError, CaseShreddedError
        If the person may not compare both and close the one.
    """
    going, closing = _begin(keyring, kept, merged, reason, at)
    refuse_closed(going.case)
    if _merged_into((going, closing), keyring) or _is_merged(closing, keyring) or _is_merged(going, keyring):
        raise MergedAlreadyError("one of the two was merged before; take that merge back first")
    before: dict[str, Any] = {"closed": True} if closing.case.closed_at else {"summary": closing.summary.to_json()}
    if not closing.case.closed_at:
        close_case(keyring=keyring, case=closing.case, outcome="duplicate", words=reason, at=at)
    _say(closing, going, "merged", reason, before=before)
    _say(going, closing, "kept", reason)


@transaction.atomic
def take_back_merge(*, keyring: Keyring, one: Case, other: Case, reason: str, at: datetime) -> None:
    """Take a merge back: the case that was closed by it stands again where it stood. Both answers stay on record.

    Raises
    ------
    NotMergedError
        If the two are not merged.
    NotAPairError, NotAllOfItError, NotPermittedError, NoKeyError, CaseShreddedError
        As `merge_cases` does. Nothing is written.
    """
    works = _begin(keyring, one, other, reason, at)
    kept = _merged_into(works, keyring)
    if kept is None:
        raise NotMergedError("these two are not merged")
    going, closed = works if works[0].case.pk == kept else works[::-1]
    _stand_again(closed, going.case.pk)
    _say(closed, going, "taken_back", reason)
    _say(going, closed, "taken_back", reason)


def _begin(keyring: Keyring, one: Case, other: Case, reason: str, at: datetime) -> tuple[Work, Work]:
    if one.pk == other.pk:
        raise NotAPairError("a case is no pair with itself")
    if not reason.strip():
        raise NotAllOfItError("reason")
    first, second = sorted((one, other), key=lambda case: case.pk.int)  # one order for all: nobody waits for each other
    begun = {
        case.pk: begin(keyring, case, Action.CASE_MERGE, at, tiers=COMPARED, closed=True) for case in (first, second)
    }
    return begun[one.pk], begun[other.pk]


def _say(work: Work, beside: Work, answer: str, reason: str, **more: object) -> None:
    said = {"other": str(beside.case.pk), "answer": answer, "reason": reason.strip()}
    new_row(work, PairAnswer(id=uuid4()), {**said, **more})
    details = {"did": f"pair.{answer}", "other": str(beside.case.pk)}
    append(keyring=work.keyring, kind="record.changed", at=work.at, record=work.case.record, details=details)


def _merged_into(works: tuple[Work, Work], keyring: Keyring) -> UUID | None:
    one, other = works[0].case, works[1].case
    found = answers(keyring, [one.pk]).get(pair_of(one.pk, other.pk))
    return found.kept if found else None


def _is_merged(work: Work, keyring: Keyring) -> bool:
    """Whether a case is closed by a merge into some other."""
    said = answers(keyring, [work.case.pk])
    return any(one.kept is not None and one.kept != work.case.pk for one in said.values())


def _stand_again(work: Work, kept: UUID) -> None:
    rows = PairAnswer.objects.filter(record=work.case.record).select_related("record").order_by("-at")
    told = (work.keyring.open(row, "other", "answer", "before") for row in rows)
    before: Any = next(one["before"] for one in told if (one["other"], one["answer"]) == (str(kept), "merged"))
    if "summary" not in before or work.case.closed_at is None:
        return
    for row in Exit.objects.filter(record=work.case.record, gone_at=None).select_related("record"):
        row.gone_at = work.at
        kept_row(work, row)
    work.summary = Summary.from_json(before["summary"])
    work.case.closed_at = None
    finish(work, EventKind.RETURNED_TO, change=ChangeKind.REOPENED, to=work.summary.step)
