"""Restore drills while others write: each backup is one moment of the store, and its drill finds it equal to that moment.

``WAYSTATION_DRILLS`` sets how many (3 unless set), ``WAYSTATION_WRITERS`` how many processes write meanwhile (2).
"""

import os
import subprocess
import time

from tests.integration.test_continuity_kills import child
from tests.unit.continuity.conftest import Home, empty_store, home  # noqa: F401 - fixtures

from waystation.cases.models import Case
from waystation.continuity.backup import make_backup
from waystation.continuity.drill import drill
from waystation.continuity.shelf import newest

DRILLS = int(os.environ.get("WAYSTATION_DRILLS", "3"))
WRITERS = int(os.environ.get("WAYSTATION_WRITERS", "2"))


def test_drills_under_load_are_all_equal(home: Home) -> None:  # noqa: F811
    writers = [child("write", home.data, 0) for _ in range(WRITERS)]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
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
        acknowledged = [_end(writer) for writer in writers]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0] or DRILLS == 1, "the writers wrote meanwhile"
    assert {pk for each in acknowledged for pk in each} <= {str(pk) for pk in Case.objects.values_list("pk", flat=True)}
    means = ", ".join(f"{name} {spent / DRILLS:.2f} s" for name, spent in seconds.items())
    print(f"{DRILLS} drills, {WRITERS} writers, {Case.objects.count()} cases at the end: all equal; on average {means}")  # noqa: T201


def _end(writer: "subprocess.Popen[str]") -> list[str]:
    """Stop a writer, and return the ids of the cases that it was told are kept."""
    writer.kill()
    out, _ = writer.communicate()
    return [line for line in out.splitlines() if len(line) == 36]
