"""The list of cases: codes, ages and marks. Names only when asked for, and then as openings in the log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.permissions import Action, allowed_tiers, may
from waystation.accounts.queries import team_names
from waystation.cases.models import Case
from waystation.cases.openings import open_names
from waystation.cases.queries import QUIET_AFTER, all_cases, fetched, line, openable, visible_ids
from waystation.store.tiers import Tier
from waystation.web.tiles import Tile
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, see_other
from waystation.web.views.cases.forms import FilterForm
from waystation.web.wording import say

PER_PAGE = 25
"""Fewer than the identities one may open within an hour, so that one page of names can be shown."""
CHOSEN = "cases.filter"
"""Where the session, which lives in this process's memory, keeps the filter."""


@require_safe
@answering_refusals
def cases_list(request: AskedRequest) -> HttpResponseBase:
    """List the cases whose codes the reader may see."""
    return _page(request, names={})


@require_POST
@answering_refusals
def choose_filter(request: AskedRequest) -> HttpResponseBase:
    """Keep the filter in the session and show the list again."""
    form = FilterForm(request.POST)
    if form.is_valid():
        request.session[CHOSEN] = form.cleaned_data
    return see_other("cases.list")


@require_POST
@answering_refusals
def show_names(request: AskedRequest) -> HttpResponseBase:
    """Show one page of the list with names: each of them is an opened identity."""
    now = timezone.now()
    cases = openable(fetched(_chosen_page(request, now)), request.person, request.keyring, Tier.IDENTITY)
    return _page(request, names=open_names(keyring=request.keyring, cases=cases, at=now))


def tiles(request: HttpRequest) -> list[Tile]:
    """Count, for the home page, the reader's open cases and those nobody changed for long."""
    person, keyring = getattr(request, "person", None), getattr(request, "keyring", None)
    if person is None or keyring is None:
        return []
    open_ones, since = all_cases().filter(closed_at=None), timezone.now() - QUIET_AFTER
    seen = visible_ids(person, keyring, open_ones)
    quiet = len(set(seen) & set(open_ones.filter(updated_at__lte=since).values_list("pk", flat=True)))
    address = reverse("cases.list")
    found = [Tile(say("cases.tile.open"), len(seen), address)]
    if quiet:
        found.append(Tile(say("cases.tile.quiet"), quiet, address, "warning", say("cases.tile.quiet.note")))
    return found


def chosen_filter(request: HttpRequest) -> dict[str, str]:
    """Return the filter the reader chose, or the usual one: all open cases."""
    return {"state": "open", "whose": "all", **request.session.get(CHOSEN, {})}


def _chosen(request: AskedRequest, now: datetime) -> QuerySet[Case]:
    """Return the cases that the filter lets through, whoever may see them."""
    chosen, rows = chosen_filter(request), all_cases()
    if chosen["state"] != "all":
        rows = rows.filter(closed_at__isnull=chosen["state"] == "open")
    if chosen["whose"] == "mine":
        return rows.filter(changes__version=1, changes__by=request.person.pk)
    return rows.filter(closed_at=None, updated_at__lte=now - QUIET_AFTER) if chosen["whose"] == "quiet" else rows


def _chosen_page(request: AskedRequest, now: datetime) -> "Page[UUID]":
    asked = request.GET.get("page") or request.POST.get("page")
    return Paginator(visible_ids(request.person, request.keyring, _chosen(request, now)), PER_PAGE).get_page(asked)


def _page(request: AskedRequest, names: dict[Any, str]) -> HttpResponse:
    now = timezone.now()
    page, teams = _chosen_page(request, now), team_names(request.keyring)
    rows = [
        {
            "line": line(case, request.person, now),
            "team": teams.get(case.team_id, "") if case.team_id else "",
            "name": names.get(case.pk),
        }
        for case in fetched(page)
    ]
    context = {
        "rows": rows,
        "teams": bool(teams),
        "page": page,
        "count": page.paginator.count,
        "filter": FilterForm(initial=chosen_filter(request)),
        "filtered": chosen_filter(request) != {"state": "open", "whose": "all"},
        "names_shown": bool(names),
        "may_see_names": Tier.IDENTITY in allowed_tiers(request.person, Action.CASE_OPEN),
        "may_create": may(request.person, Action.CASE_CREATE),
        "may_open": may(request.person, Action.CASE_OPEN),
    }
    return render(request, "web/cases/list.html", context)
