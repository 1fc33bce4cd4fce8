import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from waystation.kernel import BadInputError
from waystation.store.sqlcipher import copy
from waystation.store.sqlcipher.connect import open_store
from waystation.store.sqlcipher.copy import copy_file, copy_store
from waystation.store.sqlcipher.key import hold_key
from waystation.store.sqlcipher.upkeep import integrity_check
from waystation.vault import WrongSecretError

from .conftest import KEY


@pytest.fixture
def store(file: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give the file as if it were the application's own."""
    monkeypatch.setattr(copy, "connection", file)
    return file


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    with closing(open_store(path, KEY)) as found:
        yield found


def test_a_copy_opens_with_the_same_key_and_holds_everything(store: Any, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    copy_store(target)
    with opened(target) as found:
        assert found.execute("SELECT count(*), min(words) FROM parent").fetchone() == (200, "planted words 0")
    assert integrity_check(target, KEY) == ()


def test_a_copy_is_sealed_for_its_owner_alone_and_leaves_nothing_beside_it(
    store: Any, path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    copy_store(folder / "copy.db")
    assert [each.name for each in folder.iterdir()] == ["copy.db"]
    assert stat.S_IMODE((folder / "copy.db").stat().st_mode) == 0o600
    assert b"planted" not in (folder / "copy.db").read_bytes()


def test_what_had_the_name_before_is_replaced(store: Any, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_bytes(b"of yesterday")
    copy_store(target)
    assert integrity_check(target, KEY) == ()


def test_a_copy_that_fails_leaves_the_one_of_yesterday(store: Any, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    target = folder / "copy.db"
    target.write_bytes(b"of yesterday")
    hold_key(b"\xab" * 32)
    with pytest.raises(WrongSecretError):
        copy_store(target)
    assert target.read_bytes() == b"of yesterday"
    assert [each.name for each in folder.iterdir()] == ["copy.db"]


def test_what_is_not_committed_is_not_copied(store: Any, connect: Callable[..., Any], tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with store.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("DELETE FROM parent")
        copy_store(target)
        cursor.execute("ROLLBACK")
    with opened(target) as found:
        assert found.execute("SELECT count(*) FROM parent").fetchone() == (200,)


def test_copies_made_while_others_write_are_whole(store: Any, connect: Callable[..., Any], tmp_path: Path) -> None:
    """Two rows are always written together, the count of a third says how many: no copy may show one without the other."""
    stop = threading.Event()

    def write() -> None:
        wrapper = connect()
        while not stop.is_set():
            with wrapper.cursor() as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                cursor.execute("INSERT INTO parent (words) VALUES ('left')")
                cursor.execute("INSERT INTO parent (words) VALUES ('right')")
                cursor.execute("COMMIT")

    writers = [threading.Thread(target=write) for _ in range(2)]
    for each in writers:
        each.start()
    counts = []
    try:
        for number in range(10):
            with store.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM parent")
                (acknowledged,) = cursor.fetchone()
            target = tmp_path / f"copy-{number}.db"
            copy_store(target)
            with opened(target) as found:
                lefts, rights, rows = found.execute(
                    "SELECT count(*) FILTER (WHERE words = 'left'), count(*) FILTER (WHERE words = 'right'), count(*) FROM parent"
                ).fetchone()
            assert lefts == rights
            assert rows >= acknowledged
            assert integrity_check(target, KEY) == ()
            counts.append(rows)
    finally:
        stop.set()
        for each in writers:
            each.join()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0], "nobody wrote meanwhile: the test has shown nothing"


def test_data_on_a_postgresql_server_is_not_copied_as_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(copy, "connection", Mock(vendor="postgresql"))
    with pytest.raises(BadInputError, match="pg_dump"):
        copy_store(tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_error_of_the_system_s(path: Path, store: Any, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        copy_file(path, tmp_path / "nowhere" / "copy.db", KEY)
