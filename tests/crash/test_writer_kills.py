"""A process that writes is killed again and again: nothing that it acknowledged is lost, nothing is torn."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from waystation.store.sqlcipher.upkeep import integrity_check

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("WAYSTATION_KILLS", "15"))
PATIENCE = 60.0
LONGEST = 0.4
"""Seconds between the first acknowledged write of a process and its end, at most."""


class Writer:
    """The program, and the lines it has said so far."""

    def __init__(self, verb: str, folder: Path, program: str = "tests.crash.writer") -> None:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", program, verb, str(folder)],
            cwd=ROOT,
            env=environment | {"WAYSTATION_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "waystation.config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.said: list[dict[str, Any]] = []
        self._first = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith(b"\n"):
                self.said.append(json.loads(line))
                self._first.set()
        self._first.set()

    def wait_for_a_line(self) -> None:
        assert self._first.wait(PATIENCE)
        assert self.said, "the writer ended before it wrote anything"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        assert self.end() == -signal.SIGKILL, "the writer ended by itself"

    def end(self, words: str = "") -> int:
        """Give it its input and return its status."""
        assert self.process.stdin is not None
        if words:
            self.process.stdin.write(words.encode("ascii"))
        self.process.stdin.close()
        status = self.process.wait(PATIENCE)
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status


def test_nothing_acknowledged_is_lost_and_nothing_is_torn(tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    founder = Writer("found", tmp_path)
    assert founder.end() == 0
    key = bytes.fromhex(founder.said[0]["key"])
    acknowledged: list[dict[str, Any]] = []
    for number in range(KILLS):
        writer = Writer("write", tmp_path)
        writer.wait_for_a_line()
        time.sleep(chance.uniform(0.0, LONGEST))
        writer.kill()
        acknowledged += writer.said
        if number % 2:  # every second time the next writer finds the log as the killed one left it
            assert integrity_check(tmp_path / "store.db", key) == ()
    assert integrity_check(tmp_path / "store.db", key) == ()

    checker = Writer("check", tmp_path)
    assert checker.end("".join(json.dumps(each) + "\n" for each in acknowledged)) == 0
    *faults, counted = checker.said
    (ROOT / "out").mkdir(exist_ok=True)
    (ROOT / "out" / "writer-kills.json").write_text(json.dumps({"kills": KILLS, **counted}) + "\n", "utf-8")
    assert faults == []
    assert counted["writes"] == len(acknowledged) >= KILLS
    assert counted["cases"] > 0


@pytest.mark.parametrize("loss", ["case", "file"])
def test_a_loss_is_seen(tmp_path: Path, loss: str) -> None:
    assert Writer("found", tmp_path).end() == 0
    gone = {"case": "7f3b0a52-0000-4000-8000-000000000000", "version": 2, "name": "이름 1"}
    if loss == "file":
        gone = {"file": gone["case"], "begins": "00", "ends": "00"}
    checker = Writer("check", tmp_path)
    assert checker.end(json.dumps(gone) + "\n") == 0
    assert [each["fault"] for each in checker.said if "fault" in each] == [
        f"{loss} {gone[loss]} is gone".removeprefix("case ")
    ]
