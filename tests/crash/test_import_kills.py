"""A process is killed in the middle of an import: what is in stands as one import, whole row by row, and is taken back whole."""

import os
import random
import time
from pathlib import Path

from tests.crash.test_writer_kills import Writer
from waystation.exchange.importing.apply import TOGETHER

KILLS = max(1, int(os.environ.get("WAYSTATION_KILLS", "5")) // 5)
LONGEST = 0.5


def test_a_killed_import_is_an_import_that_can_be_undone(tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    assert Writer("found", tmp_path).end() == 0
    for _ in range(KILLS):
        importer = Writer("import", tmp_path, "tests.crash.importer")
        while not any(each["done"] > TOGETHER for each in importer.said):
            importer.wait_for_a_line()
            time.sleep(0.02)
        time.sleep(chance.uniform(0.0, LONGEST))
        importer.kill()
        checker = Writer("check", tmp_path, "tests.crash.importer")
        assert checker.end() == 0
        (told,) = checker.said
        assert told["stopped"]
        assert told["created"] % TOGETHER == 0
        assert told["created"] == told["lines"] == told["taken_back"] >= TOGETHER
        assert set(told["whole"].values()) == {told["lines"]}
        assert (told["loose"], told["left"], told["faults"]) == (0, 0, [])
