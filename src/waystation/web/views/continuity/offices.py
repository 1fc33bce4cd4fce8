from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.continuity.models import Office
from waystation.continuity.office_card import card_of, card_to_text
from waystation.continuity.offices import (
    add_office,
    card_of_office,
    confirm_office,
    office_names,
    offices,
    remove_office,
)
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.web.notices import notify
from waystation.web.views.continuity.seat import Seated, here_of, see_other
from waystation.web.wording import say, say_lazy


class OfficeForm(forms.Form):
    """Another office: what we call it, and its card."""

    name = forms.CharField(label=say_lazy("continuity.office.name"), max_length=200)
    card = forms.CharField(
        label=say_lazy("continuity.office.card"),
        help_text=say_lazy("continuity.office.card.hint"),
        max_length=4096,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )


class ConfirmForm(forms.Form):
    """The last two groups of the fingerprint, heard from the other office."""

    typed = forms.CharField(
        label=say_lazy("continuity.office.typed"), help_text=say_lazy("continuity.office.typed.hint"), max_length=20
    )


@require_safe
def offices_page(request: Seated) -> HttpResponse:
    """List the other offices, and show this one's card."""
    here = here_of(request)
    names = office_names(here)
    rows = [
        {
            "id": office.pk,
            "name": names[office.pk],
            "fingerprint": card_of_office(office).fingerprint,
            "confirmed": office.confirmed_at is not None,
            "mine": office.added_by == request.person.pk,
            "sent": office.next_out - 1,
            "received": office.next_in - 1,
        }
        for office in offices()
    ]
    context = {"offices": rows, "card": card_to_text(here.office), "fingerprint": card_of(here.office).fingerprint}
    return render(request, "web/continuity/offices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Seated) -> HttpResponse:
    """Add an office; a second person confirms it."""
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            add_office(here=here_of(request), name=given["name"], card_text=given["card"], at=now())
        except BadInputError:
            form.add_error("card", say("continuity.office.card.wrong"))
        else:
            notify(request, say("continuity.office.added"))
            return see_other("continuity.offices")
    return render(request, "web/continuity/office_add.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Seated, office_id: UUID) -> HttpResponse:
    """Let a second person compare the fingerprint and confirm the office."""
    here = here_of(request)
    office = Office.objects.select_related("record").filter(pk=office_id, removed_at=None, confirmed_at=None).first()
    if office is None:
        raise Http404
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_office(here=here, office_id=office_id, typed=form.cleaned_data["typed"], at=now())
        except BadInputError:
            form.add_error("typed", say("continuity.office.typed.wrong"))
        except RuleRefusedError:
            form.add_error(None, say("continuity.office.second"))
        else:
            notify(request, say("continuity.office.confirmed"))
            return see_other("continuity.offices")
    context = {
        "form": form,
        "name": here.keyring.open(office, "name")["name"],
        "shown": card_of_office(office).fingerprint[:-2],
    }
    return render(request, "web/continuity/office_confirm.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: Seated, office_id: UUID) -> HttpResponse:
    """Send nothing to an office any more, and take nothing from it."""
    try:
        remove_office(here=here_of(request), office_id=office_id, at=now())
    except ObjectDoesNotExist:
        raise Http404 from None
    notify(request, say("continuity.office.removed"))
    return see_other("continuity.offices")
