"""Named views: a filter under a name, kept for oneself alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from waystation.accounts.services.own_notes import drop_own, keep_own, own_notes
from waystation.cases.index.chosen import CHOICES, Chosen
from waystation.kernel import BadInputError
from waystation.store.keyring import Keyring
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, see_other
from waystation.web.views.cases.choosing import chosen_by
from waystation.web.wording import say

KIND = "view"
LONGEST = 40
_ERROR = 40


@dataclass(frozen=True)
class View:
    """A named view and where it leads."""

    id: UUID
    name: str
    address: str


def saved_views(keyring: Keyring) -> list[View]:
    """Return the reader's own views, the oldest first."""
    return [
        View(note_id, str(kept.get("name", "")), list_address(Chosen.read(kept.get("filter", {}))))
        for note_id, kept in own_notes(keyring, KIND).items()
        if isinstance(kept, Mapping)
    ]


def list_address(chosen: Chosen) -> str:
    """Return the address of the list narrowed so: coded words alone."""
    plain: dict[str, Any] = chosen.plain() or {"state": CHOICES["state"][0]}
    return f"{reverse('cases.list')}?{urlencode(plain)}"


@require_POST
@answering_refusals
def save_view(request: AskedRequest) -> HttpResponseBase:
    """Keep the filter that was used last under a name."""
    name = " ".join(request.POST.get("name", "").split())[:LONGEST]
    if not name:
        notify(request, say("lists.view.unnamed"), level=_ERROR)
        return see_other("cases.list")
    try:
        value = {"name": name, "filter": chosen_by(request).plain()}
        keep_own(keyring=request.keyring, kind=KIND, value=value, at=timezone.now())
    except BadInputError:
        notify(request, say("lists.view.too_many"), level=_ERROR)
    else:
        notify(request, say("lists.view.saved"))
    return see_other("cases.list")


@require_POST
@answering_refusals
def drop_view(request: AskedRequest, view_id: UUID) -> HttpResponseBase:
    """Take a named view away."""
    if drop_own(keyring=request.keyring, kind=KIND, note_id=view_id):
        notify(request, say("lists.view.dropped"))
    return see_other("cases.list")
