from pathlib import Path
from typing import Any

import pytest

from waystation.store.models import TierKey
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


def test_home_says_when_a_backup_is_due(office: Any, settings: Any, tmp_path: Path) -> None:
    director, finance = office.client("director"), office.client("finance")
    settings.DATA_DIR = tmp_path
    assert "A backup is due." in director.get("/").content.decode()
    assert "A backup is due." not in finance.get("/").content.decode()


def test_home_counts_keys_that_are_owed_once_for_each_part(office: Any) -> None:
    key = TierKey.objects.order_by("pk").first()
    assert key is not None
    assert "owed a new key" not in office.client("director").get("/").content.decode()
    TierKey.objects.filter(pk=key.pk).update(stale=True)
    page = office.client("director").get("/").content.decode()
    assert '<span class="tile-value">1</span> <span class="tile-text">parts that are owed a new key' in page
