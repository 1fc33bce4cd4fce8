from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from waystation.accounts.openings import open_fields
from waystation.accounts.permissions import Action
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.cases.models import Case
from waystation.cases.policies import refuse_closed
from waystation.cases.services.steps import locked_case, permit
from waystation.exchange.errors import AlreadyFiledError, FormRetiredError
from waystation.exchange.forms.definitions import declared
from waystation.exchange.models import OwnForm, Submission
from waystation.intake.forms.filling import Filled, fill
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier


@dataclass(frozen=True, slots=True)
class Opened:
    """A submission while it is read: answers nested as its form is, and what another program calls it."""

    answers: Mapping[str, Any] = field(repr=False)
    key: str = field(default="", repr=False)


@transaction.atomic
def begin_submission(*, keyring: Keyring, case: Case, form: OwnForm, at: datetime) -> Submission:
    """Begin to fill a form in about a case: an empty draft, kept there until it is filed.

    Raises
    ------
    NotPermittedError, NoKeyError, CaseClosedError, CaseShreddedError
        If the person may not, or the case takes no changes any more.
    FormRetiredError
        If the form is no longer filled in.
    """
    if form.retired_at is not None:
        raise FormRetiredError("the form is no longer filled in")
    now = _changeable(keyring, case, form)
    submission = Submission(record=now.record, form=form, by=keyring.person_id, at=at)
    _seal(keyring, submission, fill(declared(form), {}, at).answers, "")
    submission.save(force_insert=True)
    return submission


@transaction.atomic
def save_draft(*, keyring: Keyring, submission: Submission, answers: Mapping[str, Any], at: datetime) -> Filled:
    """Keep what was answered so far, whole or not; return the form as it stands then.

    Raises
    ------
    AlreadyFiledError
        If it was filed.
    NotPermittedError, NoKeyError, CaseClosedError, CaseShreddedError
        If the person may not, or the case takes no changes any more.
    """
    now = _own(keyring, submission)
    filled = fill(declared(now.form), answers, at)
    _seal(keyring, now, filled.answers, _opened(keyring, now).key)
    now.by, now.at = keyring.person_id, at
    now.save()
    return filled


@transaction.atomic
def file_submission(*, keyring: Keyring, submission: Submission, answers: Mapping[str, Any], at: datetime) -> Filled:
    """File what was answered, if nothing of it is wrong or missing; then it is not changed any more.

    Returns
    -------
    Filled
        With its problems, if there are any: then it was kept as a draft.
    """
    filled = save_draft(keyring=keyring, submission=submission, answers=answers, at=at)
    if not filled.is_whole:
        return filled
    now = _own(keyring, submission)
    _seal(keyring, now, filled.kept(), _opened(keyring, now).key)
    now.filed_at = at
    now.save()
    tell_filed(keyring, now, at)
    return filled


@transaction.atomic
def throw_away(*, keyring: Keyring, submission: Submission) -> None:
    """Throw a draft away; AlreadyFiledError if it was filed."""
    _own(keyring, submission).delete()


def tell_filed(keyring: Keyring, submission: Submission, at: datetime) -> None:
    """Write into the log that a form was filed to a case."""
    details: dict[str, Detail] = {"form": str(submission.form_id), "submission": str(submission.pk)}
    tier = Tier(submission.form.tier)
    append(keyring=keyring, kind="submission.filed", at=at, record=submission.record, tier=tier, details=details)


def read_submission(*, keyring: Keyring, submission: Submission, at: datetime) -> Opened:
    """Open a submission, after an entry in the log says so. Raises as `waystation.accounts.openings.open_fields` does."""
    tier = submission.form.tier
    content: Any = open_fields(keyring=keyring, row=submission, fields=(tier,), at=at)[tier] or {}
    return Opened(content.get("answers", {}), content.get("key", ""))


def submissions_of(case: Case) -> list[Submission]:
    """Return what was filled in about a case, the newest first; nothing is opened."""
    rows = Submission.objects.filter(record=case.record).select_related("record", "form")
    return list(rows.order_by("-at", "pk"))


def submission_of(submission_id: UUID) -> Submission:
    """Return a submission with its form and record; Submission.DoesNotExist."""
    return Submission.objects.select_related("record", "form").get(pk=submission_id)


def _seal(keyring: Keyring, submission: Submission, answers: Mapping[str, Any], key: str) -> None:
    keyring.seal(submission, **{submission.form.tier: {"answers": dict(answers), "key": key}})


def _opened(keyring: Keyring, submission: Submission) -> Opened:
    content: Any = keyring.open(submission, submission.form.tier)[submission.form.tier] or {}
    return Opened(content.get("answers", {}), content.get("key", ""))


def _changeable(keyring: Keyring, case: Case, form: OwnForm) -> Case:
    now = locked_case(keyring, case)
    refuse_closed(now)
    permit(keyring, Action.CASE_CHANGE, now, {Tier(form.tier)})
    return now


def _own(keyring: Keyring, submission: Submission) -> Submission:
    """Return a draft, locked with its case."""
    case = Case.objects.select_related("record").get(pk=submission.record_id)
    _changeable(keyring, case, submission.form)
    rows = Submission.objects.select_for_update(of=("self",)).select_related("record", "form")
    now = rows.get(pk=submission.pk)
    if now.filed_at is not None:
        raise AlreadyFiledError("the submission was filed")
    return now
