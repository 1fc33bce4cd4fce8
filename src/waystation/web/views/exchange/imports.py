"""Imports: send a table, look at what would become of each row, take it in, take it back."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.accounts.policies import require_confirmed_recovery
from waystation.cases.models import Case
from waystation.continuity.steps import Steps
from waystation.exchange.importing.apply import apply_import
from waystation.exchange.importing.columns import COLUMNS
from waystation.exchange.importing.preview import Preview, Verdict, preview
from waystation.exchange.importing.undo import may_undo, undo_import
from waystation.exchange.models import Import
from waystation.intake.encodings import ENCODINGS
from waystation.intake.faults import FaultCode, fault, stops
from waystation.intake.tables.opening import open_table
from waystation.intake.tables.row import Headed, headed
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, see_other
from waystation.web.views.exchange.staged import STAGES, WORK, Stage
from waystation.web.views.exchange.words import said_agreeing, said_faults
from waystation.web.wording import say, say_lazy

ROWS_A_PAGE = 100


class TableForm(forms.Form):
    """A table, and how its text is written where the guess was wrong."""

    file = forms.FileField(label=say_lazy("exchange.file"), help_text=say_lazy("exchange.file.hint"))
    encoding = forms.ChoiceField(
        label=say_lazy("exchange.encoding"),
        help_text=say_lazy("exchange.encoding.hint"),
        required=False,
        choices=[("", say_lazy("exchange.encoding.find")), *((name, name.upper()) for name in ENCODINGS)],
    )


@require_http_methods(["GET", "POST"])
@answering_refusals
def imports_page(request: AskedRequest) -> HttpResponseBase:
    """List what was imported, and take a table to look at."""
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if request.method == "POST" and form.is_valid():
        require_confirmed_recovery()
        sent = form.cleaned_data["file"]
        if getattr(sent, "too_large", False):
            form.add_error("file", say("cases.file.too_large"))
        else:
            return _stage(request, sent.take(), form.cleaned_data["encoding"])
    at = timezone.now()
    rows = [(each, may_undo(each, request.person.pk, at)) for each in Import.objects.order_by("-at")[:50]]
    context = {"form": form, "imports": rows, "columns": [column.name for column in COLUMNS]}
    return render(request, "web/exchange/imports.html", context, status=422 if form.errors else 200)


def _stage(request: AskedRequest, source: Any, encoding: str) -> HttpResponseBase:
    if WORK.is_running("preview"):
        source.close()
        notify(request, say("exchange.busy"), level=40)
        return see_other("exchange.imports")
    stage = STAGES.put(Stage(request.person.pk, source))
    keyring, person, at = request.keyring, request.person, timezone.now()

    def work(steps: Steps) -> tuple[UUID, Preview]:
        opened = open_table(stage.source, encoding=encoding)
        sheet = _first(opened.sheets)
        if sheet is None:
            looked_at = Preview((), opened.faults or (fault(FaultCode.EMPTY),))
        else:
            seen = preview(keyring=keyring, person=person, sheet=sheet, at=at, steps=steps)
            others = [
                fault(FaultCode.SHEET_NOT_USED, sheet=each.name) for each in opened.sheets if each.name != sheet.sheet
            ]
            looked_at = Preview(seen.lines, (*opened.faults, *others, *seen.faults))
        stage.found = (sheet, looked_at)
        return stage.id, looked_at

    stage.job_id = WORK.start("preview", request.person.pk, work).id
    return see_other("exchange.job", stage.job_id)


def _first(sheets: Any) -> Headed | None:
    """Return the first sheet that is not hidden, its header read."""
    shown = [sheet for sheet in sheets if not sheet.hidden]
    return headed(shown[0]) if shown else None


@require_safe
@answering_refusals
def look(request: AskedRequest, stage_id: UUID) -> HttpResponseBase:
    """Show what would become of each row."""
    stage, _, looked_at = staged(request, stage_id)
    shown = request.session.get(f"look {stage_id}", "")
    lines = [line for line in looked_at.lines if not shown or line.verdict == shown]
    page = Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page"))
    codes = {line.case_id for line in page} | {each.case_id for line in page for each in line.like}
    by_id = dict(Case.objects.filter(pk__in=[each for each in codes if each]).values_list("pk", "code"))
    rows = [
        {
            "line": line,
            "verdict": say(f"exchange.verdict.{line.verdict}"),
            "faults": said_faults(line.faults),
            "code": by_id.get(line.case_id, "") if line.case_id else "",
            "like": [
                (each, by_id.get(each.case_id, "") if each.case_id else "", said_agreeing(each.agreeing))
                for each in line.like
            ],
            "changes": [(say(f"exchange.column.{each.what}"), each) for each in line.changes],
            "newer": ", ".join(say(f"exchange.column.{name}") for name in line.newer),
            "not_taken": " · ".join(line.not_taken),
            "accepted": line.row in stage.accepted,
        }
        for line in page
    ]
    counts = [
        (verdict.value, say(f"exchange.verdict.{verdict}"), number) for verdict, number in looked_at.counts.items()
    ]
    ready = looked_at.counts[Verdict.CREATE] + looked_at.counts[Verdict.UPDATE] + len(stage.accepted)
    context = {
        "stage": stage,
        "page": page,
        "rows": rows,
        "counts": counts,
        "shown": shown,
        "ready": ready,
        "faults": said_faults(looked_at.faults),
        "stopped": stops(list(looked_at.faults)),
        "doubtful": any(line.verdict is Verdict.DOUBTFUL for line in page),
    }
    return render(request, "web/exchange/look.html", context)


@require_POST
@answering_refusals
def choose(request: AskedRequest, stage_id: UUID) -> HttpResponseBase:
    """Show rows of one verdict alone, or keep which doubtful rows are somebody new."""
    stage, _, looked_at = staged(request, stage_id)
    if "show" in request.POST:
        request.session[f"look {stage_id}"] = request.POST["show"] if request.POST["show"] in set(Verdict) else ""
        return see_other("exchange.look", stage_id)
    doubtful = {line.row for line in looked_at.lines if line.verdict is Verdict.DOUBTFUL}
    page = {int(row) for row in request.POST.getlist("page_row") if row.isdigit()}
    new = {int(row) for row in request.POST.getlist("new") if row.isdigit()}
    stage.accepted = (stage.accepted - page | new) & doubtful
    return see_other("exchange.look", stage_id)


@require_POST
@answering_refusals
def take_in(request: AskedRequest, stage_id: UUID) -> HttpResponseBase:
    """Take in what was looked at."""
    stage, sheet, looked_at = staged(request, stage_id)
    if sheet is None or stops(list(looked_at.faults)):
        return see_other("exchange.look", stage_id)
    if WORK.is_running("import"):
        notify(request, say("exchange.busy"), level=40)
        return see_other("exchange.look", stage_id)
    keyring, accepted = request.keyring, frozenset(stage.accepted)
    stage.found = None  # what was looked at is taken in once

    def work(steps: Steps) -> object:
        try:
            return apply_import(
                keyring=keyring,
                sheet=sheet,
                looked_at=looked_at,
                accepted=accepted,
                clock=timezone.now,
                steps=steps,
            )
        finally:
            STAGES.drop(stage_id)

    return see_other("exchange.job", WORK.start("import", request.person.pk, work).id)


@require_POST
@answering_refusals
def undo(request: AskedRequest, import_id: UUID) -> HttpResponseBase:
    """Take an import back."""
    source = Import.objects.filter(pk=import_id).first()
    if source is None:
        raise Http404
    keyring, at = request.keyring, timezone.now()
    if not may_undo(source, request.person.pk, at):
        return see_other("exchange.imports")
    if WORK.is_running("import") or WORK.is_running("undo"):
        notify(request, say("exchange.busy"), level=40)
        return see_other("exchange.imports")
    job = WORK.start(
        "undo",
        request.person.pk,
        lambda steps: undo_import(keyring=keyring, source=source, at=at, steps=steps),
    )
    return see_other("exchange.job", job.id)


def staged(request: AskedRequest, stage_id: UUID) -> tuple[Stage, Headed | None, Preview]:
    """Return a file that somebody sent, its sheet and what was found in it; the page that nothing is there (any longer)."""
    stage = STAGES.find(stage_id, request.person.pk)
    if stage is None or not isinstance(stage.found, tuple) or not isinstance(stage.found[1], Preview):
        raise Http404
    return stage, stage.found[0], stage.found[1]
