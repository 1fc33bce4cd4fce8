import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from waystation.continuity.whole_file import alone_in, settle, sweep, unfinished_beside, whole_file, working_folder
from waystation.kernel import RuleRefusedError


def test_it_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "one"
    with whole_file(target) as file:
        file.write(b"whole")
        assert not target.exists()
    assert target.read_bytes() == b"whole"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def fill(target: Path) -> None:
    with whole_file(target) as file:
        file.write(b"ha")
        raise OSError("the disk is full")


def test_what_goes_wrong_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "one"
    target.write_bytes(b"old")
    with pytest.raises(OSError, match="full"):
        fill(target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_working_folder_goes_with_what_is_in_it(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"):
        work_badly(tmp_path)
    assert not list(tmp_path.iterdir())


def work_badly(parent: Path) -> None:
    with working_folder(parent) as work:
        assert stat.S_IMODE(work.stat().st_mode) == 0o700
        (work / "deep").mkdir()
        (work / "deep" / "file").touch()
        raise ValueError("x")


def test_sweeping_takes_only_what_was_ours(tmp_path: Path) -> None:
    left = unfinished_beside(tmp_path / "a")
    left.touch()
    folder = unfinished_beside(tmp_path / "b")
    folder.mkdir()
    (folder / "file").touch()
    for name in ("store-1.age", ".part", ".mine.part", "x.part"):
        (tmp_path / name).touch()
    assert sweep(tmp_path) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"store-1.age", ".part", ".mine.part", "x.part"}


def test_what_may_be_in_use_is_left(tmp_path: Path) -> None:
    left = unfinished_beside(tmp_path / "a")
    left.touch()
    changed = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    assert sweep(tmp_path, changed - timedelta(seconds=1)) == 0
    assert left.exists()
    assert sweep(tmp_path, changed + timedelta(seconds=1)) == 1


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").touch()
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    unfinished_beside(shelf / "a").symlink_to(elsewhere)
    assert sweep(shelf) == 1
    assert (elsewhere / "precious").exists()


def test_two_do_not_work_in_one_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "shelf"
    with alone_in(folder), pytest.raises(RuleRefusedError), alone_in(folder):
        raise AssertionError
    with alone_in(folder):
        pass


def test_settling_takes_files_and_folders(tmp_path: Path) -> None:
    settle(tmp_path)
    with pytest.raises(FileNotFoundError):
        settle(tmp_path / "none")
    assert not list(tmp_path.iterdir())
