from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from waystation.web.middleware.origin import OriginMiddleware

HOST = "127.0.0.1:8123"


@pytest.fixture(autouse=True)
def listening(settings: Any) -> None:
    settings.ALLOWED_HOST = HOST


def status(method: str = "GET", **headers: str) -> int:
    request = RequestFactory().generic(method, "/unlock", **{"HTTP_HOST": HOST, **headers})  # type: ignore[arg-type] # headers
    return OriginMiddleware(lambda _: HttpResponse("page"))(request).status_code


@pytest.mark.parametrize(
    "host",
    ["localhost:8123", "127.0.0.1", "127.0.0.1:8124", "[::1]:8123", "evil.example:8123", "127.0.0.1:8123.evil", ""],
)
def test_one_host_is_answered(host: str) -> None:
    assert status() == 200
    assert status(HTTP_HOST=host) == 400
    assert status(HTTP_X_FORWARDED_HOST=HOST, HTTP_HOST=host) == 400


@pytest.mark.parametrize(
    ("site", "mode", "answered"),
    [
        ("same-origin", "cors", 200),
        ("none", "navigate", 200),
        ("", "", 200),
        ("cross-site", "navigate", 200),
        ("cross-site", "no-cors", 403),
        ("same-site", "cors", 403),
    ],
)
def test_what_another_site_embeds_is_refused(site: str, mode: str, answered: int) -> None:
    assert status(HTTP_SEC_FETCH_SITE=site, HTTP_SEC_FETCH_MODE=mode) == answered


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        ({}, 200),
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": f"http://{HOST}"}, 200),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "navigate"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_ORIGIN": "http://127.0.0.1:8124"}, 403),
        ({"HTTP_ORIGIN": f"https://{HOST}"}, 403),
    ],
)
def test_a_post_comes_from_our_own_pages(headers: dict[str, str], answered: int) -> None:
    assert status("POST", **headers) == answered


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "OPTIONS", "PATCH"])
def test_no_other_method_is_known(method: str) -> None:
    assert status(method) == 403


def test_the_refusal_repeats_nothing(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    request = RequestFactory().get("/", HTTP_HOST="invented.example")
    response = OriginMiddleware(lambda _: HttpResponse("page"))(request)
    assert isinstance(response, HttpResponse)
    assert b"invented" not in response.content
    assert "invented" not in capsys.readouterr().err
    settings.ALLOWED_HOST = ""
    assert OriginMiddleware(lambda _: HttpResponse("page"))(request).status_code == 200
