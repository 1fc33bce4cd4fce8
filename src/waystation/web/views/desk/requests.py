"""A first call: one thing at a time, each answer kept sealed as soon as it is given, entered when it is whole."""

from typing import Any

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.accounts.policies import require_confirmed_recovery
from waystation.cases.drafts import drop_draft, keep_draft, kept_draft
from waystation.cases.duplicates.entries import Asked
from waystation.cases.services import take_request
from waystation.kernel import BadInputError
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, see_other
from waystation.web.views.desk.drafts import answer_draft
from waystation.web.views.desk.request_forms import STAGES, faulty_stage, first_call, form_of
from waystation.web.views.duplicates.alike import alike
from waystation.web.views.search import found_lines
from waystation.web.wording import say

FIRST_CALL, STAGE = "request", "stage"
CHECK = "check"
"""The last page: everything that was said, before it is entered."""
Typed = dict[str, list[str]]


@require_http_methods(["GET", "POST"])
@answering_refusals
def new_request(request: AskedRequest) -> HttpResponseBase:
    """Ask the next thing, take the answer and keep it; at the end, enter the request."""
    require_confirmed_recovery()
    kept = kept_draft(keyring=request.keyring, form=FIRST_CALL)
    typed: Typed = kept[0] if kept else {}
    if request.method == "GET":
        return _show(request, typed)
    answered = answer_draft(request, FIRST_CALL, before=typed)
    if answered is not None:
        return answered
    stage = request.POST.get(STAGE, "")
    if stage == CHECK and "enter" in request.POST:
        return _enter(request, typed)
    if stage not in STAGES:
        typed[STAGE] = [request.POST.get("to", "")]
        return _keep(request, typed)
    names = form_of(stage, {}, bound=False).fields
    typed |= {name: request.POST.getlist(name) for name in names}
    if "to" in request.POST:  # back to an earlier page, with what was typed so far
        typed[STAGE] = [request.POST["to"]]
        return _keep(request, typed)
    form = form_of(stage, typed, bound=True)
    if not form.is_valid():
        typed[STAGE] = [stage]
        _keep(request, typed)
        return _page(request, stage, form, typed, status=422)
    typed[STAGE] = [_after(stage)]
    return _keep(request, typed)


def _keep(request: AskedRequest, typed: Typed) -> HttpResponseBase:
    keep_draft(keyring=request.keyring, form=FIRST_CALL, typed=typed, at=timezone.now())
    return see_other("desk.request")


def _show(request: AskedRequest, typed: Typed) -> HttpResponseBase:
    stage = (typed.get(STAGE) or [""])[0]
    if stage == CHECK:
        if wrong := faulty_stage(typed):
            return _page(request, wrong, form_of(wrong, typed, bound=True), typed, status=422)
        return _page(request, CHECK, None, typed)
    stage = stage if stage in STAGES else next(iter(STAGES))
    return _page(request, stage, form_of(stage, typed, bound=False), typed)


def _enter(request: AskedRequest, typed: Typed) -> HttpResponseBase:
    if wrong := faulty_stage(typed):
        return _page(request, wrong, form_of(wrong, typed, bound=True), typed, status=422)
    try:
        case = take_request(keyring=request.keyring, call=first_call(typed), at=timezone.now())
    except BadInputError:
        notify(request, say("cases.refused"), level=40)
        return see_other("desk.request")
    drop_draft(keyring=request.keyring, form=FIRST_CALL)
    notify(request, say("desk.request.entered", code=case.code))
    return see_other("cases.page", case.pk)


def _page(
    request: AskedRequest, stage: str, form: forms.Form | None, typed: Typed, status: int = 200
) -> HttpResponseBase:
    names = [*STAGES, CHECK]
    place = names.index(stage)
    context: dict[str, Any] = {
        "stage": stage,
        "form": form,
        "place": place + 1,
        "count": len(names),
        "question": f"desk.request.stage.{stage}",
        "why": f"desk.request.stage.{stage}.why",
        "before": names[place - 1] if place else "",
        "begun": bool(typed),
    }
    if stage == "asker":
        context["found"] = found_lines(request, (typed.get("for_whom") or [""])[0])
    if stage in ("asker", CHECK):
        context["alike"], context["progress"] = alike(request, _asked(typed))
    if stage == CHECK:
        context["said"] = [(name, _said(name, typed)) for name in STAGES]
    return render(request, "web/desk/request.html", context, status=status)


def _asked(typed: Typed) -> Asked:
    """Return what may tell that somebody is known already."""
    given = {name: (typed.get(name) or [""])[0] for name in ("for_whom", "region", "answer_address")}
    return Asked(given["for_whom"], place=given["region"], contact=given["answer_address"])


def _said(stage: str, typed: Typed) -> list[tuple[str, str]]:
    """Return what was said at a stage, as pairs of label and value in words; what was left empty is left out."""
    form = form_of(stage, typed, bound=True)
    form.is_valid()
    return [(str(form[name].label), _words(form, name)) for name in form.fields if form.cleaned_data.get(name)]


def _words(form: forms.Form, name: str) -> str:
    value, field = form.cleaned_data[name], form.fields[name]
    choices: dict[Any, Any] = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}  # type: ignore[arg-type] # pairs
    return str(choices.get(value, value))


def _after(stage: str) -> str:
    names = [*STAGES, CHECK]
    return names[names.index(stage) + 1]


ROUTES = [path("requests/new", new_request, name="desk.request")]
