import sqlite3
import stat
import threading
import traceback
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from waystation.store.sqlcipher import connect
from waystation.store.sqlcipher.connect import make_private, open_store
from waystation.vault import WrongSecretError

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


def ask(opened: Any, pragma: str) -> str:
    return str(opened.execute(f"PRAGMA {pragma}").fetchone()[0])


def plant(path: Path) -> None:
    with closing(open_store(path, KEY, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE planted (words text)")
        opened.execute("INSERT INTO planted VALUES ('planted words')")


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("cipher_status", "1"),
        ("cipher_page_size", "4096"),
        ("cipher_use_hmac", "1"),
        ("cipher_hmac_algorithm", "HMAC_SHA512"),
        ("cipher_plaintext_header_size", "0"),
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("secure_delete", "1"),
        ("temp_store", "2"),
        ("foreign_keys", "1"),
        ("legacy_alter_table", "0"),
        ("busy_timeout", "20000"),
    ],
)
def test_every_connection_is_told_the_same(path: Path, pragma: str, value: str) -> None:
    with closing(open_store(path, KEY)) as opened:
        assert ask(opened, pragma) == value


def test_nothing_that_was_written_can_be_read_in_the_file_or_beside_it(path: Path) -> None:
    with closing(open_store(path, KEY, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE planted (words text)")
        opened.execute("INSERT INTO planted VALUES ('planted words')")
        written = b"".join(each.read_bytes() for each in path.parent.glob("store.db*"))
        assert len(written) > 4096
        assert b"planted" not in written
        assert b"SQLite format" not in written


def test_the_file_and_what_lies_beside_it_is_for_its_owner_alone(path: Path) -> None:
    with closing(open_store(path, KEY, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE planted (words text)")
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.glob("store.db*")}
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


def test_a_file_that_is_there_keeps_what_is_in_it_and_its_mode(path: Path) -> None:
    path.write_bytes(b"kept")
    path.chmod(0o640)
    make_private(path)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"kept", 0o640)


def test_the_same_key_opens_it_again(path: Path) -> None:
    plant(path)
    with closing(open_store(path, KEY)) as opened:
        assert opened.execute("SELECT words FROM planted").fetchall() == [("planted words",)]


def test_a_wrong_key_says_so_and_tells_no_key(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plant(path)
    with pytest.raises(WrongSecretError, match="does not open the store") as caught:
        open_store(path, OTHER)
    told = "".join(traceback.format_exception(caught.value)) + "".join(capfd.readouterr())
    assert KEY.hex() not in told
    assert OTHER.hex() not in told
    assert "ERROR CORE" not in told
    assert caught.value.__suppress_context__


def test_a_plain_database_is_no_store(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE planted (words text)")
    with pytest.raises(WrongSecretError):
        open_store(path, KEY)


def test_a_store_is_no_plain_database(path: Path) -> None:
    plant(path)
    with closing(sqlite3.connect(path)) as plain, pytest.raises(sqlite3.DatabaseError, match="not a database"):
        plain.execute("SELECT * FROM planted")


def test_another_trouble_keeps_its_own_error(tmp_path: Path) -> None:
    with pytest.raises(sqlcipher.OperationalError, match="unable to open"):
        open_store(f"file:{tmp_path}/nowhere/store.db", KEY, uri=True)


def test_the_key_is_never_part_of_a_statement(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    class Listening(sqlcipher.Connection):  # type: ignore[misc] # the module has no types
        def execute(self, statement: str, *rest: Any) -> Any:
            said.append(statement)
            return super().execute(statement, *rest)

    open_store(path, KEY, factory=Listening).close()
    assert said[0] == "PRAGMA cipher_log_level = NONE"
    assert KEY.hex() not in " ".join(said)
    assert said.index("SELECT count(*) FROM sqlite_master") > said.index(connect.FORMAT[-1])
    assert said.index("SELECT count(*) FROM sqlite_master") < said.index(connect.ALWAYS[0])


def test_a_writer_waits_for_another(path: Path) -> None:
    plant(path)
    with (
        closing(open_store(path, KEY, isolation_level=None)) as first,
        closing(open_store(path, KEY, isolation_level=None, check_same_thread=False)) as second,
    ):
        first.execute("BEGIN IMMEDIATE")
        waiting = threading.Thread(target=second.execute, args=("INSERT INTO planted VALUES ('second')",))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        first.execute("COMMIT")
        waiting.join(10)
        assert not waiting.is_alive()
        assert first.execute("SELECT count(*) FROM planted").fetchone() == (2,)


def test_one_that_waits_too_long_is_told(path: Path) -> None:
    plant(path)
    with (
        closing(open_store(path, KEY, isolation_level=None)) as first,
        closing(open_store(path, KEY, isolation_level=None, timeout=0.1)) as second,
    ):
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlcipher.OperationalError, match="locked"):
            second.execute("INSERT INTO planted VALUES ('second')")
