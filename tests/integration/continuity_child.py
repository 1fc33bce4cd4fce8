"""A process of its own that backs up, restores, travels or writes, to be killed on the way.

``python -m tests.integration.continuity_child WORK DATA KILL_AT [MORE ...]``: at step number KILL_AT it ends itself as
``kill -9`` would (0: never). It says ``ready`` once it has unlocked, ``done`` at the end, and for ``write`` the id of each case
that was acknowledged.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from waystation.cli import unlocked
from waystation.cli.unlocked import opened_device, started

WORDS = {"director": "river stone amber lantern quiet harvest", "caseworker": "copper garden sail winter marble echo"}


PAUSE = float(os.environ.get("WAYSTATION_PAUSE", "0.05"))
"""Seconds between two cases. Without any, two writers leave no third one a turn."""


class Kill:
    """Counts steps, and ends the process at one of them."""

    def __init__(self, at: int) -> None:
        self._at, self._count = at, 0

    def __call__(self, name: str, done: int, total: int) -> None:
        self._count += 1
        if self._count == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def back_up(data: Path, kill: Kill) -> None:
    with unlocked.at_home(data, data.parent / "director") as here:
        from waystation.continuity.backup import make_backup

        say("ready")
        make_backup(here=here, at=datetime.now(UTC), steps=kill)


def restore(data: Path, kill: Kill, backup: str, keyring: str) -> None:
    secret = opened_device(data / "device.json", WORDS["director"]).office_secret
    started(data)
    from waystation.continuity.restore import restore as restored

    say("ready")
    target = data.parent / "restored"
    restored(backup=Path(backup), keyring=Path(keyring), data=target, secret=secret, steps=kill)


def travel(data: Path, kill: Kill, parcel: str) -> None:
    with unlocked.at_home(data, data.parent / "director") as here:
        from waystation.continuity.travel import travel_out

        say("ready")
        travel_out(here=here, parcel=Path(parcel), at=datetime.now(UTC), steps=kill)


def write(data: Path, kill: Kill) -> None:
    with unlocked.at_home(data, data.parent / "caseworker") as here:
        from waystation.cases.services import create_case

        say("ready")
        number = 0
        while True:
            kill("write", number, 0)
            values = {"name": f"Person {number}", "note": "x" * (number % 500), "party_size": number % 9 + 1}
            say(str(create_case(keyring=here.keyring, values=values, at=datetime.now(UTC)).pk))
            number += 1
            sleep(PAUSE)


WORK: dict[str, Callable[..., None]] = {"backup": back_up, "restore": restore, "travel": travel, "write": write}


def main() -> None:
    work, data, kill_at, *more = sys.argv[1:]
    folder = Path(data)
    for key, words in WORDS.items():
        (folder.parent / key).write_text(words)
    WORK[work](folder, Kill(int(kill_at)), *more)
    say("done")


if __name__ == "__main__":
    main()
