from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from waystation.web import tiles
from waystation.web.tiles import Tile, TileSource, tiles_for


def request_of(person: object) -> HttpRequest:
    request = RequestFactory().get("/")
    request.person = person  # type: ignore[attr-defined]  # what the middleware sets
    return request


def with_sources(monkeypatch: pytest.MonkeyPatch, *sources: TileSource) -> None:
    monkeypatch.setattr(tiles, "tile_sources", lambda: iter(sources))
    monkeypatch.setattr(tiles, "permitted", lambda _person, action: action == "allowed")


def test_what_must_be_done_today_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Tile("a", 1, "/a"), Tile("b", 2, "/b", tone="good"), Tile("c", 3, "/c", tone="danger")]
    with_sources(monkeypatch, TileSource(lambda _request: found))
    assert [tile.text for tile in tiles_for(request_of(SimpleNamespace()))] == ["c", "a", "b"]


def test_a_source_is_not_even_asked_without_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_request: HttpRequest) -> list[Tile]:
        raise AssertionError

    allowed = TileSource(lambda _request: [Tile("mine", 1, "/")], action="allowed")  # type: ignore[arg-type]  # a stand-in
    with_sources(monkeypatch, TileSource(refuse, action="forbidden"), allowed)  # type: ignore[arg-type]  # a stand-in
    assert [tile.text for tile in tiles_for(request_of(SimpleNamespace()))] == ["mine"]


def test_nobody_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with_sources(monkeypatch, TileSource(lambda _request: [Tile("mine", 1, "/")]))
    assert tiles_for(request_of(None)) == []
