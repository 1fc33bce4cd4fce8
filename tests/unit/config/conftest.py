import pytest


@pytest.fixture
def one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test database's key is the store's, whatever a desk is given to hold."""
    monkeypatch.setattr("waystation.config.seat.hold_key", lambda _key: None)
    monkeypatch.setattr("waystation.config.seat.call_command", lambda *_, **__: None)
