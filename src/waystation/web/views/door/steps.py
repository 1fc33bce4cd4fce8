"""Which page of the door comes next, by what has been done so far."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waystation.kernel import BrokenPromiseError
from waystation.web.middleware.desk import DeskLike, installed, sits_here

DETAILS, PASSPHRASE = "set_up_details", "set_up_passphrase"
"""Where a session keeps what was typed and what was drawn, until the organisation is founded."""


def desk_of(request: HttpRequest) -> DeskLike:
    """Return the desk of this process."""
    desk: DeskLike | None = getattr(request, "desk", None) or installed()
    if desk is None:
        raise BrokenPromiseError("this process has no desk")
    return desk


def next_step(request: HttpRequest) -> str:
    """Return the name of the page that comes next for this browser: home once everything is done."""
    desk = desk_of(request)
    if not desk.has_device:
        if DETAILS not in request.session:
            return "door.organisation"
        return "door.passphrase"
    if not sits_here(request, desk) or desk.opened is None:
        return "door.unlock"
    if not desk.is_founded:
        return "door.organisation"
    return "home" if desk.is_confirmed else "door.shares"


def is_next(request: HttpRequest, *names: str) -> bool:
    """Tell whether the next page is one of these."""
    return next_step(request) in names


def go_on(request: HttpRequest) -> HttpResponse:
    """Send the browser to the page that comes next."""
    return sent_to(next_step(request))


def sent_to(name: str) -> HttpResponse:
    """Redirect after a post."""
    response = redirect(name)
    response.status_code = 303
    return response
