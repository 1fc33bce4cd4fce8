from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from waystation.accounts.permissions import Action
from waystation.continuity.here import BACKUPS_FOLDER
from waystation.continuity.keep import is_due
from waystation.continuity.shelf import shelved
from waystation.store.models import TierKey
from waystation.web.commands import Command
from waystation.web.tiles import Tile, TileSource, tiles_for
from waystation.web.wording import say


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, as counts that are links."""
    return render(request, "web/home/home.html", {"tiles": tiles_for(request)})


def _keys_owed(_request: HttpRequest) -> list[Tile]:
    """Count the parts of records from which somebody's access was taken, and whose new key nobody could make yet."""
    owed = TierKey.objects.filter(stale=True).values("record", "tier").distinct().count()
    return [Tile(say("home.owed"), owed, reverse("cases.list"), "warning", say("home.owed.note"))] if owed else []


def _backups(_request: HttpRequest) -> list[Tile]:
    """Say when the newest backup on this device was made."""
    found = shelved(settings.DATA_DIR / BACKUPS_FOLDER)
    last = found[0].made_at if found else None
    value = last.date().isoformat() if last else say("home.backup.never")
    late = is_due(last, now())
    note = say("home.backup.due") if late else ""
    return [Tile(say("home.backup"), value, reverse("continuity.home"), "warning" if late else "good", note)]


urlpatterns = [path("", home, name="home")]
COMMANDS = [Command("home.title", "home", key="g h")]
TILES = [TileSource(_keys_owed, action=Action.ACCESS_TAKE), TileSource(_backups, action=Action.BACKUP_MAKE)]
