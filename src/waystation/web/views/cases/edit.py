"""Change one part of a case. What others saved meanwhile is shown beside what was typed; nothing is lost."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.accounts.openings import open_fields
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.cases.errors import ChangedMeanwhileError
from waystation.cases.models import TIER_FIELDS, Case
from waystation.cases.policies import refuse_closed
from waystation.cases.services import change_case
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, names_of, see_other
from waystation.web.views.cases.forms import SECTIONS, SectionForm
from waystation.web.views.cases.shown import as_initial, shown_value, who_did_what
from waystation.web.wording import say


@dataclass(frozen=True)
class Difference:
    """A field that two people changed: what it is called, what was typed here, what is saved now."""

    label: str
    typed: str = field(repr=False)
    saved: str = field(repr=False)


@require_http_methods(["GET", "POST"])
@answering_refusals
def edit(request: AskedRequest, case_id: Any, tier: Tier) -> HttpResponseBase:
    """Show a part of a case to change, or save it."""
    case = case_of(case_id)
    if tier not in allowed_tiers(request.person, Action.CASE_CHANGE, case.record, request.keyring):
        raise PermissionDenied
    refuse_closed(case)
    if request.method == "POST":
        form = SECTIONS[tier](request.POST)
        return _save(request, case, tier, form) if form.is_valid() else _page(request, case, tier, form, status=422)
    shown = {**_saved(request, case, tier), "version": case.version}
    return _page(request, case, tier, SECTIONS[tier](initial=shown))


def _saved(request: AskedRequest, case: Case, tier: Tier) -> dict[str, Any]:
    """Return what is saved in a part of the case, as a form shows it."""
    return as_initial(open_fields(keyring=request.keyring, row=case, fields=TIER_FIELDS[tier], at=timezone.now()))


def _save(request: AskedRequest, case: Case, tier: Tier, form: SectionForm) -> HttpResponseBase:
    values, seen = form.changed_values(), form.cleaned_data["version"]
    if not values:
        notify(request, say("cases.unchanged"), level=20)
        return see_other("cases.page", case.pk)
    try:
        saved = change_case(keyring=request.keyring, case=case, seen_version=seen, values=values, at=timezone.now())
    except ChangedMeanwhileError as meanwhile:
        return _both(request, meanwhile, tier, form)
    except BadInputError:
        form.add_error(None, say("cases.refused"))
        return _page(request, case, tier, form, status=422)
    others = saved.version - seen - 1
    notify(request, say("cases.saved.others", count=others) if others > 0 else say("cases.saved"))
    return see_other("cases.page", case.pk)


def _both(request: AskedRequest, meanwhile: ChangedMeanwhileError, tier: Tier, form: SectionForm) -> HttpResponseBase:
    """Show what was typed and what is saved now side by side, in a form that would save what was typed."""
    case, names = meanwhile.case, names_of(request, {change.by for change in meanwhile.changes})
    typed, saved = form.changed_values(), _saved(request, case, tier)
    again = SECTIONS[tier].over(saved, typed, case.version)
    differences = [
        Difference(say(f"cases.field.{name}"), shown_value(name, typed[name]), shown_value(name, saved[name]))
        for name in TIER_FIELDS[tier]
        if name in meanwhile.fields
    ]
    steps = [who_did_what(change, names) for change in meanwhile.changes if meanwhile.fields & set(change.fields)]
    return _page(request, case, tier, again, status=409, differences=differences, steps=steps)


def _page(
    request: AskedRequest, case: Case, tier: Tier, form: forms.Form, status: int = 200, **further: Any
) -> HttpResponseBase:
    part, back = say(f"cases.tier.{tier}"), reverse("cases.page", args=[case.pk])
    context = {"case": case, "part": part, "form": form, "back": back, **further}
    return render(request, "web/cases/edit.html", context, status=status)
