"""What every view of cases begins and ends with: who asks, about which case, and what a refusal looks like."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from waystation.accounts.errors import NotPermittedError, SecondPersonNeededError
from waystation.accounts.models import Person
from waystation.accounts.queries import colleagues
from waystation.cases.errors import CaseClosedError, CaseShreddedError
from waystation.cases.index.index import Index, index_of
from waystation.cases.models import Case
from waystation.cases.queries import with_makers
from waystation.store.keyring import Keyring
from waystation.vault import NoKeyError
from waystation.web.notices import notify
from waystation.web.wording import say

P = ParamSpec("P")


class AskedRequest(HttpRequest):
    """A request of somebody who has unlocked; the access table lets no other request come here.

    Attributes
    ----------
    reading
        Their keyring for what the page reads: asked once of each thing; it seals nothing.
    """

    keyring: Keyring
    reading: Keyring
    person: Person


View = Callable[Concatenate[AskedRequest, P], HttpResponseBase]


def case_of(case_id: UUID) -> Case:
    """Return a case with its record, or the page that says that nothing is there."""
    case = with_makers().filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def caught_up(request: AskedRequest) -> Index:
    """Return the reader's index, with all that was written until now."""
    index = index_of(request.keyring)
    index.catch_up(request.person, at=timezone.now())
    return index


def names_of(request: AskedRequest, people: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of some people who work here or did."""
    return colleagues(request.reading, Person.objects.filter(pk__in=people).select_related("record"))


def answering_refusals(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Answer what a rule refuses with the page that says so and what can be done."""

    @wraps(view)
    def answering(request: HttpRequest, *args: P.args, **options: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **options)  # type: ignore[arg-type] # the access table let this request in: it is an AskedRequest
        except SecondPersonNeededError as refusal:
            return second_person(request, refusal)
        except (NotPermittedError, NoKeyError):
            raise PermissionDenied from None
        except CaseShreddedError:
            return render(request, "web/cases/shredded.html", status=410)
        except CaseClosedError:
            notify(request, say("cases.closed.refused"), level=40)
            return see_other("cases.page", options["case_id"])

    return answering  # type: ignore[return-value] # wraps tells mypy of the request's narrower type


def second_person(request: HttpRequest, refusal: SecondPersonNeededError) -> HttpResponse:
    """Say that a second person must agree, and let them be asked."""
    context = {"purpose": refusal.purpose, "case_id": refusal.record_id}
    return render(request, "web/cases/second_person.html", context, status=403)


def see_other(name: str, *args: object) -> HttpResponse:
    """Send the browser on after a post (303)."""
    response = redirect(name, *args)
    response.status_code = 303
    return response
