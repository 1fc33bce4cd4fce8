"""Complaints: anybody writes one down; those who handle them see theirs, with the day by which the next step is due."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.accounts.models import Person
from waystation.accounts.openings import open_of_record
from waystation.accounts.queries import colleagues, people_here
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.models import Complaint, ComplaintStep, Outcome
from waystation.safeguarding.queries import held_complaints, next_deadline, overdue
from waystation.safeguarding.services import (
    acknowledge_complaint,
    answer_complaint,
    hand_over_complaint,
    note_on_complaint,
    receive_complaint,
)
from waystation.safeguarding.services.complaints import NOBODY, TIERS
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, names_of, see_other
from waystation.web.views.safeguarding.complaint_forms import AnswerForm, ComplaintForm, HandOverForm, WordsForm
from waystation.web.wording import say


@require_safe
@answering_refusals
def complaints(request: AskedRequest) -> HttpResponseBase:
    """List the complaints the reader holds keys of, the most urgent first. Nothing of them is opened."""
    now = timezone.now()
    lines = [
        {
            "row": row,
            "deadline": next_deadline(row),
            "overdue": overdue(row, now),
            "state": say(f"safeguarding.complaint.state.{_state(row)}"),
        }
        for row in held_complaints(request.keyring)
    ]
    return render(request, "web/safeguarding/complaints.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@answering_refusals
def new_complaint(request: AskedRequest) -> HttpResponseBase:
    """Write a complaint down. Whoever does cannot read it afterwards, unless they handle it."""
    form = ComplaintForm(_people(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receive_complaint(keyring=request.keyring, heard=form.heard(), at=timezone.now())
        except SafeguardRefusedError as refusal:
            form.add_error(None, say(f"safeguarding.refused.{refusal.code}"))
        else:
            notify(request, say("safeguarding.complaint.received"))
            return see_other("home")
    status = 422 if request.method == "POST" else 200
    return render(request, "web/safeguarding/complaint_new.html", {"form": form}, status=status)


@require_safe
@answering_refusals
def complaint_page(request: AskedRequest, complaint_id: UUID) -> HttpResponseBase:
    """Show a complaint, what was done, and what is due."""
    return _page(request, _complaint(complaint_id), {})


@require_POST
@answering_refusals
def acknowledge(request: AskedRequest, complaint_id: UUID) -> HttpResponseBase:
    """Say that the complainant was told it was heard."""
    return _step(request, complaint_id, "acknowledge", WordsForm(request.POST), acknowledge_complaint)


@require_POST
@answering_refusals
def note(request: AskedRequest, complaint_id: UUID) -> HttpResponseBase:
    """Write a step down."""
    return _step(request, complaint_id, "note", WordsForm(request.POST), note_on_complaint)


@require_POST
@answering_refusals
def answer(request: AskedRequest, complaint_id: UUID) -> HttpResponseBase:
    """Close it with what came of it."""
    form = AnswerForm(request.POST)
    outcome = {"outcome": Outcome(form.cleaned_data["outcome"])} if form.is_valid() else {}
    return _step(request, complaint_id, "answer", form, answer_complaint, **outcome)


@require_POST
@answering_refusals
def hand_over(request: AskedRequest, complaint_id: UUID) -> HttpResponseBase:
    """Give it to somebody else who may handle it."""
    form = HandOverForm(_people(request), request.POST)
    person = {"person": Person.objects.get(pk=form.cleaned_data["person"])} if form.is_valid() else {}
    return _step(request, complaint_id, "hand_over", form, hand_over_complaint, **person)


def _step(
    request: AskedRequest,
    complaint_id: UUID,
    verb: str,
    form: forms.Form,
    service: Callable[..., Complaint],
    **more: object,
) -> HttpResponseBase:
    complaint = _complaint(complaint_id)
    if not form.is_valid():
        return _page(request, complaint, {verb: form}, status=422)
    words = form.cleaned_data["words"]
    try:
        service(keyring=request.keyring, complaint=complaint, words=words, at=timezone.now(), **more)
    except SafeguardRefusedError as refusal:
        form.add_error(None, say(f"safeguarding.refused.{refusal.code}"))
        return _page(request, complaint, {verb: form}, status=422)
    notify(request, say(f"safeguarding.complaint.done.{verb}"))
    return see_other("safeguarding.complaint", complaint.pk)


def _page(
    request: AskedRequest, complaint: Complaint, given: Mapping[str, forms.Form], status: int = 200
) -> HttpResponseBase:
    now, steps = timezone.now(), list(complaint.steps.select_related("record").order_by("at", "pk"))
    rows = [complaint, *steps]
    opened = open_of_record(keyring=request.keyring, record=complaint.record, rows=rows, tiers=TIERS, at=now)
    values = opened[complaint.pk]
    about = {UUID(str(each)) for each in _listed(values["about"])}
    names = names_of(request, about | {step.by for step in steps})
    context = {
        "complaint": complaint,
        "state": say(f"safeguarding.complaint.state.{_state(complaint)}"),
        "deadline": next_deadline(complaint),
        "overdue": overdue(complaint, now),
        "values": values,
        "facts": _facts(values, ", ".join(sorted(names[each] for each in about if names.get(each)))),
        "steps": [_shown(step, opened[step.pk], names) for step in steps],
        "forms": {} if complaint.closed_at else _forms(request, complaint) | dict(given),
    }
    return render(request, "web/safeguarding/complaint.html", context, status=status)


def _forms(request: AskedRequest, complaint: Complaint) -> dict[str, forms.Form]:
    """Return the forms that the page offers now; ids differ, so that labels find their fields."""
    offered: dict[str, forms.Form] = {"note": WordsForm(auto_id="note_%s")}
    if complaint.acknowledged_at is None:
        offered["acknowledge"] = WordsForm(auto_id="acknowledge_%s")
    else:
        offered["answer"] = AnswerForm(auto_id="answer_%s")
    offered["hand_over"] = HandOverForm(_people(request), auto_id="hand_over_%s")
    return offered


def _facts(values: Mapping[str, Any], about: str) -> list[tuple[str, str]]:
    return [
        (say("safeguarding.complaint.origin"), say(f"safeguarding.origin.{values['origin']}")),
        (say("safeguarding.complaint.gravity"), say(f"safeguarding.gravity.{values['gravity']}")),
        (say("safeguarding.complaint.complainant"), values["complainant"] or say("safeguarding.complaint.unnamed")),
        (say("safeguarding.complaint.contact"), values["contact"] or ""),
        (say("safeguarding.complaint.about"), about),
        (say("safeguarding.complaint.about_words"), values["about_words"] or ""),
        (say("safeguarding.complaint.wish"), values["wish"] or ""),
    ]


def _shown(step: ComplaintStep, opened: Mapping[str, Any], names: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "at": step.at,
        "who": say("safeguarding.complaint.unnamed")
        if step.by == NOBODY
        else names.get(step.by) or say("cases.somebody"),
        "kind": say(f"safeguarding.step.{step.kind}"),
        "outcome": say(f"safeguarding.outcome.{opened['outcome']}") if opened["outcome"] else "",
        "words": opened["words"] or "",
    }


def _state(row: Complaint) -> str:
    return "answered" if row.closed_at else "acknowledged" if row.acknowledged_at else "new"


def _people(request: AskedRequest) -> list[tuple[str, str]]:
    people = list(people_here())
    names = colleagues(request.keyring, people)
    return [(str(person.pk), names[person.pk]) for person in people if names[person.pk]]


def _complaint(complaint_id: UUID) -> Complaint:
    found = Complaint.objects.filter(pk=complaint_id, record__shredded_at=None).select_related("record").first()
    if found is None:
        raise Http404
    return found


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
