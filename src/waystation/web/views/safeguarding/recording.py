"""Writing down what is known of a traveller: one form, one service, one page back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.cases.policies import refuse_closed
from waystation.kernel import BadInputError
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.htcds import DecidingOrganisation, TraffickingStatus
from waystation.safeguarding.models import Age, Care, Grade, Parent, Recommendation
from waystation.safeguarding.services import (
    ask_override,
    decide_status,
    record_assessment,
    record_child_facts,
    record_determination,
    record_screen,
)
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, see_other
from waystation.web.views.safeguarding.companions import companion
from waystation.web.views.safeguarding.forms import (
    AssessForm,
    CareForm,
    DetermineForm,
    OverrideForm,
    ScreenForm,
    StatusForm,
)
from waystation.web.wording import say


@require_http_methods(["GET", "POST"])
@answering_refusals
def screen(request: AskedRequest, case_id: UUID, traveller_id: UUID) -> HttpResponseBase:
    """Write down what a traveller told and what was seen."""

    def write(form: Any, **about: Any) -> None:
        record_screen(**about, traveller_id=traveller_id, **form.values())

    return _record(request, (case_id, traveller_id), "screen", ScreenForm, write)


@require_http_methods(["GET", "POST"])
@answering_refusals
def status(request: AskedRequest, case_id: UUID, traveller_id: UUID) -> HttpResponseBase:
    """Write down what somebody decided about trafficking."""

    def write(form: Any, **about: Any) -> None:
        given = form.cleaned_data
        decide_status(
            **about,
            traveller_id=traveller_id,
            status=TraffickingStatus(given["status"]),
            decided_by_kind=DecidingOrganisation(given["decided_by_kind"]),
            decided_by=given["decided_by"],
            why=given["why"],
        )

    return _record(request, (case_id, traveller_id), "status", StatusForm, write)


@require_http_methods(["GET", "POST"])
@answering_refusals
def care(request: AskedRequest, case_id: UUID, traveller_id: UUID) -> HttpResponseBase:
    """Write down what is known of a child's age, care and parents."""

    def write(form: Any, **about: Any) -> None:
        given = form.cleaned_data
        record_child_facts(
            **about,
            traveller_id=traveller_id,
            age=Age(given["age"]),
            care=Care(given["care"]),
            care_grade=Grade(given["care_grade"]),
            care_evidence=given["care_evidence"],
            mother=Parent(given["mother"]),
            father=Parent(given["father"]),
            parents_grade=Grade(given["parents_grade"]),
            parents_evidence=given["parents_evidence"],
        )

    return _record(request, (case_id, traveller_id), "care", CareForm, write)


@require_http_methods(["GET", "POST"])
@answering_refusals
def assess(request: AskedRequest, case_id: UUID, traveller_id: UUID) -> HttpResponseBase:
    """Write a best interests assessment."""

    def write(form: Any, **about: Any) -> None:
        given = form.cleaned_data
        recommendation = Recommendation(given["recommendation"])
        record_assessment(**about, traveller_id=traveller_id, recommendation=recommendation, words=given["words"])

    return _record(request, (case_id, traveller_id), "assess", AssessForm, write)


@require_http_methods(["GET", "POST"])
@answering_refusals
def determine(request: AskedRequest, case_id: UUID, traveller_id: UUID) -> HttpResponseBase:
    """Write down what a panel determined."""

    def write(form: Any, **about: Any) -> None:
        given = form.cleaned_data
        record_determination(
            **about,
            traveller_id=traveller_id,
            recommendation=Recommendation(given["recommendation"]),
            members=form.members(),
            words=given["words"],
        )

    return _record(request, (case_id, traveller_id), "determine", DetermineForm, write)


@require_http_methods(["GET", "POST"])
@answering_refusals
def override(request: AskedRequest, case_id: UUID, traveller_id: UUID) -> HttpResponseBase:
    """Ask that a traveller pass although something blocks."""
    traveller = companion(request, case_of(case_id), traveller_id).traveller

    def write(form: Any, **about: Any) -> None:
        ask_override(**about, traveller=traveller, words=form.cleaned_data["words"])

    return _record(request, (case_id, traveller_id), "override", OverrideForm, write)


def _record(
    request: AskedRequest, ids: tuple[UUID, UUID], verb: str, kind: type[forms.Form], write: Callable[..., None]
) -> HttpResponseBase:
    """Show the form, or write and go back; a rule that refuses is said above the form, with what was typed kept."""
    case = case_of(ids[0])
    refuse_closed(case)
    who = companion(request, case, ids[1])
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            write(form, keyring=request.keyring, record=case.record, at=timezone.now())
        except SafeguardRefusedError as refusal:
            form.add_error(None, say(f"safeguarding.refused.{refusal.code}"))
        except BadInputError:
            form.add_error(None, say("cases.refused"))
        else:
            notify(request, say(f"safeguarding.done.{verb}"))
            return see_other("safeguarding.case", case.pk)
    context = {
        "case": case,
        "companion": who,
        "form": form,
        "title": say(f"safeguarding.title.{verb}"),
        "about": say(f"safeguarding.about.{verb}"),
        "submit": f"safeguarding.submit.{verb}",
        "back": reverse("safeguarding.case", args=[case.pk]),
    }
    return render(request, "web/safeguarding/record.html", context, status=422 if request.method == "POST" else 200)
