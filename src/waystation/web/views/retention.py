"""What has been kept as long as the rules allow, and waits for two people to let it go."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from waystation.accounts.permissions import Action
from waystation.accounts.queries import team_names
from waystation.cases.models import KIND
from waystation.cases.queries import due_cases
from waystation.store.retention import RETENTION
from waystation.web.commands import Command
from waystation.web.tiles import Tile, TileSource
from waystation.web.views.cases.asked import AskedRequest, answering_refusals
from waystation.web.wording import say


@require_safe
@answering_refusals
def due(request: AskedRequest) -> HttpResponseBase:
    """List the cases whose time is over, those on legal hold too."""
    now = timezone.now()
    teams = team_names(request.keyring)
    context = {
        "rows": [
            {"case": case, "team": teams.get(case.team_id, "") if case.team_id else ""} for case in due_cases(now)
        ],
        "rules": [rule.keep.days // 365 for rule in RETENTION if rule.kind == KIND],
    }
    return render(request, "web/retention/due.html", context)


def tiles(_request: HttpRequest) -> list[Tile]:
    """Count, for the home page, the cases whose time is over."""
    count = len(due_cases(timezone.now()))
    return [Tile(say("retention.tile"), count, reverse("retention.due"), "warning")] if count else []


urlpatterns = [path("retention", due, name="retention.due")]
COMMANDS = [Command("retention.title", "retention.due", key="g r")]
TILES = [TileSource(tiles, action=Action.RECORD_SHRED)]
