import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from waystation.store.sqlcipher import upkeep
from waystation.store.sqlcipher.connect import open_store
from waystation.store.sqlcipher.upkeep import checkpoint, integrity_check
from waystation.vault import WrongSecretError

from .conftest import KEY

PAGE = 4096


@pytest.fixture
def store(file: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(upkeep, "connection", file)
    return file


def test_a_checkpoint_empties_the_log_beside_the_store(store: Any, path: Path) -> None:
    log = path.with_name("store.db-wal")
    assert log.stat().st_size > 0
    assert checkpoint() is True
    assert log.stat().st_size == 0
    assert integrity_check(path, KEY) == ()


def test_a_checkpoint_that_somebody_stands_in_the_way_of_says_so(store: Any, connect: Callable[..., Any]) -> None:
    with connect().cursor() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM parent")
        reader.fetchone()
        with store.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
            cursor.execute("INSERT INTO parent (words) VALUES ('later')")
        assert checkpoint() is False
        reader.execute("COMMIT")
    assert checkpoint() is True


def test_a_postgresql_server_does_that_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "connection", Mock(vendor="postgresql"))
    assert checkpoint() is True


def test_a_sound_store_has_no_faults(store: Any, path: Path) -> None:
    assert integrity_check(path, KEY) == ()


def test_a_reference_to_nothing_is_found(store: Any, path: Path) -> None:
    with store.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("INSERT INTO child VALUES (1, 777)")
    assert integrity_check(path, KEY) == ("row 1 of child refers to a row of parent that is not there",)


def test_every_flipped_bit_is_noticed_and_no_words_are_told(store: Any, path: Path) -> None:
    checkpoint()
    store.close()
    whole = path.read_bytes()
    assert len(whole) > 4 * PAGE
    chance = random.Random(4)
    for _ in range(40):
        at = chance.randrange(len(whole) * 8)
        torn = bytearray(whole)
        torn[at // 8] ^= 1 << at % 8
        path.write_bytes(torn)
        try:
            found = integrity_check(path, KEY)
        except WrongSecretError:
            assert at // 8 < PAGE
            continue
        assert found, f"bit {at} was flipped and not noticed"
        assert "planted" not in " ".join(found)


def test_another_key_is_refused(store: Any, path: Path) -> None:
    with pytest.raises(WrongSecretError):
        integrity_check(path, b"\xab" * 32)


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        integrity_check(tmp_path / "nothing.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_no_more_faults_are_told_than_anybody_reads(path: Path) -> None:
    with closing(open_store(path, KEY, isolation_level=None)) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        opened.execute("CREATE TABLE parent (id integer PRIMARY KEY)")
        opened.execute("CREATE TABLE child (parent integer REFERENCES parent)")
        opened.executemany("INSERT INTO child VALUES (?)", [(number,) for number in range(upkeep.FEW + 7)])
    assert len(integrity_check(path, KEY)) == upkeep.FEW
