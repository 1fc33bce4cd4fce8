import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from waystation.web.middleware.headers import HEADERS, POLICY, HeadersMiddleware


def test_every_answer_has_them_whatever_the_page_said() -> None:
    def answer(_: object) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "public, max-age=9", "ETag": '"x"', "Last-Modified": "then"})

    response = HeadersMiddleware(answer)(RequestFactory().get("/"))
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "ETag" not in response
    assert "Last-Modified" not in response


@pytest.mark.parametrize("name", POLICY)
def test_the_policy_names_nobody_else(name: str) -> None:
    assert set(POLICY[name].split()) <= {"'none'", "'self'", "data:"}
    assert ("data:" in POLICY[name]) == (name == "img-src")


def test_what_is_not_named_is_not_allowed() -> None:
    assert POLICY["default-src"] == POLICY["base-uri"] == POLICY["frame-ancestors"] == "'none'"
