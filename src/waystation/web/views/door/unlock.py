import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from waystation.kernel import RuleRefusedError
from waystation.vault import TamperedError, WrongSecretError
from waystation.web.middleware.access import AFTER_UNLOCK
from waystation.web.middleware.desk import take_seat
from waystation.web.views.door.forms import PassphraseForm
from waystation.web.views.door.steps import desk_of, go_on, is_next
from waystation.web.wording import say


@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the passphrase; the one that fits opens everything this person may open."""
    if not is_next(request, "door.unlock"):
        return go_on(request)
    form = PassphraseForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    desk, wanted = desk_of(request), request.session.get(AFTER_UNLOCK, "")
    try:
        desk.unlock(form.cleaned_data["passphrase"], at=timezone.now())
    except (WrongSecretError, TamperedError, RuleRefusedError) as error:
        form.add_error("passphrase", _said(error))
        return _page(request, form)
    request.session.flush()
    take_seat(request, desk)
    if desk.is_founded and desk.is_confirmed and _is_ours(wanted):
        response: HttpResponse = redirect(wanted)
        response.status_code = 303
        return response
    return go_on(request)


def _is_ours(address: object) -> bool:
    return (
        isinstance(address, str)
        and address.startswith("/")
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )


def _said(error: Exception) -> str:
    seconds = getattr(error, "seconds", None)
    if seconds is not None:
        return say("door.wait", count=max(1, math.ceil(float(seconds))))
    if isinstance(error, WrongSecretError):
        return say("door.wrong")
    if isinstance(error, TamperedError):
        return say("door.tampered")
    return say("door.refused")


def _page(request: HttpRequest, form: PassphraseForm) -> HttpResponse:
    cautions = [say(f"door.caution.{name}") for name in desk_of(request).cautions]
    status = 422 if form.errors else 200
    return render(request, "web/door/unlock.html", {"form": form, "cautions": cautions}, status=status)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """End the process that holds the keys. The next page is answered by a fresh one."""
    desk = desk_of(request)
    request.session.flush()
    if desk.opened is not None or desk.token:
        desk.lock(at=timezone.now())
    response = redirect("door.unlock")
    response.status_code = 303
    return response


urlpatterns = [
    path("unlock", unlock, name="door.unlock"),
    path("lock", lock, name="door.lock"),
]
