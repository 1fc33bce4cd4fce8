"""When to lock without being asked: nobody did anything, or the device slept."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

TICK_SECONDS = 0.5
STALL_SECONDS = 5.0
"""A ticker that comes this much too late was stopped, or the device was."""


@dataclass(frozen=True)
class Tick:
    """What the clocks said: ``steady`` only goes forward and may stand still while the device sleeps, ``wall`` does not stand."""

    steady: float
    wall: float


def reason_to_lock(before: Tick, now: Tick, last_seen: float, idle_seconds: float) -> str:
    """Return why the process should end now (``asleep``, ``stopped``, ``idle``), or nothing.

    Parameters
    ----------
    before, now
        Two ticks in a row, meant to be `TICK_SECONDS` apart.
    last_seen
        When a person last did something, by the steady clock.
    idle_seconds
        How long they may do nothing.
    """
    steady = now.steady - before.steady
    if abs((now.wall - before.wall) - steady) > STALL_SECONDS:
        return "asleep"
    if steady > STALL_SECONDS + TICK_SECONDS:
        return "stopped"
    return "idle" if now.steady - last_seen >= idle_seconds else ""


def present() -> Tick:
    """Read both clocks."""
    return Tick(time.monotonic(), time.time())


def start_watch(last_seen: Callable[[], float], idle_seconds: float, end: Callable[[str], None]) -> threading.Thread:
    """Start the ticker: ``end(reason)`` is called, from its thread, at the first reason to lock."""

    def tick() -> None:
        before = present()
        while True:
            time.sleep(TICK_SECONDS)
            now = present()
            if reason := reason_to_lock(before, now, last_seen(), idle_seconds):
                end(reason)
                return
            before = now

    thread = threading.Thread(target=tick, name="watch", daemon=True)
    thread.start()
    return thread
