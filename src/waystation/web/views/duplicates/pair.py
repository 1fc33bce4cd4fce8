"""Two cases side by side: what agrees, what differs, how much it weighs; and what people say of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.accounts.permissions import Action, may
from waystation.accounts.policies import require_confirmed_recovery
from waystation.cases.duplicates.answers import answers, pair_of
from waystation.cases.duplicates.book import Book, opened_book
from waystation.cases.duplicates.entries import open_entries
from waystation.cases.duplicates.errors import MergedAlreadyError, NotMergedError
from waystation.cases.models import Case
from waystation.cases.services.duplicates import answer_pair, merge_cases, take_back_merge
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, names_of, see_other
from waystation.web.views.duplicates.forms import AnswerForm, TakeBackForm
from waystation.web.views.duplicates.shown import listed, rows_of
from waystation.web.wording import say

ADDRESS = "cases/<uuid:case_id>/like/<uuid:other_id>"


@require_http_methods(["GET", "POST"])
@answering_refusals
def pair(request: AskedRequest, case_id: UUID, other_id: UUID) -> HttpResponseBase:
    """Show two cases side by side, and take what somebody says of them."""
    one, other = _two(request, case_id, other_id)
    form = AnswerForm(one, other, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _answered(request, one, other, form.cleaned_data)
        except MergedAlreadyError:
            form.add_error(None, say("duplicates.refused.merged"))
    return _page(request, one, other, form, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@answering_refusals
def take_back(request: AskedRequest, case_id: UUID, other_id: UUID) -> HttpResponseBase:
    """Ask why, and take a merge back."""
    one, other = _two(request, case_id, other_id)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason, at = form.cleaned_data["reason"], timezone.now()
            take_back_merge(keyring=request.keyring, one=one, other=other, reason=reason, at=at)
        except NotMergedError:
            notify(request, say("duplicates.refused.not_merged"), level=40)
            return see_other("duplicates.pair", one.pk, other.pk)
        notify(request, say("duplicates.taken_back"))
        return see_other("duplicates.pair", one.pk, other.pk)
    context = {"one": one, "other": other, "form": form}
    return render(request, "web/duplicates/take_back.html", context, status=422 if form.errors else 200)


def _two(request: AskedRequest, case_id: UUID, other_id: UUID) -> tuple[Case, Case]:
    """Return both cases; who may not compare the other one sees neither."""
    require_confirmed_recovery()
    if case_id == other_id:
        raise Http404
    one, other = case_of(case_id), case_of(other_id)
    if not may(request.person, Action.CASE_MERGE, other.record, request.keyring):
        raise PermissionDenied
    return one, other


def _answered(request: AskedRequest, one: Case, other: Case, given: dict[str, Any]) -> HttpResponseBase:
    answer, asked = given["answer"], {"keyring": request.keyring, "reason": given["reason"], "at": timezone.now()}
    if answer in ("keep_one", "keep_other"):
        kept, merged = (one, other) if answer == "keep_one" else (other, one)
        merge_cases(kept=kept, merged=merged, **asked)
        notify(request, say("duplicates.merged", merged=merged.code, kept=kept.code))
    else:
        answer_pair(one=one, other=other, answer=answer, **asked)
        notify(request, say(f"duplicates.said.{answer}"))
    return see_other("duplicates.pair", one.pk, other.pk)


def _page(request: AskedRequest, one: Case, other: Case, form: AnswerForm, status: int) -> HttpResponseBase:
    at = timezone.now()
    book = opened_book(keyring=request.keyring, person=request.person, at=at)
    book.compare_waiting()
    said = answers(request.keyring, book.cases)
    pair_ids = pair_of(one.pk, other.pk)
    answer = said.get(pair_ids)
    lines = listed(book, said, pair_ids)
    context = {
        "one": one,
        "other": other,
        "answer": answer,
        "who": names_of(request, [answer.by]).get(answer.by, "") if answer else "",
        "kept": next((case for case in (one, other) if answer and case.pk == answer.kept), None),
        "form": form,
        "lines": lines,
        "decided": sum(1 for line in lines if line.answer and line.answer.decided),
        "count": len(lines),
        **_side_by_side(request, book, (one, other), at),
    }
    return render(request, "web/duplicates/pair.html", context, status=status)


def _side_by_side(request: AskedRequest, book: Book, cases: tuple[Case, Case], at: datetime) -> dict[str, Any]:
    keyring, person = request.keyring, request.person
    ones, others = (open_entries(keyring=keyring, person=person, case=case, at=at) for case in cases)
    found = book.beside(ones, others)
    if found is None:
        return {"rows": []}
    return {"rows": rows_of(found), "likeness": found, "weight": f"{found.weight:+.1f}".replace("-", "−")}


ROUTES = [
    path(ADDRESS, pair, name="duplicates.pair"),
    path(f"{ADDRESS}/take-back", take_back, name="duplicates.take_back"),
]
