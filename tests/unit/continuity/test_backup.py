import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.unit.continuity.conftest import Home, names_in
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.continuity.backup import backup_if_due, due, make_backup
from waystation.continuity.errors import StoppedError
from waystation.continuity.models import BackupRun
from waystation.continuity.whole_file import alone_in
from waystation.kernel import RuleRefusedError


def test_a_backup_is_three_files_an_entry_and_a_row(home: Home) -> None:
    home.case()
    made = make_backup(here=home.here(), at=home.later())
    stamp = made.shelved.stamp
    assert names_in(home.data / "backups") == [f"device-{stamp}.json", f"keyring-{stamp}.age", f"store-{stamp}.age"]
    assert (made.sequence, made.missing, made.removed) == (1, (), ())
    assert Entry.objects.order_by("-seq")[0].kind == "backup.made"
    run = BackupRun.objects.get()
    assert (run.sequence, run.stamp, run.rows, run.made_by) == (1, stamp, made.rows, home.office.id("director"))


def test_numbers_count_up_and_two_in_one_second_do_not_meet(home: Home) -> None:
    at = home.later()
    first, second = (make_backup(here=home.here(), at=at) for _ in range(2))
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.shelved.stamp != second.shelved.stamp


def test_one_is_due_once_a_day_and_made_by_whoever_is_there(home: Home) -> None:
    at = home.later()
    assert due(home.here("caseworker"), at)
    assert backup_if_due(here=home.here("safeguarding"), now=at) is not None
    assert backup_if_due(here=home.here("safeguarding"), now=at + timedelta(hours=23)) is None
    assert backup_if_due(here=home.here("safeguarding"), now=at + timedelta(hours=25)) is not None


def test_by_hand_it_needs_leave(home: Home) -> None:
    with pytest.raises(NotPermittedError):
        make_backup(here=home.here("safeguarding"), at=home.later())
    assert not (home.data / "backups").exists()


@pytest.mark.parametrize("point", ["copy", "compare", "part", "digest", "write", "settle"])
def test_to_stop_at_any_step_leaves_the_older_one(home: Home, point: str) -> None:
    make_backup(here=home.here(), at=home.later())
    before = {path.name: path.read_bytes() for path in (home.data / "backups").iterdir()}

    def stop(name: str, done: int, total: int) -> None:
        if name == point:
            raise StoppedError

    with pytest.raises(StoppedError):
        make_backup(here=home.here(), at=home.later(), steps=stop)
    after = {
        path.name: path.read_bytes() for path in (home.data / "backups").iterdir() if path.name.startswith("store")
    }
    assert after == {name: content for name, content in before.items() if name.startswith("store")}
    assert not list(home.data.glob(".*.part"))
    assert BackupRun.objects.count() == 1


def test_what_a_killed_run_left_is_swept(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    left = folder / f".{'0' * 32}.part"
    left.mkdir(parents=True)
    make_backup(here=home.here(), at=home.later(), folder=folder)
    assert not left.exists()


def test_files_that_no_row_tells_of_are_swept_after_a_day(home: Home) -> None:
    fresh, old = (home.data / "files" / uuid4().hex for _ in range(2))
    for path, age in ((fresh, timedelta(hours=1)), (old, timedelta(days=2))):
        path.write_bytes(b"sealed")
        written = (home.later() - age).timestamp()
        os.utime(path, (written, written))
    make_backup(here=home.here(), at=home.later())
    assert (fresh.exists(), old.exists()) == (True, False)


def test_two_at_once_are_refused(home: Home) -> None:
    with alone_in(home.data / "backups"), pytest.raises(RuleRefusedError):
        make_backup(here=home.here(), at=home.later())


def test_no_plaintext_and_no_key_is_on_the_disk_meanwhile(home: Home) -> None:
    home.case(name="Saoirse Planted")
    secret = home.office.opened["director"].store_key
    seen: list[str] = []

    def look(name: str, done: int, total: int) -> None:
        for path in [each for each in home.data.rglob("*") if each.is_file()]:
            content = path.read_bytes()
            if b"Saoirse Planted" in content or secret in content or b"SQLite format" in content:
                seen.append(path.name)

    make_backup(here=home.here(), at=home.later(), steps=look)
    look("end", 0, 0)
    assert seen == []


def test_older_keyrings_go_and_the_store_stays(home: Home) -> None:
    first = make_backup(here=home.here(), at=home.later())
    second = make_backup(here=home.here(), at=home.later(days=15))
    assert first.shelved.keyring in second.removed
    assert first.shelved.store.exists()
    assert second.shelved.keyring is not None
    assert second.shelved.keyring.exists()
