"""What keeps a case from ending, and how its end is final: opening again, legal hold, shredding by two people."""

from uuid import UUID

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from waystation.accounts.errors import HeldError
from waystation.accounts.services import (
    mark_honey,
    release_hold,
    set_hold,
    shred_record,
    unmark_honey,
)
from waystation.cases.codes import said
from waystation.cases.models import Case
from waystation.cases.policies import refuse_shredded
from waystation.cases.services import reopen_case
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, see_other
from waystation.web.wording import say, say_lazy


class ShredForm(forms.Form):
    """The code, typed: a hand that types it has read it."""

    code = forms.CharField(
        label=say_lazy("cases.shred.code"),
        help_text=say_lazy("cases.shred.code.hint"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, case: Case, *args: object, **options: object) -> None:
        """Demand the code of ``case``."""
        super().__init__(*args, **options)  # type: ignore[arg-type] # a form's own arguments
        self.case = case

    def clean_code(self) -> str:
        """Refuse any other code."""
        typed = said(self.cleaned_data["code"])
        if typed != self.case.code:
            raise forms.ValidationError(say("cases.shred.other_code"))
        return typed


@require_POST
@answering_refusals
def reopen(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Open a closed case again."""
    reopen_case(keyring=request.keyring, case=case_of(case_id), at=timezone.now())
    notify(request, say("cases.reopened"))
    return see_other("cases.page", case_id)


@require_POST
@answering_refusals
def hold(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Put a case on legal hold."""
    case = case_of(case_id)
    refuse_shredded(case)
    set_hold(keyring=request.keyring, record=case.record, at=timezone.now())
    notify(request, say("cases.hold.set"))
    return see_other("cases.page", case_id)


@require_POST
@answering_refusals
def release(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Release a case from legal hold, once a second person agreed."""
    release_hold(keyring=request.keyring, record=case_of(case_id).record, at=timezone.now())
    notify(request, say("cases.hold.released"), undo_url=reverse("cases.hold", args=[case_id]))
    return see_other("cases.page", case_id)


@require_http_methods(["GET", "POST"])
@answering_refusals
def shred(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Say what shredding means and ask for the code; then, once a second person agreed, destroy the keys."""
    case = case_of(case_id)
    refuse_shredded(case)
    form = ShredForm(case, request.POST or None) if request.method == "POST" else ShredForm(case)
    if request.method == "POST" and form.is_valid() and not case.record.hold:
        try:
            shred_record(keyring=request.keyring, record=case.record, at=timezone.now())
        except HeldError:
            return see_other("cases.shred", case_id)
        notify(request, say("cases.shred.done", code=case.code))
        return see_other("cases.list")
    context = {"case": case, "form": form, "back": reverse("cases.page", args=[case.pk])}
    return render(request, "web/cases/shred.html", context, status=422 if form.errors else 200)


@require_POST
@answering_refusals
def mark(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Mark a case as one that nobody has reason to open."""
    mark_honey(keyring=request.keyring, record=case_of(case_id).record, at=timezone.now())
    notify(request, say("cases.honey.marked"), undo_url=reverse("cases.unmark", args=[case_id]))
    return see_other("cases.page", case_id)


@require_POST
@answering_refusals
def unmark(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Take that mark off."""
    unmark_honey(keyring=request.keyring, record=case_of(case_id).record, at=timezone.now())
    notify(request, say("cases.honey.unmarked"), undo_url=reverse("cases.mark", args=[case_id]))
    return see_other("cases.page", case_id)
