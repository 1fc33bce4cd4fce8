"""Whose device this is, for the pages about it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waystation.accounts.models import Person
from waystation.continuity.here import Here
from waystation.continuity.jobs import Jobs
from waystation.store.keyring import Keyring
from waystation.vault import LockedError
from waystation.web.middleware.desk import DeskLike

JOBS = Jobs()
"""The long work of this process."""


class Seated(HttpRequest):
    """A request of somebody who has unlocked; the access table lets no other request reach these pages."""

    desk: DeskLike
    keyring: Keyring
    person: Person


def here_of(request: Seated) -> Here:
    """Return this device as the person of this request has unlocked it."""
    if request.desk.opened is None:
        raise LockedError("unlock first")
    return Here(settings.DATA_DIR, request.desk.opened, request.keyring)


def see_other(name: str, *args: object) -> HttpResponse:
    """Send the browser on after a post (303)."""
    response = redirect(name, *args)
    response.status_code = 303
    return response
