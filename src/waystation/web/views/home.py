"""The home page: what waits, as counts that are links, of one's own, the team's and all cases; then what other areas count."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from waystation.accounts.permissions import Action, allowed_tiers
from waystation.cases.index.chosen import Chosen
from waystation.cases.index.index import Index, index_of
from waystation.cases.index.reasons import Reason
from waystation.continuity.here import BACKUPS_FOLDER
from waystation.continuity.keep import is_due
from waystation.continuity.shelf import shelved
from waystation.store.models import TierKey
from waystation.store.tiers import Tier
from waystation.web.commands import Command
from waystation.web.permitted import permitted
from waystation.web.tiles import Tile, TileSource, Tone, tiles_for
from waystation.web.views.cases.saved import list_address
from waystation.web.wording import say


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of the board.

    Attributes
    ----------
    reason
        What is counted; None for every open case.
    action
        What the reader must be permitted to do for the line to be theirs.
    tier
        What they must be able to open to know it; None for nothing.
    whose
        The columns it has: what waits for the reader is their own alone.
    """

    reason: Reason | None
    action: Action
    tier: Tier | None
    tone: Tone = "plain"
    whose: tuple[str, ...] = ("mine", "team", "all")


BOARD: Final = (
    Counted(Reason.WAITING, Action.CASE_CHANGE, Tier.WELFARE, whose=("mine",)),
    Counted(Reason.OVERDUE, Action.CASE_LIST, Tier.WELFARE, "danger"),
    Counted(Reason.DECIDE, Action.CASE_DECIDE, Tier.WELFARE, "warning"),
    Counted(Reason.CONSENT, Action.CASE_LIST, Tier.WELFARE, "warning"),
    Counted(Reason.ALERT, Action.CASE_LIST, Tier.WELFARE, "warning"),
    Counted(Reason.NEW, Action.CASE_LIST, Tier.WELFARE),
    Counted(Reason.SOON, Action.CASE_LIST, Tier.WELFARE),
    Counted(Reason.QUIET, Action.CASE_LIST, None),
    Counted(None, Action.CASE_LIST, None),
)
"""The lines, what must be done today first; each asks for a permission of its own."""
COLUMNS: Final = ("mine", "team", "all")


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the board, and where it leads; ``count`` is None where a line has no such column.

    Not ``whole`` while cases are still being read: a nought is not known to be one then.
    """

    column: str
    count: int | None
    address: str
    whole: bool = True

    @property
    def shown(self) -> str:
        """The number as it is read, with separators between thousands; while cases are still being read, "at least" that many."""
        return f"{self.count or 0:,}{'' if self.whole else '+'}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the board in the reader's language."""

    text: str
    tone: Tone
    counts: tuple[Count, ...]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, as counts that are links."""
    index = _index(request)
    context = {
        "tiles": tiles_for(request),
        "board": _board(request, index) if index else [],
        "columns": [say(f"lists.whose.{whose}") for whose in COLUMNS],
        "progress": index.progress if index else None,
        "may_create": permitted(getattr(request, "person", None), Action.CASE_CREATE),
    }
    return render(request, "web/home/home.html", context)


def _index(request: HttpRequest) -> Index | None:
    person, keyring = getattr(request, "person", None), getattr(request, "keyring", None)
    if person is None or keyring is None or not permitted(person, Action.CASE_LIST):
        return None
    index = index_of(keyring)
    index.catch_up(person, at=now())
    return index


def _board(request: HttpRequest, index: Index) -> list[Line]:
    person = request.person  # type: ignore[attr-defined] # there is an index: somebody has unlocked
    opened = allowed_tiers(person)
    lines = []
    for line in BOARD:
        if not permitted(person, line.action) or (line.tier is not None and line.tier not in opened):
            continue
        counts = tuple(_count(index, line, whose) for whose in COLUMNS)
        busy = any(each.count for each in counts)
        lines.append(Line(say(f"lists.what.{line.reason or 'any'}"), line.tone if busy else "plain", counts))
    return lines


def _count(index: Index, line: Counted, whose: str) -> Count:
    address = list_address(Chosen(what=str(line.reason or ""), whose=whose))
    count = index.count(whose, line.reason) if whose in line.whose else None
    return Count(say(f"lists.whose.{whose}"), count, address, index.progress.done)


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
