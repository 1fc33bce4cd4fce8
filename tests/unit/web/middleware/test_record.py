import io
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from waystation.web.middleware.record import RecordMiddleware, place_of, told, write_line


def test_a_line_has_the_method_the_pages_name_and_the_status(capsys: pytest.CaptureFixture[str]) -> None:
    request = RequestFactory().get("/unlock?name=Invented")
    request.resolver_match = resolve("/unlock")
    RecordMiddleware(lambda _: HttpResponse(status=200))(request)
    assert capsys.readouterr().err == "GET door.unlock 200\n"


def test_an_address_that_is_no_page_is_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    RecordMiddleware(lambda _: HttpResponse(status=404))(RequestFactory().generic("INVENTED", "/Invented/Name"))
    RecordMiddleware(lambda _: HttpResponse(status=200))(RequestFactory().get("/static/x.css"))
    assert capsys.readouterr().err == "OTHER - 404\n"


def test_an_exception_is_its_type_and_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise KeyError("Invented Name")
    except KeyError as error:
        RecordMiddleware(lambda _: HttpResponse()).process_exception(RequestFactory().get("/"), error)
    line = capsys.readouterr().err
    assert line.startswith("failed: KeyError at test_record.py:")
    assert "Invented" not in line
    assert told(ValueError("Invented")) == "ValueError at ?"
    assert place_of(None) == "?"


def test_a_closed_terminal_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    write_line("anything")
