from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered

from waystation.accounts.errors import NotPermittedError
from waystation.cases.errors import CaseClosedError
from waystation.vault import NoKeyError, TamperedError
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, see_other

pytestmark = pytest.mark.django_db


def raising(error: Exception) -> HttpResponseBase:
    @answering_refusals
    def view(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
        raise error

    request: HttpRequest = RequestFactory().get("/")
    request._messages = type("Messages", (), {"add": lambda *_: None})()  # type: ignore[attr-defined] # where notices go
    return view(request, case_id=uuid4())


def test_a_case_that_is_not_there(office: Office) -> None:
    case = entered(office)
    assert case_of(case.pk) == case
    with pytest.raises(Http404):
        case_of(uuid4())


@pytest.mark.parametrize("error", [NotPermittedError("x"), NoKeyError("x")])
def test_what_is_not_permitted_is_forbidden_and_repeats_nothing(error: Exception) -> None:
    with pytest.raises(PermissionDenied) as refused:
        raising(error)
    assert refused.value.args == ()
    assert refused.value.__suppress_context__


def test_a_closed_case_leads_back_to_it() -> None:
    answer = raising(CaseClosedError("x"))
    assert answer.status_code == 303


def test_what_is_no_refusal_is_not_hidden() -> None:
    with pytest.raises(TamperedError):
        raising(TamperedError("x"))


def test_a_view_that_is_not_refused_answers() -> None:
    @answering_refusals
    def view(request: AskedRequest) -> HttpResponseBase:
        return HttpResponse("yes")

    assert view(RequestFactory().get("/")).status_code == 200
    assert view.__name__ == "view"


def test_after_a_post_one_is_sent_on() -> None:
    answer = see_other("cases.list")
    assert (answer.status_code, answer["Location"]) == (303, reverse("cases.list"))
