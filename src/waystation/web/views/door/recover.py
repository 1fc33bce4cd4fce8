import math
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.kernel import BadInputError, RuleRefusedError
from waystation.vault import LockedError, MistypedShareError, TamperedError, WrongSecretError
from waystation.web.middleware.desk import sits_here, take_seat
from waystation.web.views.door.forms import RecoverForm, SharesForm
from waystation.web.views.door.set_up import draw_if_asked, same_words
from waystation.web.views.door.steps import PASSPHRASE, desk_of, go_on, is_next, sent_to
from waystation.web.wording import say


@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Ask for three recovery shares."""
    if not is_next(request, "door.unlock"):
        return go_on(request)
    form = SharesForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "recover", form)
    desk = desk_of(request)
    try:
        desk.open_with_shares(form.typed)
    except MistypedShareError as error:
        for place in error.positions:
            form.add_error(f"share_{place - 1}", say("door.recover.mistyped"))
        return _page(request, "recover", form)
    except (WrongSecretError, TamperedError, RuleRefusedError) as error:
        form.add_error(None, _said(error))
        return _page(request, "recover", form)
    request.session.flush()
    take_seat(request, desk)
    return sent_to("door.person")


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Ask who lost the passphrase, and for the new one, which is drawn and shown here."""
    desk = desk_of(request)
    if not sits_here(request, desk):
        return sent_to("door.recover")
    try:
        people = desk.recoverable()
    except LockedError:
        return go_on(request)
    asked_anew = bool(request.POST.get("another") or request.POST.get("more"))
    if request.method != "POST" or asked_anew:
        drawn = draw_if_asked(request)
        return _choices(request, RecoverForm(people), drawn)
    drawn = str(request.session.get(PASSPHRASE, ""))
    form = RecoverForm(people, request.POST)
    if form.is_valid() and not (drawn and same_words(form.cleaned_data["typed"], drawn)):
        form.add_error("typed", say("door.repeat.differs"))
    if not form.is_valid():
        return _choices(request, form, drawn)
    try:
        desk.recover(UUID(form.cleaned_data["person"]), drawn, at=timezone.now())
    except BadInputError:
        form.add_error("typed", say("door.repeat.another"))
        return _choices(request, form, drawn)
    request.session.flush()
    take_seat(request, desk)
    return go_on(request)


def _said(error: Exception) -> str:
    seconds = getattr(error, "seconds", None)
    if seconds is not None:
        return say("door.wait", count=max(1, math.ceil(float(seconds))))
    if isinstance(error, TamperedError):
        return say("door.tampered")
    return say("door.recover.wrong") if isinstance(error, WrongSecretError) else say("door.refused")


def _choices(request: HttpRequest, form: RecoverForm, drawn: str) -> HttpResponse:
    return _page(request, "person", form, words=drawn.split(" "))


def _page(request: HttpRequest, name: str, form: SharesForm | RecoverForm, **more: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, f"web/door/{name}.html", {"form": form, **more}, status=status)


urlpatterns = [
    path("recover", recover, name="door.recover"),
    path("recover/person", person, name="door.person"),
]
