import io
from uuid import UUID, uuid4

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.continuity.errors import NotHereError, NotWholeError
from waystation.continuity.travel import give_back_from, make_parcel, take_keys
from waystation.continuity.whole_file import working_folder
from waystation.vault import WrongSecretError
from waystation.web.views.continuity.seat import Seated, here_of, see_other
from waystation.web.wording import say, say_lazy

_FOLDER = "travel"


class LeaveForm(forms.Form):
    """A person says that the parcel is off this device."""

    handed_over = forms.BooleanField(label=say_lazy("continuity.travel.handed_over"))


class ParcelForm(forms.Form):
    """The parcel of somebody who left."""

    parcel = forms.FileField(label=say_lazy("continuity.travel.parcel"))


@require_safe
def travel(request: Seated) -> HttpResponse:
    """Say what travelling does and what it does not."""
    return render(request, "web/continuity/travel.html", {})


@require_POST
def make(request: Seated) -> HttpResponse:
    """Seal this device's keys into a parcel; the device still opens."""
    here, parcel_id = here_of(request), uuid4()
    (here.data / _FOLDER).mkdir(mode=0o700, exist_ok=True)
    make_parcel(here=here, parcel=here.data / _FOLDER / f"{parcel_id.hex}.age")
    return see_other("continuity.travel.leave", parcel_id)


@require_safe
def download(request: Seated, parcel_id: UUID) -> HttpResponseBase:
    """Hand over the parcel."""
    path = here_of(request).data / _FOLDER / f"{parcel_id.hex}.age"
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename="parcel.age")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Seated, parcel_id: UUID) -> HttpResponse:
    """Take the keys off this device once the parcel is elsewhere; then lock."""
    here = here_of(request)
    parcel = here.data / _FOLDER / f"{parcel_id.hex}.age"
    if not parcel.exists():
        raise Http404
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            left = take_keys(here=here, parcel=parcel, at=now())
        except (NotWholeError, NotHereError):
            form.add_error(None, say("continuity.travel.again"))
        else:
            response = render(request, "web/continuity/travel_left.html", {"left": left})
            request.desk.lock(at=now())
            return response
    context = {"form": form, "parcel_id": parcel_id}
    return render(request, "web/continuity/travel_leave.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Seated) -> HttpResponseBase:
    """At home: make, from a parcel, the file that brings the keys back."""
    form = ParcelForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        here = here_of(request)
        with working_folder(here.data) as work:
            (work / "parcel").write_bytes(form.cleaned_data["parcel"].read())
            try:
                give_back_from(here=here, parcel=work / "parcel", out=work / "back", at=now())
            except (NotWholeError, WrongSecretError):
                form.add_error("parcel", say("continuity.travel.not_ours"))
            else:
                content = io.BytesIO((work / "back").read_bytes())
                return FileResponse(content, as_attachment=True, filename="back.json")
    return render(request, "web/continuity/travel_give.html", {"form": form}, status=422 if form.errors else 200)
