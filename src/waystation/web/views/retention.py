"""What has been kept as long as the rules allow, and waits for two people to let it go."""

from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, Kind, may
from waystation.accounts.queries import team_names
from waystation.cases.models import KIND
from waystation.cases.queries import due_cases
from waystation.safeguarding.models import Complaint
from waystation.safeguarding.queries import held_complaints
from waystation.store.keyring import Keyring
from waystation.store.retention import RETENTION, count_due
from waystation.store.retention import due as due_records
from waystation.web.commands import Command
from waystation.web.tiles import Tile, TileSource
from waystation.web.views.cases.asked import AskedRequest, answering_refusals
from waystation.web.wording import say


@require_safe
@answering_refusals
def due(request: AskedRequest) -> HttpResponseBase:
    """List the cases and the complaints whose time is over."""
    now = timezone.now()
    teams = team_names(request.keyring)
    context = {
        "rows": [
            {"case": case, "team": teams.get(case.team_id, "") if case.team_id else ""} for case in due_cases(now)
        ],
        "complaints": due_complaints(request.person, request.keyring, now),
        "rules": [rule.keep.days // 365 for rule in RETENTION if rule.kind == KIND],
        "complaint_rules": [rule.keep.days // 365 for rule in RETENTION if rule.kind == Kind.COMPLAINT],
    }
    return render(request, "web/retention/due.html", context)


def due_complaints(person: Person, keyring: Keyring, now: datetime) -> list[Complaint]:
    """Return the complaints whose time is over, those alone that the reader handles: nobody else learns that there is one."""
    ids = {record.pk for record in due_records(now, Kind.COMPLAINT)}
    held = [row for row in held_complaints(keyring) if row.record_id in ids] if ids else []
    return [row for row in held if may(person, Action.RECORD_SHRED, row.record, keyring)]


def tiles(request: HttpRequest) -> list[Tile]:
    """Count, for the home page, the cases, and the reader's complaints, whose time is over."""
    now, found = timezone.now(), []
    person, keyring = getattr(request, "person", None), getattr(request, "keyring", None)
    complaints = due_complaints(person, keyring, now) if person is not None and keyring is not None else []
    for text, count in (("retention.tile", count_due(now, KIND)), ("retention.tile.complaints", len(complaints))):
        if count:
            found.append(Tile(say(text), count, reverse("retention.due"), "warning"))
    return found


urlpatterns = [path("retention", due, name="retention.due")]
COMMANDS = [Command("retention.title", "retention.due", key="g r")]
TILES = [TileSource(tiles, action=Action.RECORD_SHRED)]
