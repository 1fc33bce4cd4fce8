import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.accounts.errors import SharesDifferError
from waystation.vault import NoKeyError, same_share
from waystation.web.notices import notify
from waystation.web.sheets.pdf import sheets_pdf
from waystation.web.views.door.forms import ConfirmForm
from waystation.web.views.door.set_up import steps
from waystation.web.views.door.steps import desk_of, go_on, is_next, sent_to
from waystation.web.wording import active_language, say

ASKED = "shares_asked"
"""Where a session keeps the numbers of the two sheets that are asked for."""
SHEETS = 5


@require_safe
def shares(request: HttpRequest) -> HttpResponse:
    """Offer the five sheets to print; after an interruption, to make them anew or to type back those that were printed."""
    if not is_next(request, "door.shares"):
        return go_on(request)
    here = bool(desk_of(request).shares())
    return render(request, "web/door/shares.html", {"here": here, "steps": steps("shares")})


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Make five new shares; those printed before are not asked for any more."""
    if not is_next(request, "door.shares"):
        return go_on(request)
    try:
        desk_of(request).renew_shares(at=timezone.now())
    except NoKeyError:
        notify(request, say("door.shares.gone"))
    request.session.pop(ASKED, None)
    return sent_to("door.shares")


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Show the five sheets as one page that prints as five."""
    made = desk_of(request).shares() if is_next(request, "door.shares") else ()
    if not made:
        return go_on(request)
    numbered = [(number, share.split()) for number, share in enumerate(made, start=1)]
    return render(request, "web/door/sheets.html", {"sheets": numbered})


@require_safe
def sheets_as_pdf(request: HttpRequest) -> HttpResponse:
    """Return the five sheets as PDF, made in memory and shown in the browser rather than saved."""
    made = desk_of(request).shares() if is_next(request, "door.shares") else ()
    if not made:
        return go_on(request)
    content = sheets_pdf(made, active_language())
    headers = {"Content-Disposition": "inline"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for two of the sheets; from then on records can be opened."""
    if not is_next(request, "door.shares"):
        return go_on(request)
    desk = desk_of(request)
    numbers = _asked(request, bool(desk.shares()))
    form = ConfirmForm(numbers, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    if not _are_those(form, numbers, desk.shares()):
        return _page(request, form)
    try:
        desk.confirm(form.typed, at=timezone.now())
    except SharesDifferError as error:
        for place in error.wrong:
            form.add_error(f"share_{place}", say("door.confirm.differs"))
        return _page(request, form)
    request.session.pop(ASKED, None)
    return sent_to("door.done")


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Say what was set up and where to keep what was printed."""
    if not is_next(request, "home"):
        return go_on(request)
    return render(request, "web/door/done.html", {"steps": steps("done")})


def _asked(request: HttpRequest, numbered: bool) -> list[int]:
    """Return the numbers of the sheets asked for; zeros where any two will do, because this process did not make them."""
    if not numbered:
        return [0, 0]
    kept = request.session.get(ASKED)
    if not kept:
        kept = request.session[ASKED] = sorted(secrets.SystemRandom().sample(range(1, SHEETS + 1), 2))
    return [int(number) for number in kept]


def _are_those(form: ConfirmForm, numbers: list[int], made: tuple[str, ...]) -> bool:
    for place, (number, typed) in enumerate(zip(numbers, form.typed, strict=True)):
        if number and not same_share(typed, made[number - 1]):
            form.add_error(f"share_{place}", say("door.confirm.differs"))
    return not form.errors


def _page(request: HttpRequest, form: ConfirmForm) -> HttpResponse:
    context = {"form": form, "steps": steps("shares")}
    return render(request, "web/door/confirm.html", context, status=422 if form.errors else 200)


urlpatterns = [
    path("set-up/shares", shares, name="door.shares"),
    path("set-up/shares/renew", renew, name="door.shares.renew"),
    path("set-up/sheets", sheets, name="door.sheets"),
    path("set-up/sheets.pdf", sheets_as_pdf, name="door.sheets.pdf"),
    path("set-up/confirm", confirm, name="door.confirm"),
    path("set-up/done", done, name="door.done"),
]
