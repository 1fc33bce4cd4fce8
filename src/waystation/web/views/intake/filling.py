"""Fill a form in about a case: conditions are evaluated here, not in the browser; each change keeps the draft."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.accounts.permissions import Action, allowed_tiers
from waystation.cases.models import Case
from waystation.cases.policies import refuse_shredded
from waystation.exchange.errors import AlreadyFiledError, FormRetiredError
from waystation.exchange.forms.definitions import declared
from waystation.exchange.forms.submissions import (
    begin_submission,
    file_submission,
    read_submission,
    save_draft,
    submission_of,
    submissions_of,
    throw_away,
)
from waystation.exchange.models import OwnForm, Submission
from waystation.intake.forms.filling import Filled, fill
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, names_of, see_other
from waystation.web.views.intake.languages import language_of
from waystation.web.views.intake.shown import answers_from, facts, items
from waystation.web.wording import say


@require_safe
@answering_refusals
def case_forms(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """List what was filled in about a case, and offer the forms the reader may fill in."""
    case = case_of(case_id)
    refuse_shredded(case)
    held = allowed_tiers(request.person, Action.CASE_OPEN, case.record, request.keyring)
    held &= request.keyring.tiers_of(case.record)
    changeable = allowed_tiers(request.person, Action.CASE_CHANGE, case.record, request.keyring) & held
    filled = submissions_of(case)
    names = names_of(request, {each.by for each in filled})
    rows = [(each, names.get(each.by, ""), each.form.tier in held) for each in filled]
    forms = [each for each in OwnForm.objects.filter(retired_at=None).order_by("name") if each.tier in changeable]
    context = {"case": case, "rows": rows, "forms": forms if case.closed_at is None else []}
    return render(request, "web/intake/case.html", context)


@require_POST
@answering_refusals
def begin(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Begin to fill a form in."""
    case = case_of(case_id)
    given = request.POST.get("form", "")
    form = next((each for each in OwnForm.objects.all() if str(each.pk) == given), None)
    if form is None:
        return see_other("intake.case", case_id)
    try:
        draft = begin_submission(keyring=request.keyring, case=case, form=form, at=timezone.now())
    except FormRetiredError:
        notify(request, say("intake.retired.refused"), level=40)
        return see_other("intake.case", case_id)
    return see_other("intake.fill", case_id, draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@answering_refusals
def fill_in(request: AskedRequest, case_id: UUID, submission_id: UUID) -> HttpResponseBase:
    """Show a form with its answers; keep what is posted; file it when asked to and nothing is wrong."""
    case, submission = case_of(case_id), _of_case(case_id, submission_id)
    refuse_shredded(case)
    at = timezone.now()
    kept = read_submission(keyring=request.keyring, submission=submission, at=at)
    form = declared(submission.form)
    if request.method != "POST":
        return _page(request, case, submission, fill(form, kept.answers, at), checked=False)
    answers = answers_from(form, kept.answers, request.POST)
    by_itself = bool(
        request.headers.get("HX-Request")
    )  # after a change: the button that then has the focus was not pressed
    filing = "file" in request.POST and not by_itself
    write = file_submission if filing else save_draft
    try:
        filled = write(keyring=request.keyring, submission=submission, answers=answers, at=at)
    except AlreadyFiledError:
        notify(request, say("intake.filed.refused"), level=40)
        return see_other("intake.fill", case_id, submission_id)
    if filing and filled.is_whole:
        notify(request, say("intake.filed"))
        return see_other("intake.fill", case_id, submission_id)
    if by_itself:
        context = _context(case, submission, filled, checked=False)
        return render(request, "web/intake/questions.html", context)
    if "later" in request.POST:
        notify(request, say("intake.draft.kept"))
        return see_other("intake.case", case_id)
    return _page(request, case, submission, filled, checked=filing, status=422 if filing else 200)


@require_POST
@answering_refusals
def discard(request: AskedRequest, case_id: UUID, submission_id: UUID) -> HttpResponseBase:
    """Throw a draft away."""
    try:
        throw_away(keyring=request.keyring, submission=_of_case(case_id, submission_id))
    except AlreadyFiledError:
        notify(request, say("intake.filed.refused"), level=40)
    else:
        notify(request, say("intake.draft.gone"))
    return see_other("intake.case", case_id)


def _of_case(case_id: UUID, submission_id: UUID) -> Submission:
    try:
        found = submission_of(submission_id)
    except Submission.DoesNotExist:
        raise Http404 from None
    if found.record_id != case_id:
        raise Http404
    return found


def _context(case: Case, submission: Submission, filled: Filled, *, checked: bool) -> dict[str, Any]:
    language = language_of(filled.form)
    shown = items(filled, language, checked=checked)
    return {"case": case, "submission": submission, "items": shown, "errors": [each for each in shown if each.error]}


def _page(
    request: AskedRequest, case: Case, submission: Submission, filled: Filled, *, checked: bool, status: int = 200
) -> HttpResponseBase:
    context = _context(case, submission, filled, checked=checked)
    if submission.filed_at is not None:
        context["facts"] = facts(filled, language_of(filled.form))
        return render(request, "web/intake/filed.html", context)
    return render(request, "web/intake/fill.html", context, status=status)
