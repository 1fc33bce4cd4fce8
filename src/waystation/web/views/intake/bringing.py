"""Bring a form in: send it, see what of it is left out, say who may open what is filled in."""

from uuid import UUID

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.exchange.forms.definitions import bring_in
from waystation.intake.limits import FORMS
from waystation.intake.xlsform.reading import FormReading, read_xlsform
from waystation.store.tiers import Tier
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, see_other
from waystation.web.views.exchange.staged import STAGES, Stage
from waystation.web.views.exchange.words import said_faults
from waystation.web.wording import say, say_lazy


class SendForm(forms.Form):
    """A form's file."""

    file = forms.FileField(label=say_lazy("intake.file"), help_text=say_lazy("intake.file.hint"))


class KeepForm(forms.Form):
    """What it is called here, and who opens what is filled in."""

    name = forms.CharField(label=say_lazy("intake.name"), max_length=200)
    tier = forms.ChoiceField(
        label=say_lazy("intake.tier"),
        help_text=say_lazy("intake.tier.hint"),
        choices=[(tier.value, say_lazy(f"cases.tier.{tier}")) for tier in Tier],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "POST"])
@answering_refusals
def bring(request: AskedRequest) -> HttpResponseBase:
    """Take a form's file and read it; nothing is kept yet."""
    form = SendForm(request.POST, request.FILES) if request.method == "POST" else SendForm()
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        if not getattr(sent, "too_large", False):
            data = sent.file.read(FORMS.bytes + 1)
            stage = Stage(request.person.pk, sent.take(), found=read_xlsform(data))
            return see_other("intake.keep", STAGES.put(stage).id)
        form.add_error("file", say("cases.file.too_large"))
    return render(request, "web/intake/bring.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@answering_refusals
def keep(request: AskedRequest, stage_id: UUID) -> HttpResponseBase:
    """Show what was read and what is left out; keep the form once somebody says so."""
    stage = STAGES.find(stage_id, request.person.pk)
    if stage is None or not isinstance(stage.found, FormReading):
        raise Http404
    reading = stage.found
    title = reading.form.title if reading.form else ""
    form = KeepForm(request.POST) if request.method == "POST" else KeepForm(initial={"name": title})
    if request.method == "POST" and reading.form is not None and form.is_valid():
        kept = bring_in(
            keyring=request.keyring,
            reading=reading,
            name=form.cleaned_data["name"],
            tier=Tier(form.cleaned_data["tier"]),
            at=timezone.now(),
        )
        STAGES.drop(stage_id)
        notify(request, say("intake.kept"))
        return see_other("intake.form", kept.pk)
    context = {
        "form": form,
        "reading": reading,
        "questions": len(reading.form.questions) if reading.form else 0,
        "faults": said_faults(reading.faults),
    }
    return render(request, "web/intake/keep.html", context, status=422 if form.errors else 200)
