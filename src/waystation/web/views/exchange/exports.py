"""Exports: for what, to whom; the numbers typed; the register."""

from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.cases.spool import SealedSpool
from waystation.continuity.steps import Steps
from waystation.exchange.exporting.collect import STATES, exportable, rows_of
from waystation.exchange.exporting.make import Asked, Typed, make_export, path_of
from waystation.exchange.exporting.purposes import FIELDS, Purpose, What, kinds_for
from waystation.exchange.exporting.register import register, remove_expired, remove_export
from waystation.exchange.models import Export
from waystation.kernel import BadInputError
from waystation.vault import check_recipient
from waystation.web.notices import notify
from waystation.web.uploads import unnamed_file
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, names_of, see_other
from waystation.web.views.exchange.staged import WORK
from waystation.web.wording import say, say_lazy


class AskForm(forms.Form):
    """For what, to whom, and for how long."""

    purpose = forms.ChoiceField(
        label=say_lazy("exchange.export.purpose"),
        choices=[(each.value, say_lazy(f"exchange.purpose.{each}")) for each in Purpose],
        widget=forms.RadioSelect,
    )
    what = forms.ChoiceField(
        label=say_lazy("exchange.export.what_rows"),
        help_text=say_lazy("exchange.export.what_rows.hint"),
        choices=[(each.value, say_lazy(f"exchange.rows.{each}")) for each in What],
    )
    state = forms.ChoiceField(
        label=say_lazy("exchange.export.state"),
        choices=[(each, say_lazy(f"exchange.state.{each}")) for each in STATES],
    )
    recipient = forms.CharField(label=say_lazy("exchange.export.recipient"), max_length=200)
    reason = forms.CharField(
        label=say_lazy("exchange.export.reason"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    key = forms.CharField(
        label=say_lazy("exchange.export.key"),
        help_text=say_lazy("exchange.export.key.hint"),
        max_length=100,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    form = forms.ChoiceField(
        label=say_lazy("exchange.export.form"),
        choices=[("csv", say_lazy("exchange.form.csv")), ("xlsx", say_lazy("exchange.form.xlsx"))],
    )
    days = forms.IntegerField(
        label=say_lazy("exchange.export.days"),
        help_text=say_lazy("exchange.export.days.hint"),
        min_value=1,
        max_value=90,
        initial=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "unit": say_lazy("exchange.export.days.unit")}),
    )

    def clean_key(self) -> str:
        """Refuse what is no age key."""
        try:
            return check_recipient(self.cleaned_data["key"].strip())
        except BadInputError:
            raise forms.ValidationError(say("exchange.export.key.wrong")) from None

    def clean(self) -> dict[str, Any]:
        """Refuse rows that the purpose does not need."""
        given = super().clean() or self.cleaned_data
        if "purpose" in given and "what" in given and (Purpose(given["purpose"]), What(given["what"])) not in FIELDS:
            kinds = [say(f"exchange.rows.{each}") for each in kinds_for(Purpose(given["purpose"]))]
            self.add_error("what", say("exchange.export.what_rows.wrong", kinds=", ".join(kinds)))
        return given

    def asked(self) -> Asked:
        """Return what is asked for."""
        given = self.cleaned_data
        return Asked(
            purpose=Purpose(given["purpose"]),
            recipient=given["recipient"],
            key=given["key"],
            reason=given["reason"],
            form=given["form"],
            state=given["state"],
            kept=timedelta(days=given["days"]),
            what=What(given["what"]),
        )


class TypedForm(forms.Form):
    """The numbers, typed."""

    rows = forms.IntegerField(
        label=say_lazy("exchange.export.rows"), min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    columns = forms.IntegerField(
        label=say_lazy("exchange.export.columns"), min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )


@require_safe
@answering_refusals
def exports_page(request: AskedRequest) -> HttpResponseBase:
    """Show the register; what is past its date is removed first."""
    remove_expired(keyring=request.keyring, folder=folder(), at=timezone.now())
    lines = register(keyring=request.keyring)
    names = names_of(request, {line.export.by for line in lines})
    rows = [
        {
            "line": line,
            "purpose": say(f"exchange.purpose.{line.export.purpose}"),
            "what": say(f"exchange.rows.{line.export.what}"),
            "by": names.get(line.export.by, ""),
            "here": line.export.removed_at is None,
        }
        for line in lines
    ]
    return render(request, "web/exchange/exports.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@answering_refusals
def export(request: AskedRequest) -> HttpResponseBase:
    """Ask for what and to whom; show the numbers; wait for them to be typed."""
    form = AskForm(request.POST) if request.method == "POST" else AskForm()
    if request.method != "POST" or not form.is_valid():
        context: dict[str, Any] = {"form": form, "purposes": _purposes()}
        return render(request, "web/exchange/export.html", context, status=422 if form.errors else 200)
    asked = form.asked()
    ids = exportable(
        keyring=request.keyring, person=request.person, purpose=asked.purpose, state=asked.state, what=asked.what
    )
    typed = TypedForm(request.POST) if "typed" in request.POST else TypedForm()
    numbers = (rows_of(asked.what, ids), len(FIELDS[asked.purpose, asked.what]))
    if typed.is_bound and typed.is_valid():
        given = typed.cleaned_data["rows"], typed.cleaned_data["columns"]
        if given == numbers and numbers[0]:
            return _begin(request, asked, Typed(*given))
        typed.add_error(None, say("exchange.export.differ", rows=numbers[0], columns=numbers[1]))
    context = {
        "asked": asked,
        "hidden": [(name, request.POST.get(name, "")) for name in form.fields],
        "purpose": say(f"exchange.purpose.{asked.purpose}"),
        "what": say(f"exchange.rows.{asked.what}"),
        "form": typed,
        "rows": numbers[0],
        "columns": _columns(asked.purpose, asked.what),
        "count": numbers[1],
    }
    return render(request, "web/exchange/typed.html", context, status=422 if typed.errors else 200)


def _begin(request: AskedRequest, asked: Asked, typed: Typed) -> HttpResponseBase:
    keyring = request.keyring

    def work(steps: Steps) -> object:
        return make_export(
            keyring=keyring,
            asked=asked,
            typed=typed,
            folder=folder(),
            make_spool=lambda: cast("BinaryIO", SealedSpool(unnamed_file())),
            clock=timezone.now,
            steps=steps,
        )

    return see_other("exchange.job", WORK.start("export", request.person.pk, work).id)


@require_safe
@answering_refusals
def download(request: AskedRequest, export_id: UUID) -> HttpResponseBase:
    """Hand over an export; only its recipient opens it."""
    remove_expired(keyring=request.keyring, folder=folder(), at=timezone.now())
    found = Export.objects.filter(pk=export_id, removed_at=None).first()
    path = path_of(folder(), export_id)
    if found is None or not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename="export.age")


@require_POST
@answering_refusals
def remove(request: AskedRequest, export_id: UUID) -> HttpResponseBase:
    """Remove an export's file before its date."""
    try:
        remove_export(keyring=request.keyring, folder=folder(), export_id=export_id, at=timezone.now())
    except Export.DoesNotExist:
        raise Http404 from None
    notify(request, say("exchange.export.removed"))
    return see_other("exchange.exports")


def folder() -> Path:
    """Return where exports lie on this device."""
    return Path(settings.DATA_DIR) / "exports"


def _columns(purpose: Purpose, what: What) -> list[str]:
    return [say(f"exchange.column.{name}") for name in FIELDS[purpose, what]]


def _purposes() -> list[tuple[str, str]]:
    return [
        (f"{say(f'exchange.purpose.{each}')}: {say(f'exchange.rows.{what}')}", ", ".join(_columns(each, what)))
        for each in Purpose
        for what in kinds_for(each)
    ]
