from threading import Event
from types import SimpleNamespace

import pytest
from django.test import override_settings
from tests.unit.continuity.conftest import Home

from waystation.web.middleware import desk as desks
from waystation.web.views.continuity import scheduling
from waystation.web.views.continuity.scheduling import here_now, start_schedule


def test_where_nothing_is_served_it_does_not_run() -> None:
    assert start_schedule() is None


def test_it_runs_once_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    go = Event()
    monkeypatch.setattr(scheduling, "keep_up", lambda here, clock, stop: go.wait(10))
    with override_settings(PORT="1"):
        thread = start_schedule()
        assert thread is not None
        assert thread.daemon
        assert start_schedule() is None
        go.set()
        thread.join()


def test_it_works_for_whoever_sits_here(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "_installed", [])
    assert here_now() is None
    desk = SimpleNamespace(opened=None, keyring=home.office.keyring("director"), is_confirmed=True)
    desks.install(desk)
    assert here_now() is None
    desk.opened = home.office.opened["director"]
    found = here_now()
    assert found is not None
    assert found.data == home.data
    desk.is_confirmed = False
    assert here_now() is None
