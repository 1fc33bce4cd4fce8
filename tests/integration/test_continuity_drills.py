"""Restore drills while others write: each backup is one moment of the store, and its drill finds it equal to that moment.

``WAYSTATION_DRILLS`` sets how many (3 unless set), ``WAYSTATION_WRITERS`` how many processes write meanwhile (2),
``WAYSTATION_PAUSE`` the seconds between two cases of each (0.05).
"""

import os
import time
from threading import Event, Thread

from tests.integration.test_continuity_kills import child
from tests.unit.continuity.conftest import Home, empty_store, home  # noqa: F401 - fixtures

from waystation.cases.models import Case
from waystation.continuity.backup import make_backup
from waystation.continuity.drill import drill
from waystation.continuity.shelf import newest

DRILLS = int(os.environ.get("WAYSTATION_DRILLS", "3"))
WRITERS = int(os.environ.get("WAYSTATION_WRITERS", "2"))


def test_drills_under_load_are_all_equal(home: Home) -> None:  # noqa: F811
    writers = [Writer(home) for _ in range(WRITERS)]
    try:
        for writer in writers:
            assert writer.ready.wait(120)
        counts, seconds = [], {"backup": 0.0, "drill": 0.0}
        for _ in range(DRILLS):
            begun = time.monotonic()
            made = make_backup(here=home.here(), at=home.later())
            seconds["backup"] += time.monotonic() - begun
            assert newest(home.data / "backups").stamp == made.shelved.stamp
            begun = time.monotonic()
            found = drill(here=home.here(), at=home.later())
            seconds["drill"] += time.monotonic() - begun
            assert found.findings == ()
            counts.append(found.counts["cases_case"])
    finally:
        for writer in writers:
            writer.end()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0] or DRILLS == 1, "the writers wrote meanwhile"
    kept = {str(pk) for pk in Case.objects.values_list("pk", flat=True)}
    assert all(writer.acknowledged and writer.acknowledged <= kept for writer in writers)
    means = ", ".join(f"{name} {spent / DRILLS:.2f} s" for name, spent in seconds.items())
    print(f"{DRILLS} drills, {WRITERS} writers, {Case.objects.count()} cases at the end: all equal; on average {means}")  # noqa: T201


class Writer:
    """A process that enters cases; what it says is read at once, so that it never waits for us."""

    def __init__(self, home: Home) -> None:  # noqa: F811
        self.ready, self.acknowledged = Event(), set[str]()
        self._process = child("write", home.data, 0)
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line == "ready\n":
                self.ready.set()
            elif len(line) == 37:
                self.acknowledged.add(line.strip())

    def end(self) -> None:
        """Kill it, and hear the rest of what it said."""
        self._process.kill()
        self._thread.join()
        self._process.communicate()
