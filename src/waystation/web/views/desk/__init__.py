"""The pages on which the desk's work is done: first calls, steps, people, tasks, decisions, hand-overs."""

from waystation.web.commands import Command
from waystation.web.views.desk import contacts, deciding, handing, merging, people, requests, steps, working

_AREAS = (steps, working, people, merging, contacts, deciding, handing)
DOINGS = tuple(doing for area in _AREAS for doing in area.DOINGS)
"""Everything that may be done with a case on a page of its own."""
ACTS = tuple(act for area in _AREAS for act in getattr(area, "ACTS", ()))
"""Everything that is done by a button."""

urlpatterns = [
    *requests.ROUTES,
    *(doing.route for doing in DOINGS),
    *deciding.ROUTES,
    *(act.route for act in ACTS),
]
COMMANDS = [Command("desk.request.title", "desk.request", key="c r")]
