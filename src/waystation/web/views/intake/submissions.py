"""Take in what was filled in elsewhere: send the file, see how its columns are read, file what is right."""

from typing import Any, BinaryIO, cast
from uuid import UUID

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.continuity.steps import Steps, quiet
from waystation.exchange.forms.definitions import declared, keep_mapping, mapping_kept
from waystation.exchange.forms.taking_in import Taken, take_in
from waystation.exchange.models import OwnForm
from waystation.intake.faults import stops
from waystation.intake.forms.form import Form, Kind, said
from waystation.intake.submissions.mapping import (
    ROLES,
    FormMapping,
    SheetMapping,
    is_target,
    suggest,
)
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, see_other
from waystation.web.views.exchange.staged import STAGES, WORK, Stage
from waystation.web.views.exchange.words import said_faults
from waystation.web.views.intake.forms import form_or_nothing
from waystation.web.views.intake.languages import language_of
from waystation.web.views.intake.sent import FilesField, Read, Sources, read_sent
from waystation.web.wording import say, say_lazy

MOST_COLUMNS = 400


class SubmissionsForm(forms.Form):
    """A file of submissions, and the case of those that name none."""

    file = FilesField(label=say_lazy("intake.submissions.file"), help_text=say_lazy("intake.submissions.file.hint"))
    code = forms.CharField(
        label=say_lazy("intake.submissions.code"),
        help_text=say_lazy("intake.submissions.code.hint"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )


@require_http_methods(["GET", "POST"])
@answering_refusals
def submissions(request: AskedRequest, form_id: UUID) -> HttpResponseBase:
    """Take a file, show how it is read, and file its submissions."""
    form = form_or_nothing(form_id)
    stage = _staged(request, form_id)
    if request.method == "POST" and stage is not None:
        return _mapped(request, form, stage)
    asking = SubmissionsForm(request.POST, request.FILES) if request.method == "POST" else SubmissionsForm()
    if request.method == "POST" and asking.is_valid():
        sent = asking.cleaned_data["file"]
        if not any(getattr(each, "too_large", False) for each in sent):
            sources = Sources([each.take() for each in sent])
            named = [(each.name or "", source) for each, source in zip(sent, sources.files, strict=True)]
            read = read_sent(declared(form), named, asking.cleaned_data["code"])
            stage = STAGES.put(Stage(request.person.pk, cast("BinaryIO", sources), found=read, about=form_id))
            return _look(request, form, stage, read, _mapping(form, read))
        asking.add_error("file", say("cases.file.too_large"))
    return render(
        request, "web/intake/submissions.html", {"form": asking, "own": form}, status=422 if asking.errors else 200
    )


def _staged(request: AskedRequest, form_id: UUID) -> Stage | None:
    given = request.POST.get("stage", "")
    try:
        stage = STAGES.find(UUID(given), request.person.pk) if given else None
    except ValueError:
        return None
    return stage if stage is not None and stage.about == form_id and isinstance(stage.found, Read) else None


def _mapping(form: OwnForm, read: Read) -> FormMapping:
    return suggest(declared(form), read.sheets, mapping_kept(form))[0]


def _mapped(request: AskedRequest, form: OwnForm, stage: Stage) -> HttpResponseBase:
    read: Read = stage.found
    declaration = declared(form)
    mapping = _chosen(declaration, _mapping(form, read), request.POST)
    if "take" not in request.POST:
        return _look(request, form, stage, read, mapping)
    if WORK.is_running("submissions"):
        notify(request, say("exchange.busy"), level=40)
        return _look(request, form, stage, read, mapping)
    keep_mapping(form, mapping)

    def work(steps: Steps) -> Taken:
        try:
            return _take(request, form, declaration, read, mapping, steps=steps)
        finally:
            STAGES.drop(stage.id)

    return see_other("exchange.job", WORK.start("submissions", request.person.pk, work).id)


def _look(request: AskedRequest, form: OwnForm, stage: Stage, read: Read, mapping: FormMapping) -> HttpResponseBase:
    declaration = declared(form)
    stopped = stops(list(read.faults)) or not (read.sheets or read.instances)
    taken = Taken() if stopped else _take(request, form, declaration, read, mapping)
    columns = [
        {"name": f"m/{at}/{number}", "sheet": sheet.sheet, "column": column, "target": sheet.columns[column]}
        for at, sheet in enumerate(mapping.sheets)
        for number, column in enumerate(sheet.columns)
    ][:MOST_COLUMNS]
    context = {
        "own": form,
        "stage": stage,
        "columns": columns,
        "targets": _targets(declaration),
        "faults": said_faults([*read.faults, *taken.faults]),
        "taken": taken,
        "stopped": stopped,
    }
    return render(request, "web/intake/mapping.html", context)


def _take(
    request: AskedRequest,
    form: OwnForm,
    declaration: Form,
    read: Read,
    mapping: FormMapping,
    *,
    steps: Steps | None = None,
) -> Taken:
    """File what was sent, telling how far it is; without ``steps``, say what would come of it."""
    return take_in(
        keyring=request.keyring,
        form=form,
        submissions=read.submissions(declaration, mapping),
        default_code=read.code,
        at=timezone.now(),
        steps=steps or quiet,
        only_look=steps is None,
    )


def _chosen(form: Form, mapping: FormMapping, posted: Any) -> FormMapping:
    """Return a mapping with what a person chose for single columns."""
    sheets = []
    for at, sheet in enumerate(mapping.sheets):
        columns = dict(sheet.columns)
        for number, column in enumerate(sheet.columns):
            target = posted.get(f"m/{at}/{number}")
            if target is not None and (target == "" or is_target(form, target)):
                columns[column] = target
        sheets.append(SheetMapping(sheet.sheet, sheet.repeat, columns))
    return FormMapping(tuple(sheets))


def _targets(form: Form) -> list[tuple[str, str]]:
    language = language_of(form)
    found = [("", say("intake.target.none")), *((role, say(f"intake.target.{role[1:]}")) for role in ROLES)]
    for question in form.questions:
        if question.kind is Kind.NOTE:
            continue
        target, label = "/".join(question.path), said(question.labels, language) or question.name
        found.append((target, label))
        if question.kind is Kind.SEVERAL:
            found.extend(
                (f"{target}={choice.name}", f"{label}: {said(choice.labels, language) or choice.name}")
                for choice in form.choices.get(question.choices, ())
            )
    return found
