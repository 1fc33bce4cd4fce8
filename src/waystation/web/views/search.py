"""Search in memory over what the reader may open. What is looked for is posted, kept nowhere and written nowhere."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.accounts.permissions import Action, may
from waystation.accounts.queries import team_names
from waystation.cases.queries import Line, line, visible_cases
from waystation.cases.search import find_cases
from waystation.web.commands import Command
from waystation.web.views.cases.asked import AskedRequest, answering_refusals
from waystation.web.views.cases.forms import SearchForm

MOST_SHOWN = 50


@require_http_methods(["GET", "POST"])
@answering_refusals
def search(request: AskedRequest) -> HttpResponseBase:
    """Ask what to look for, or show what was found: codes, not names."""
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm()
    context = {"form": form, "may_create": may(request.person, Action.CASE_CREATE)}
    if form.is_bound and form.is_valid():
        found = found_lines(request, form.cleaned_data["text"])
        context |= {"found": found[:MOST_SHOWN], "count": len(found), "teams": team_names(request.keyring)}
    return render(request, "web/cases/search.html", context, status=422 if form.errors else 200)


def found_lines(request: AskedRequest, text: str) -> list[Line]:
    """Return the cases in which the reader may find ``text``: by code, name, whereabouts or note."""
    now = timezone.now()
    cases = visible_cases(request.person, request.keyring)
    found = find_cases(keyring=request.keyring, person=request.person, cases=cases, text=text, at=now)
    return [line(case, request.person, now) for case in found]


urlpatterns = [path("cases/search", search, name="cases.search")]
COMMANDS = [Command("cases.search", "cases.search", key="g s")]
