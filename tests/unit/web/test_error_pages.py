from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import path
from django.utils.translation import override


def fail(_request: HttpRequest) -> HttpResponse:
    raise ValueError("박하늘 is by the river")


urlpatterns = [path("fail", fail, name="home")]


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_every_error_page_shows_itself_even_where_there_is_no_request(code: str) -> None:
    with override("ko"):
        page = render_to_string(f"{code}.html")
    assert "<h1>" in page
    assert 'href="/"' in page


def test_what_went_wrong_is_told_nowhere(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    client: Client = office.client("caseworker")
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        answer = client.get("/fail")
    assert answer.status_code == 500
    assert "박하늘" not in answer.content.decode() + capsys.readouterr().err
