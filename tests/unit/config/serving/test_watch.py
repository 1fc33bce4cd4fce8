import threading
import time

import pytest

from waystation.config.serving import watch
from waystation.config.serving.watch import Tick, present, reason_to_lock, start_watch


@pytest.mark.parametrize(
    ("steady", "wall", "seen", "reason"),
    [
        (100.5, 900.5, 90.0, ""),
        (104.0, 904.0, 90.0, ""),  # a busy machine
        (106.0, 906.0, 99.0, "stopped"),
        (100.5, 1900.0, 99.0, "asleep"),  # the steady clock stood while the device slept
        (100.5, 100.0, 99.0, "asleep"),  # a clock set back looks the same, and locking is the safer mistake
        (400.0, 1200.0, 99.0, "stopped"),
        (100.5, 900.5, -199.5, "idle"),
        (100.5, 900.5, -199.0, ""),
    ],
)
def test_the_reason(steady: float, wall: float, seen: float, reason: str) -> None:
    assert reason_to_lock(Tick(100.0, 900.0), Tick(steady, wall), seen, 300.0) == reason


def test_both_clocks_are_read() -> None:
    first = present()
    second = present()
    assert second.steady >= first.steady
    assert abs(first.wall - time.time()) < 60


def test_the_ticker_ends_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "TICK_SECONDS", 0.01)
    ended, reasons = threading.Event(), []

    def end(reason: str) -> None:
        reasons.append(reason)
        ended.set()

    thread = start_watch(lambda: 0.0, 0.0, end)
    assert ended.wait(30)
    thread.join(30)
    assert reasons == ["idle"]
    assert thread.daemon
