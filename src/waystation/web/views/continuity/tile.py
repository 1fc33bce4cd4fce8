from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import now

from waystation.accounts.permissions import Action
from waystation.continuity.drill import is_overdue, last_good_drill
from waystation.web.permitted import permitted
from waystation.web.tiles import Tile
from waystation.web.views.continuity.scheduling import start_schedule
from waystation.web.wording import say


def tiles(request: HttpRequest) -> list[Tile]:
    """Say when a backup was last restored for practice, and warn when that is long ago.

    The home page is what opens after unlocking: so the daily backup begins to be looked after here.
    """
    start_schedule()
    if not permitted(getattr(request, "person", None), Action.DRILL_RUN):
        return []
    last = last_good_drill()
    overdue = is_overdue(last, now())
    return [
        Tile(
            text=say("continuity.tile"),
            value=last.at.date().isoformat() if last else say("continuity.tile.never"),
            url=reverse("continuity.home"),
            tone="warning" if overdue else "good",
            note=say("continuity.tile.overdue") if overdue else "",
        )
    ]
