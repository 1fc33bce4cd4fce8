from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from waystation.accounts.models import Person
from waystation.store.keyring import Keyring
from waystation.web.middleware.desk import DeskLike


class SeatedRequest(HttpRequest):
    """A request of somebody who has unlocked; the access table lets no other request reach these pages."""

    desk: DeskLike
    keyring: Keyring
    person: Person


def see_other(name: str, *args: object) -> HttpResponse:
    """Send the browser on after a post (303)."""
    response = redirect(name, *args)
    response.status_code = 303
    return response
