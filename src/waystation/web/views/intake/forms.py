from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.permissions import Action
from waystation.exchange.forms.definitions import declared, faults_of, retire
from waystation.exchange.models import OwnForm
from waystation.intake.forms.form import Kind, Question, Section, said
from waystation.web.notices import notify
from waystation.web.permitted import permitted
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, see_other
from waystation.web.views.exchange.words import said_faults
from waystation.web.views.intake.languages import language_of
from waystation.web.wording import say


@require_safe
@answering_refusals
def forms_page(request: AskedRequest) -> HttpResponseBase:
    """List the organisation's forms."""
    rows = [
        {"form": form, "questions": len(declared(form).questions), "left_out": len(form.left_out), "tier": _tier(form)}
        for form in OwnForm.objects.order_by("-at", "pk")
    ]
    context = {"rows": rows, "may_bring": permitted(request.person, Action.FORM_MANAGE)}
    return render(request, "web/intake/forms.html", context)


@require_safe
@answering_refusals
def form_page(request: AskedRequest, form_id: UUID) -> HttpResponseBase:
    """Show a form: its questions, and what of it is not supported here, with its row."""
    form = form_or_nothing(form_id)
    declaration = declared(form)
    language = language_of(declaration)
    parts = [
        {
            "row": part.row or "",
            "label": said(part.labels, language) or part.name,
            "kind": _kind(part),
            "depth": len(path) - 1,
        }
        for path, part in declaration.parts.items()
    ]
    context = {
        "form": form,
        "tier": _tier(form),
        "parts": parts,
        "languages": [each for each in declaration.languages if each],
        "faults": said_faults(faults_of(form.left_out)),
        "may_manage": permitted(request.person, Action.FORM_MANAGE),
    }
    return render(request, "web/intake/form.html", context)


@require_POST
@answering_refusals
def retire_form(request: AskedRequest, form_id: UUID, back: bool = False) -> HttpResponseBase:
    """Let a form no longer be filled in, or again."""
    form_or_nothing(form_id)
    retire(keyring=request.keyring, form_id=form_id, at=timezone.now(), back=back)
    undo = "intake.retire" if back else "intake.restore"
    notify(request, say("intake.restored" if back else "intake.retired"), undo_url=reverse(undo, args=[form_id]))
    return see_other("intake.form", form_id)


def form_or_nothing(form_id: UUID) -> OwnForm:
    """Return a form, or the page that says that nothing is there."""
    form = OwnForm.objects.filter(pk=form_id).first()
    if form is None:
        raise Http404
    return form


def _tier(form: OwnForm) -> str:
    return say(f"cases.tier.{form.tier}")


def _kind(part: Question | Section) -> str:
    if isinstance(part, Section):
        return say("intake.kind.repeat" if part.repeats else "intake.kind.section")
    chosen = {Kind.ONE: "choose_one", Kind.SEVERAL: "choose_several"}
    return say(f"intake.kind.{chosen.get(part.kind, part.kind.value)}")
