import threading
from datetime import datetime

import pytest

from tests.unit.continuity.conftest import Home, names_in
from waystation.audit.models import Entry
from waystation.continuity import schedule
from waystation.continuity.here import Here
from waystation.continuity.schedule import AFTER_FAILURE, keep_up, look
from waystation.continuity.whole_file import alone_in


def test_a_look_makes_what_is_due_and_nothing_else(home: Home) -> None:
    at = home.later()
    assert look(home.here("caseworker"), at)
    assert look(home.here("caseworker"), at)
    assert len(names_in(home.data / "backups")) == 3


def test_a_failure_is_an_alert_in_the_log(home: Home) -> None:
    (home.data / "device.json").unlink()
    assert not look(home.here(), home.later())
    assert Entry.objects.order_by("-seq")[0].kind == "backup.failed"


def test_another_at_work_is_no_failure(home: Home) -> None:
    with alone_in(home.data / "backups"):
        assert look(home.here(), home.later())
    assert Entry.objects.order_by("-seq")[0].kind != "backup.failed"


class Looks(threading.Event):
    """Stops after so many looks, without waiting."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.left = count

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize(("good", "expected"), [(True, 5), (False, 1)])
def test_after_a_failure_it_rests(home: Home, monkeypatch: pytest.MonkeyPatch, good: bool, expected: int) -> None:
    here, looked = home.here(), []

    def fake(unlocked: Here, now: datetime) -> bool:
        looked.append(now)
        return good

    monkeypatch.setattr(schedule, "look", fake)
    keep_up(lambda: here, home.later, Looks(5))
    assert len(looked) == expected
    keep_up(lambda: here, home.later, Looks(AFTER_FAILURE + 2))
    assert len(looked) == expected + (AFTER_FAILURE + 2 if good else 2)


def test_while_locked_nothing_is_done(home: Home) -> None:
    keep_up(lambda: None, home.later, Looks(3))
    assert not (home.data / "backups").exists()
