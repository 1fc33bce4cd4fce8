"""``kill -9`` during backup, restore and travel: what was whole before is whole afterwards, and nothing is half there.

``WAYSTATION_KILLS`` sets how many kills by the clock there are besides those at each step (6 unless set).
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.integration.continuity_child import WORDS
from tests.unit.continuity.conftest import Home, empty_store, home  # noqa: F401 - fixtures

from waystation.continuity.backup import make_backup
from waystation.continuity.digests import tables_of
from waystation.continuity.drill import drill
from waystation.continuity.restore import restore
from waystation.continuity.shelf import newest, shelved
from waystation.continuity.travel import give_back, travel_back
from waystation.store.sqlcipher.key import held_key
from waystation.vault import VaultError, device_from_json, open_device

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("WAYSTATION_KILLS", "6"))
STEPS = {"backup": (1, 3, 5, 8, 10, 14, 15), "restore": (1, 3, 5, 6, 7), "travel": (1, 2, 3, 4)}
"""Numbers of steps at which the process kills itself."""


def child(work: str, data: Path, kill_at: int, *more: object) -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if name not in {"WAYSTATION_DATA", "DATABASE_URL"}}
    command = [
        sys.executable,
        "-m",
        "tests.integration.continuity_child",
        work,
        str(data),
        str(kill_at),
        *map(str, more),
    ]
    environment = kept | {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def killed_at(work: str, data: Path, step: int, *more: object) -> bool:
    """Run until the step; return whether it was killed there (not: ended before)."""
    process = child(work, data, step, *more)
    out, err = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL or "done" in out, err
    return process.returncode == -signal.SIGKILL


def killed_after(work: str, data: Path, seconds: float, *more: object) -> None:
    """Kill it so long after it is ready."""
    process = child(work, data, 0, *more)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(seconds)
    process.kill()
    process.communicate()


def moments(work: str) -> list[tuple[str, float]]:
    """Return when to kill: at steps, and after random times from a fixed seed."""
    chance = random.Random(f"{work} 1")
    return [("step", step) for step in STEPS[work]] + [("after", chance.uniform(0, 0.6)) for _ in range(KILLS)]


def kill(how: str, when: float, work: str, data: Path, *more: object) -> None:
    if how == "step":
        killed_at(work, data, int(when), *more)
    else:
        killed_after(work, data, when, *more)


def test_a_killed_backup_leaves_the_older_ones_and_the_next_one_is_good(home: Home) -> None:  # noqa: F811
    home.case()
    for how, when in moments("backup"):
        before = {each.store: each.store.read_bytes() for each in shelved(home.data / "backups")}
        kill(how, when, "backup", home.data)
        kept = {path: content for path, content in before.items() if path.exists()}
        newer = {each.store for each in shelved(home.data / "backups")} - set(before)
        # One that was whole before the kill may have replaced an older one of the same day.
        assert kept == before or newer, (how, when)
        assert all(path.read_bytes() == content for path, content in kept.items()), (how, when)
        for each in shelved(home.data / "backups"):
            assert each.keyring is not None, (how, when)
            assert each.device is not None, (how, when)
        if shelved(home.data / "backups"):
            assert drill(here=home.here(), at=home.later()).ok, (how, when)
    make_backup(here=home.here(), at=home.later(days=2))
    assert drill(here=home.here(), at=home.later()).ok
    assert not list((home.data / "backups").glob(".*"))


def test_a_killed_restore_leaves_no_folder_of_its_name(home: Home) -> None:  # noqa: F811
    home.case()
    make_backup(here=home.here(), at=home.later())
    made = newest(home.data / "backups")
    expected, target = tables_of(home.data / "store.db", held_key()), home.data.parent / "restored"
    expected = {name: expected[name] for name in ("cases_case", "store_grant", "accounts_person")}
    for how, when in moments("restore"):
        kill(how, when, "restore", home.data, made.store, made.keyring)
        if target.exists():
            found = tables_of(target / "store.db", held_key())
            assert {name: found[name] for name in expected} == expected, (how, when)
            target.rename(home.data.parent / f"whole-{how}-{when}")
    restore(backup=made.store, keyring=made.keyring, data=target, secret=home.office.opened["director"].office_secret)


def opens(text: str) -> bool:
    try:
        open_device(device_from_json(text), WORDS["director"])
    except VaultError:
        return False
    return True


def test_a_killed_departure_leaves_the_keys_here_or_the_parcel_whole(home: Home) -> None:  # noqa: F811
    device = home.data / "device.json"
    secret = home.office.opened["director"].office_secret
    for number, (how, when) in enumerate(moments("travel")):
        parcel, back = (home.data.parent / f"{name}-{number}" for name in ("parcel", "back"))
        make_backup(here=home.here(), at=home.later())
        kill(how, when, "travel", home.data, parcel)
        if not opens(device.read_text()):
            give_back(parcel=parcel, secret=secret, out=back)
            travel_back(data=home.data, file=back, passphrase=WORDS["director"])
        assert opens(device.read_text()), (how, when)


@pytest.mark.parametrize("work", list(STEPS))
def test_the_steps_are_really_reached(home: Home, work: str) -> None:  # noqa: F811
    home.case()
    made = make_backup(here=home.here(), at=home.later()).shelved
    more = {"backup": (), "restore": (made.store, made.keyring), "travel": (home.data.parent / "parcel",)}[work]
    assert killed_at(work, home.data, STEPS[work][-1], *more)
