import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cases.desk import asked
from tests.unit.cases.people import entered, follow_clock

from waystation.cases.services import add_task
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
    assert "Nothing waits for you now." in office.client("auditor").get("/").content.decode()
    assert "Nothing waits for you now." not in office.client("caseworker").get("/").content.decode()


def counts(page: str) -> dict[str, list[str]]:
    """Return the numbers of each line of the board, empty where a line has no such column."""
    lines = re.findall(r'<tr data-row class="board-\w+"><th scope="row">([^<]+)</th>(.*?)</tr>', page)
    return {text: [re.sub("<[^>]+>", "", cell) for cell in re.findall("<td.*?</td>", cells)] for text, cells in lines}


def test_the_board_counts_and_each_number_leads_to_its_list(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_clock(office, monkeypatch)
    mine = asked(office)
    entered(office, "case_lead")
    day = (office.now - timedelta(days=2)).date()
    add_task(keyring=office.keyring("caseworker"), case=mine, what="other", due=day, at=office.later())
    client = office.client("case_lead")
    page = client.get("/").content.decode()
    assert counts(page)["Overdue"] == ["0", "1", "1"]
    assert counts(page)["Waiting for me"] == ["1", "", ""]
    assert counts(page)["Open cases"] == ["1", "2", "2"]
    for address in set(re.findall(r'href="(/cases\?[^"]+)"', page)):
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert "data-row" in answer.content.decode()


def test_each_line_asks_for_a_permission_of_its_own(office: Any) -> None:
    shown = {
        key: set(counts(office.client(key).get("/").content.decode()))
        for key in ("director", "case_lead", "caseworker", "finance", "field_officer", "auditor")
    }
    assert "Decisions due" in shown["director"] & shown["case_lead"]
    assert "Decisions due" not in shown["caseworker"] | shown["finance"]
    assert "Waiting for me" in shown["caseworker"]
    assert "Waiting for me" not in shown["director"]
    assert shown["finance"] == shown["field_officer"] == {"Nothing changed for 30 days", "Open cases"}
    assert shown["auditor"] == set()


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
