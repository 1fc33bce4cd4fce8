"""Every page's row in the access table is asked before the page is."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from waystation.web.access import ACCESS, Access, Open
from waystation.web.frame import may_open
from waystation.web.middleware.desk import DeskLike

AFTER_UNLOCK = "after_unlock"
"""Where a session keeps the address a person wanted to open when they were sent to the door."""


class AccessMiddleware:
    """Refuses whatever the table does not open to the person of the request.

    No row: refused to everybody (404). Nobody has unlocked: to the door. Set-up not finished: back to it. A role without the
    permission: 403. A record for which this person has no permission: 404, so that a guess at an id tells nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Refuse, send elsewhere, or let the page answer (None)."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        access = ACCESS.get(name)
        if access is None:
            raise Http404
        if access.action is Open.TO_LOCKED:
            return None
        desk: DeskLike | None = getattr(request, "desk", None)
        if getattr(request, "person", None) is None:
            return _to_the_door(request, desk)
        if desk is not None and not desk.is_confirmed:
            return _there(request, "door.shares")
        if not may_open(name, request):
            raise PermissionDenied
        if access.record_argument is not None and not _reaches(request, access, kwargs):
            raise Http404
        return None


def _to_the_door(request: HttpRequest, desk: DeskLike | None) -> HttpResponseBase:
    if desk is not None and not desk.has_device:
        return _there(request, "door.welcome")
    if request.method == "GET" and "HX-Request" not in request.headers:
        # Addresses hold random ids only, and the session is in this process's memory only.
        request.session[AFTER_UNLOCK] = request.path
    return _there(request, "door.unlock")


def _there(request: HttpRequest, name: str) -> HttpResponseBase:
    address = reverse(name)
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    response = redirect(address)
    response.status_code = 303
    return response


def _reaches(request: HttpRequest, access: Access, kwargs: Mapping[str, object]) -> bool:
    """Tell whether the person may do the page's action with the record that the address names."""
    if isinstance(access.action, Open):
        return True
    from waystation.accounts.permissions import may
    from waystation.store.models import Record

    given = kwargs.get(str(access.record_argument))
    if not isinstance(given, UUID):
        return False
    record = Record.objects.filter(pk=given).first() or _record_of_row(given)
    person, keyring = request.person, request.reading  # type: ignore[attr-defined] # set by DeskMiddleware
    return record is not None and may(person, access.action, record, keyring)


def _record_of_row(row_id: UUID) -> Any:
    """Return the record that a row of any sealed table belongs to; None if no row has this id."""
    from django.apps import apps

    from waystation.store.models import SealedModel

    for model in apps.get_models():
        if issubclass(model, SealedModel):
            row = model._default_manager.filter(pk=row_id).select_related("record").first()
            if row is not None:
                return row.record
    return None
