"""The list of cases: codes, why each is here, and how fresh. Names only when asked for, and then as openings in the log."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.permissions import Action, allowed_tiers, may
from waystation.cases.index.chosen import Chosen, regions
from waystation.cases.index.index import Index
from waystation.cases.listing import Listed, note_listed, page_of
from waystation.cases.openings import open_names
from waystation.cases.queries import fetched, openable
from waystation.store.tiers import Tier
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, caught_up, see_other
from waystation.web.views.cases.choosing import ListForm, chosen_by, keep, keep_region
from waystation.web.views.cases.many import ManyForm
from waystation.web.views.cases.rows import rows_of
from waystation.web.views.cases.saved import saved_views

PER_PAGE = 25
"""Fewer than the identities one may open within an hour, so that one page of names can be shown."""


@require_safe
@answering_refusals
def cases_list(request: AskedRequest) -> HttpResponseBase:
    """List the cases whose codes the reader may see, narrowed by what the address says: coded words alone."""
    chosen = chosen_by(request)
    keep(request, chosen)
    return _page(request, chosen, names={})


@require_POST
@answering_refusals
def narrow_to_region(request: AskedRequest) -> HttpResponseBase:
    """Narrow the list to one region, or to none; it is posted, for no address may hold it."""
    wanted = request.POST.get("region", "")
    keep_region(request, wanted if wanted in regions(caught_up(request)) else "")
    return see_other("cases.list")


@require_POST
@answering_refusals
def show_names(request: AskedRequest) -> HttpResponseBase:
    """Show one page of the list with names: each of them is an opened identity."""
    now, chosen = timezone.now(), chosen_by(request)
    listed = _listed(request, caught_up(request), chosen)
    cases = openable(fetched(each.id for each in listed.entries), request.person, request.keyring, Tier.IDENTITY)
    return _page(request, chosen, names=open_names(keyring=request.keyring, cases=cases, at=now))


@require_safe
@answering_refusals
def reading(request: AskedRequest) -> HttpResponseBase:
    """Say how far the reading of the cases has come: a part of a page, asked for every two seconds until it is done."""
    progress = caught_up(request).progress
    context = {"progress": progress, "again": "again" in request.GET, "arrived": progress.done}
    answer = render(request, "web/cases/progress.html", context)
    if progress.done:
        answer["HX-Trigger"] = "everything-read"
    return answer


def _listed(request: HttpRequest, index: Index, chosen: Chosen) -> Listed:
    asked = request.GET.get("page") or request.POST.get("page") or "1"
    return page_of(index, chosen, int(asked) if asked.isdecimal() and len(asked) < 8 else 1, PER_PAGE)


def _page(request: AskedRequest, chosen: Chosen, names: dict[UUID, str]) -> HttpResponse:
    now, index = timezone.now(), caught_up(request)
    listed = _listed(request, index, chosen)
    note_listed(keyring=request.keyring, listed=listed, at=now)
    may_change = may(request.person, Action.CASE_CHANGE) and Tier.WELFARE in allowed_tiers(
        request.person, Action.CASE_OPEN
    )
    context: dict[str, Any] = {
        "rows": rows_of(listed.entries, index, request.keyring, now, names),
        "listed": listed,
        "progress": index.progress,
        "chosen": chosen,
        "filter": ListForm(initial=chosen.shown()),
        "regions": regions(index),
        "views": saved_views(request.keyring),
        "names_shown": bool(names),
        "may_see_names": Tier.IDENTITY in allowed_tiers(request.person, Action.CASE_OPEN),
        "may_create": may(request.person, Action.CASE_CREATE),
        "many": ManyForm(request.keyring, request.person) if may_change else None,
    }
    return render(request, "web/cases/list.html", context)
