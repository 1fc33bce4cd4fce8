from typing import Any

import pytest

from waystation.web import tiles
from waystation.web.tiles import Tile, TileSource


def test_home_shows_tiles_as_links(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    source = TileSource(lambda _request: [Tile("keys owed", 3, "/keys", "danger", "since <b>Monday</b>")])
    monkeypatch.setattr(tiles, "tile_sources", lambda: iter([source]))
    page = office.client("caseworker").get("/").content.decode()
    assert 'class="card tile tile-danger" href="/keys"' in page
    assert "since &lt;b&gt;Monday" in page


def test_home_says_when_nothing_waits(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiles, "tile_sources", lambda: iter([]))
    assert "Nothing waits for you now." in office.client("caseworker").get("/").content.decode()


def test_home_only_shows(office: Any) -> None:
    assert office.client("caseworker").post("/").status_code == 405
