"""Search in memory over what the reader may open. What is looked for is posted, kept nowhere and written nowhere."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.accounts.permissions import Action, may
from waystation.cases.search import find_cases
from waystation.web.commands import Command
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, caught_up
from waystation.web.views.cases.forms import SearchForm
from waystation.web.views.cases.rows import Row, rows_of

MOST_SHOWN = 50


@require_http_methods(["GET", "POST"])
@answering_refusals
def search(request: AskedRequest) -> HttpResponseBase:
    """Ask what to look for, or show what was found: codes, not names."""
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm()
    context = {"form": form, "may_create": may(request.person, Action.CASE_CREATE)}
    if form.is_bound and form.is_valid():
        found, count = found_rows(request, form.cleaned_data["text"])
        context |= {"found": found, "count": count, "progress": caught_up(request).progress}
    return render(request, "web/cases/search.html", context, status=422 if form.errors else 200)


def found_rows(request: AskedRequest, text: str, most: int = MOST_SHOWN) -> tuple[list[Row], int]:
    """Return the cases in which the reader may find ``text``, the first ``most`` of them, and how many there are.

    Looked through are codes, names in any spelling and script that the matcher knows, whereabouts and notes.
    """
    now, index = timezone.now(), caught_up(request)
    found = find_cases(keyring=request.keyring, index=index, text=text, at=now)
    return rows_of(found[:most], index, request.keyring, now), len(found)


def found_lines(request: AskedRequest, text: str) -> list[Row]:
    """Return only the rows of `found_rows`."""
    return found_rows(request, text)[0]


urlpatterns = [path("cases/search", search, name="cases.search")]
COMMANDS = [Command("cases.search", "cases.search", key="g s")]
