from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from waystation.cases.models import Case
from waystation.continuity.bundle_in import Received, bundle_in
from waystation.continuity.bundle_out import bundle_out
from waystation.continuity.here import Here
from waystation.continuity.jobs import Job
from waystation.continuity.offices import office_names, offices
from waystation.continuity.steps import Steps
from waystation.web.views.continuity.seat import JOBS, Seated, here_of, see_other
from waystation.web.wording import say, say_lazy

_FOLDER = "bundles"


class SendForm(forms.Form):
    """To which office, and which cases by their codes."""

    office = forms.ChoiceField(label=say_lazy("continuity.send.office"))
    codes = forms.CharField(
        label=say_lazy("continuity.send.codes"),
        help_text=say_lazy("continuity.send.codes.hint"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(self, *args: object, names: dict[UUID, str]) -> None:
        super().__init__(*args)  # type: ignore[arg-type] # a form's own arguments
        self.fields["office"].choices = [(str(key), name) for key, name in names.items()]  # type: ignore[attr-defined]

    def clean_codes(self) -> list[UUID]:
        """Return the records of the cases; say which codes are none."""
        codes = set(self.cleaned_data["codes"].replace(",", " ").split())
        found = dict(Case.objects.filter(code__in=codes).values_list("code", "record_id"))
        if len(found) != len(codes) or not codes:
            raise forms.ValidationError(say("continuity.send.codes.unknown"))
        return list(found.values())


class ReceiveForm(forms.Form):
    """A bundle that came, and whether one before it is known to be lost."""

    file = forms.FileField(label=say_lazy("continuity.receive.file"))
    accept_gap = forms.BooleanField(
        label=say_lazy("continuity.receive.gap"), help_text=say_lazy("continuity.receive.gap.hint"), required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Seated) -> HttpResponse:
    """Write a bundle for another office."""
    here = here_of(request)
    every = office_names(here)
    names = {office.pk: every[office.pk] for office in offices() if office.confirmed_at is not None}
    form = SendForm(request.POST or None, names=names)
    if request.method == "POST" and form.is_valid():
        job = _begin_sending(request, here, UUID(form.cleaned_data["office"]), form.cleaned_data["codes"])
        return see_other("continuity.job", job.id)
    context = {"form": form, "offices": names}
    return render(request, "web/continuity/send.html", context, status=422 if form.errors else 200)


def _begin_sending(request: Seated, here: Here, office_id: UUID, records: list[UUID]) -> Job:
    bundle_id, at = uuid4(), now()
    folder = here.data / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)

    def work(steps: Steps) -> object:
        target = folder / f"{bundle_id.hex}.age"
        return bundle_out(here=here, office_id=office_id, record_ids=records, target=target, at=at, steps=steps)

    return JOBS.start("send", request.person.pk, work)


@require_safe
def download(request: Seated, bundle_id: UUID) -> HttpResponseBase:
    """Hand over a bundle that was written; it is made out to the other office alone."""
    path = here_of(request).data / _FOLDER / f"{bundle_id.hex}.age"
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename="bundle.age")


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: Seated) -> HttpResponse:
    """Take in a bundle: all of it or nothing."""
    form = ReceiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        here, at, gap = here_of(request), now(), form.cleaned_data["accept_gap"]
        path = here.data / f".{uuid4().hex}.part"
        with path.open("xb") as target:
            for chunk in form.cleaned_data["file"].chunks():
                target.write(chunk)
        job = JOBS.start("receive", request.person.pk, lambda steps: _take(here, path, at, gap, steps))
        return see_other("continuity.job", job.id)
    return render(request, "web/continuity/receive.html", {"form": form}, status=422 if form.errors else 200)


def _take(here: Here, path: Path, at: datetime, gap: bool, steps: Steps) -> Received:
    try:
        return bundle_in(here=here, source=path, at=at, accept_gap=gap, steps=steps)
    finally:
        path.unlink(missing_ok=True)
