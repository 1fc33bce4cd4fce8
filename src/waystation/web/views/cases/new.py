"""Enter a case: search first, so that nobody is entered twice; then one form."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.accounts.permissions import Action, allowed_tiers
from waystation.accounts.policies import require_confirmed_recovery
from waystation.cases.services import create_case
from waystation.kernel import BadInputError
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, caught_up, see_other
from waystation.web.views.cases.forms import NewCaseForm, SearchForm
from waystation.web.views.search import found_lines
from waystation.web.wording import say


@require_http_methods(["GET", "POST"])
@answering_refusals
def new_case(request: AskedRequest) -> HttpResponseBase:
    """Ask for a name to search first; then, with what was found in sight, for the case."""
    require_confirmed_recovery()
    if request.method == "POST" and "enter" in request.POST:
        return _enter(request)
    form = SearchForm(request.POST or None)
    if not form.is_valid():
        return _page(request, search=form, status=422 if form.is_bound else 200)
    text = form.cleaned_data["text"]
    found = found_lines(request, text)
    entering = NewCaseForm(_tiers(request), initial={"name": text})
    return _page(request, search=form, found=found, entering=entering, progress=caught_up(request).progress)


def _enter(request: AskedRequest) -> HttpResponseBase:
    form = NewCaseForm(_tiers(request), request.POST)
    if not form.is_valid():
        return _page(request, entering=form, status=422)
    try:
        case = create_case(keyring=request.keyring, values=form.values(), at=timezone.now())
    except BadInputError:
        form.add_error(None, say("cases.refused"))
        return _page(request, entering=form, status=422)
    notify(request, say("cases.entered", code=case.code))
    return see_other("cases.page", case.pk)


def _tiers(request: AskedRequest) -> Any:
    """Return the parts whose keys the reader gets of a case they enter."""
    return allowed_tiers(request.person, Action.CASE_OPEN)


def _page(request: AskedRequest, status: int = 200, **shown: Any) -> HttpResponseBase:
    return render(request, "web/cases/new.html", shown, status=status)
