"""The serving process is killed again and again while people save through the web: nothing acknowledged is lost or torn."""

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.integration.served import (
    PASSPHRASE,
    Browser,
    Served,
    environment,
    found_cheaply,
    start,
    wait_for,
    wait_until_gone,
)

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("WAYSTATION_KILLS", "10"))
WRITERS = 4
PARENT_EVERY = 7
"""Every so many kills the parent dies as well, and the command is started again."""
LONGEST = 0.5
"""Seconds between the first save of a life and its end, at most."""
PATIENCE = 120.0

VERSION = re.compile(r'name="version" value="(\d+)"')
SEEN = re.compile(r'name="initial-note"(?: value="([^"]*)")?')
LOST = (OSError, http.client.HTTPException)


@dataclass
class Writer:
    """Somebody who saves one case's note over and over, each time a longer number."""

    number: int
    case: str
    saved: str = ""
    """The last note that the application said was saved."""
    tried: str = ""
    """A note that was sent and never answered; empty if every one was."""
    version: int = 1
    count: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    faults: list[str] = field(default_factory=list)

    def come_back(self, browser: Browser) -> None:
        """Read what is there now: what was saved last, or what was on its way when the process died."""
        page = browser.get(f"{self.case}/welfare").text
        version, seen = VERSION.search(page), SEEN.search(page)
        if version is None or seen is None:
            self.faults.append("the case cannot be read")
            return
        note = seen[1] or ""
        if note not in {self.saved, self.tried or self.saved}:
            self.faults.append(f"{note[:20]!r} was found, {self.saved[:20]!r} was acknowledged")
        self.saved, self.tried, self.version = note, "", int(version[1])

    def write_until_killed(self, browser: Browser) -> None:
        """Save until no answer comes, or a fresh, locked process answers."""
        while True:
            self.count += 1
            note = f"{self.count} {'kept ' * (self.count % 40)}{self.count}"
            values = {"version": str(self.version), "initial-note": self.saved, "note": note}
            self.tried = note
            try:
                answer = browser.post(f"{self.case}/welfare", values)
            except LOST:
                self.unanswered += 1
                return
            if answer.status != 303 or answer.to != self.case:
                if answer.status not in {303, 403}:
                    self.faults.append(f"a save was answered with {answer.status}")
                return
            self.saved, self.tried = note, ""
            self.version += 1
            self.acknowledged += 1


def unlocked(served: Served) -> Browser:
    """Return a browser that has unlocked, however long the new process takes."""
    began = time.monotonic()
    while True:
        browser = served.browser()
        try:
            if browser.unlock(PASSPHRASE).to == "/":
                browser.get("/cases/new")
                return browser
        except LOST:
            pass
        assert time.monotonic() - began < PATIENCE, "it cannot be unlocked any more"
        time.sleep(0.05)


def entered(browser: Browser, name: str) -> str:
    """Enter a case and return its address once it was acknowledged; empty if it was not."""
    try:
        answer = browser.post("/cases/new", {"enter": "1", "name": name, "note": ""})
    except LOST:
        return ""
    return answer.to if answer.status == 303 and answer.to.startswith("/cases/") else ""


def read_whole(data: Path) -> dict[str, Any]:
    """Return what a process of its own finds in the store."""
    program = [sys.executable, "-m", "tests.crash.served_store", PASSPHRASE]
    done = subprocess.run(program, cwd=ROOT, env=environment(data), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@dataclass
class Siege:
    """A served store, its writers, and whoever kills it."""

    data: Path
    chance: random.Random
    writers: list[Writer] = field(default_factory=list)
    entered: dict[str, str] = field(default_factory=dict)
    """Names of cases whose entering was acknowledged, by address."""

    @property
    def acknowledged(self) -> int:
        """How many saves were acknowledged so far."""
        return sum(writer.acknowledged for writer in self.writers)

    def begin(self) -> Served:
        served = start(self.data)
        browser = unlocked(served)
        for number in range(WRITERS):
            case = entered(browser, f"Writer {number}")
            assert case
            self.writers.append(Writer(number, case))
        return served

    def one_life(self, served: Served, number: int) -> Served:
        """Unlock, save from every side, kill; return the command that serves now."""
        browser = unlocked(served)
        for writer in self.writers:
            writer.come_back(browser)
        threads = [threading.Thread(target=writer.write_until_killed, args=(browser,)) for writer in self.writers]
        enterer = threading.Thread(target=self._enter, args=(browser, number))
        for thread in (*threads, enterer):
            thread.start()
        before = self.acknowledged
        workers = served.workers()
        wait_for(lambda: self.acknowledged > before or not any(thread.is_alive() for thread in threads))
        time.sleep(self.chance.uniform(0.0, LONGEST))
        if number % PARENT_EVERY == PARENT_EVERY - 1:
            served.process.kill()
            served.process.wait(PATIENCE)
            served.close()
            for worker in workers:
                wait_until_gone(worker)
            served = start(self.data)
        else:
            os.kill(workers[0], signal.SIGKILL)
        for thread in (*threads, enterer):
            thread.join(PATIENCE)
            assert not thread.is_alive(), "somebody still waits for an answer"
        return served

    def _enter(self, browser: Browser, number: int) -> None:
        name = f"Entered {number}"
        if case := entered(browser, name):
            self.entered[case] = name


def test_the_writers_are_told_apart_from_readers() -> None:
    """A note that was never sent is noticed, so that the test below can fail."""
    writer = Writer(0, "/cases/x", saved="5 five", tried="")
    page = '<input name="version" value="3"><input type="hidden" name="initial-note" value="4 four">'

    class Fixed:
        def get(self, _: str) -> Any:
            return type("Page", (), {"text": page})

    writer.come_back(Fixed())  # type: ignore[arg-type] # all that is asked of it
    assert writer.faults == ["'4 four' was found, '5 five' was acknowledged"]


def test_nothing_acknowledged_is_lost_and_nothing_is_torn(tmp_path: Path) -> None:
    data = tmp_path / "data"
    found_cheaply(data)
    siege = Siege(data, random.Random(KILLS))
    began = time.monotonic()
    served = siege.begin()
    try:
        for number in range(KILLS):
            served = siege.one_life(served, number)
            if number % 20 == 19:
                sys.stderr.write(f"{number + 1} kills, {siege.acknowledged} saves acknowledged\n")
            assert [fault for writer in siege.writers for fault in writer.faults] == [], f"after kill {number + 1}"
        browser = unlocked(served)
        for writer in siege.writers:
            writer.come_back(browser)
        assert served.stop() == 0
    finally:
        served.process.kill()
        served.process.wait(PATIENCE)
        served.close()
    found = read_whole(data)
    assert found["faults"] == []
    assert found["broken"] == []
    for case, name in siege.entered.items():
        assert found["cases"][case.removeprefix("/cases/")]["name"] == name
    for writer in siege.writers:
        kept = found["cases"][writer.case.removeprefix("/cases/")]
        assert (kept["note"] or "") == writer.saved
        first, *_, last = (kept["note"] or "0").split()
        assert first == last
        assert 1 + writer.acknowledged <= kept["version"] <= 1 + writer.acknowledged + writer.unanswered
    for kept in found["cases"].values():
        assert kept["changes"] == list(range(1, kept["version"] + 1))
    assert siege.acknowledged >= KILLS
    sys.stderr.write(
        f"\n{KILLS} kills, {siege.acknowledged} saves and {len(siege.entered)} new cases acknowledged, "
        f"{sum(writer.unanswered for writer in siege.writers)} unanswered, none lost, none torn, "
        f"{time.monotonic() - began:.0f} s\n"
    )
