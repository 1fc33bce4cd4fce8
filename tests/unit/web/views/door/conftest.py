import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from waystation.accounts.roles import Role
from waystation.config.desk import Desk
from waystation.vault import CHEAP
from waystation.web.middleware import desk as middleware

WORDS = "anchor basket candle dragon engine forest garden"
Founding = Callable[..., Desk]


@pytest.fixture
def desk(store: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a new device: its folder is empty, the test database is its store."""
    monkeypatch.setattr("waystation.config.seat.hold_key", lambda _key: None)
    monkeypatch.setattr("waystation.config.seat.call_command", lambda *_, **__: None)
    monkeypatch.setattr("waystation.config.seat.PARTING_SECONDS", 0.0)
    found = Desk(tmp_path, cost=CHEAP)
    monkeypatch.setattr(middleware, "_installed", [found])
    return found


@pytest.fixture
def founded(desk: Desk) -> tuple[Desk, tuple[str, ...]]:
    """The desk after the set-up, locked again, and the recovery shares."""
    from datetime import UTC, datetime

    at = datetime(2031, 3, 1, tzinfo=UTC)
    desk.set_up(WORDS, name="Harbour", person_name="Founder Invented", roles={Role.DIRECTOR}, language="en", at=at)
    shares = desk.shares()
    desk.confirm(shares[:2], at=at)
    desk.opened = desk.keyring = None
    desk.token = ""
    return desk, shares


@pytest.fixture
def browser() -> Client:
    """A browser without cookies."""
    return Client(HTTP_HOST="127.0.0.1")


def words_on(page: Any) -> list[str]:
    """Return the words of a passphrase that a page shows."""
    return re.findall(r"<li><span>(\w+)</span>", page.content.decode())
