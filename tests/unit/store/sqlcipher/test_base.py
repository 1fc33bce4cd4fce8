import logging
import threading
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import OperationalError
from django.test.utils import CaptureQueriesContext

from waystation.store.sqlcipher import key
from waystation.store.sqlcipher.key import hold_key
from waystation.vault import LockedError, WrongSecretError

from .conftest import KEY

Connect = Callable[..., Any]
Atomic = Callable[[Any], AbstractContextManager[None]]


@pytest.fixture
def atomic(monkeypatch: pytest.MonkeyPatch) -> Atomic:
    """Give Django's ``atomic`` for a connection that has no name in the settings."""
    monkeypatch.setattr(transaction, "get_connection", lambda wrapper: wrapper)
    return transaction.atomic


def test_django_takes_it_for_sqlite_under_a_name_of_its_own(connect: Connect) -> None:
    wrapper = connect()
    assert (wrapper.vendor, wrapper.display_name) == ("sqlite", "SQLCipher")
    wrapper.ensure_connection()
    wrapper.check_database_version_supported()


def test_without_a_key_nothing_opens(connect: Connect, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key, "_held", [])
    with pytest.raises(LockedError):
        connect().ensure_connection()
    assert not path.exists()


def test_a_wrong_key_is_a_wrong_secret_and_is_told_nowhere(file: Any, connect: Connect) -> None:
    file.close()
    wrong = b"\xab" * 32
    hold_key(wrong)
    wrapper = connect()
    with pytest.raises(WrongSecretError) as caught:
        wrapper.ensure_connection()
    told = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=False).format())
    assert wrong.hex() not in told + repr(wrapper.settings_dict)
    assert "abab" not in told


def test_neither_the_list_of_statements_nor_the_log_tells_the_key(
    file: Any, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    wrapper = connect()
    with caplog.at_level(logging.DEBUG, "django.db.backends"), CaptureQueriesContext(wrapper) as captured:
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM parent")
        wrapper.close()
        wrapper.ensure_connection()
    assert captured.captured_queries
    assert KEY.hex() not in repr(captured.captured_queries) + caplog.text


@pytest.mark.parametrize(
    ("statement", "parameters", "found"),
    [
        ("SELECT %s || '%%' || %s", ("a", "b"), "a%b"),
        ("SELECT %(one)s + %(two)s", {"one": 1, "two": 2}, 3),
        ("SELECT '100%'", None, "100%"),
        ("SELECT '100%%'", (), "100%"),
        ("SELECT %s", (Decimal("1.10"),), "1.10"),
        ("SELECT %s", (date(2026, 1, 2),), "2026-01-02"),
        ("SELECT %s", (datetime(2026, 1, 2, 3, 4, tzinfo=UTC),), "2026-01-02 03:04:00+00:00"),
        ("SELECT %s", (b"\x00\xff",), b"\x00\xff"),
    ],
)
def test_statements_take_marks_as_django_writes_them(
    connect: Connect, statement: str, parameters: Any, found: Any
) -> None:
    with connect().cursor() as cursor:
        cursor.execute(statement, parameters)
        assert cursor.fetchone()[0] == found


def test_many_rows_may_come_from_a_generator_of_tuples_or_of_names(file: Any) -> None:
    with file.cursor() as cursor:
        cursor.executemany("INSERT INTO parent VALUES (%s, %s)", ((number, "tuple") for number in (1001, 1002)))
        cursor.executemany("INSERT INTO parent VALUES (%(id)s, %(words)s)", [{"id": 1003, "words": "names"}])
        cursor.executemany("INSERT INTO parent VALUES (%s, %s)", [])
        cursor.execute("SELECT id, words FROM parent WHERE id > 1000 ORDER BY id")
        assert cursor.fetchall() == [(1001, "tuple"), (1002, "tuple"), (1003, "names")]


def test_declared_types_come_back_as_python_s(connect: Connect) -> None:
    with connect().cursor() as cursor:
        cursor.execute("CREATE TABLE typed (a bool, b date, c datetime, d time)")
        cursor.execute("INSERT INTO typed VALUES (1, '2026-01-02', '2026-01-02 03:04:05', '03:04:05')")
        cursor.execute("SELECT a, b, c FROM typed")
        assert cursor.fetchone() == (True, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, 5))  # noqa: DTZ001 - as stored


def test_an_atomic_block_takes_the_writer_s_place_at_once(file: Any, connect: Connect, atomic: Atomic) -> None:
    other = connect(OPTIONS={"timeout": 0.1})
    with atomic(file):
        with pytest.raises(OperationalError, match="locked"), atomic(other):
            pass
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM parent")
            assert cursor.fetchone() == (200,)
    with atomic(other):
        pass


def test_eight_writers_add_up(file: Any, connect: Connect, atomic: Atomic) -> None:
    rounds, writers = 25, 8

    def add() -> None:
        wrapper = connect()
        for _ in range(rounds):
            with atomic(wrapper), wrapper.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM child")
                (count,) = cursor.fetchone()
                cursor.execute("INSERT INTO child VALUES (%s, 1)", (count,))

    threads = [threading.Thread(target=add) for _ in range(writers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with file.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id) FROM child")
        assert cursor.fetchone() == (rounds * writers, rounds * writers - 1)


def test_a_command_of_the_settings_is_said_as_well(connect: Connect) -> None:
    with connect(OPTIONS={"init_command": "PRAGMA cache_size = -7; "}).cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        assert cursor.fetchone() == (-7,)


def test_django_s_own_functions_are_there(connect: Connect) -> None:
    with connect().cursor() as cursor:
        cursor.execute("SELECT 'Waystation' REGEXP 'way|Way', SHA256('a') IS NOT NULL, LPAD('7', 3, '0')")
        assert cursor.fetchone() == (1, 1, "007")
