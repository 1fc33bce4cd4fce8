from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection
from sqlcipher3.dbapi2 import DatabaseError

from waystation.store.sqlcipher.connect import open_store

FEW = 100
"""As many faults as are told; a file with more is lost anyway."""


def checkpoint() -> bool:
    """Bring everything that was written into the store's one file and cut the log beside it to nothing.

    Returns
    -------
    bool
        False if somebody was reading or writing, so that some of the log had to stay; nothing is lost then, ask again later.
        On PostgreSQL True: its server does that by itself.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _, _ = cursor.fetchone()
    return not busy


def integrity_check(path: Path, key: bytes) -> tuple[str, ...]:
    """Read a whole store and return what is wrong with it, in SQLite's words; nothing if all is well.

    Looks at the seal of every page, the structure of every table and index, and every reference between rows. The words name
    pages, tables and row numbers, never what is in them.

    Raises
    ------
    WrongSecretError
        If the key does not open the file, which is also so when its first page was changed.
    FileNotFoundError
        If there is no such file.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    found: list[str] = []
    try:
        with closing(open_store(path, key, isolation_level=None)) as opened:
            for look in (_broken_pages, _broken_structure, _broken_references):
                found += look(opened)
    except DatabaseError as error:  # a page whose seal is broken is not read at all
        found.append(str(error))
    return tuple(found[:FEW])


def _broken_pages(opened: Any) -> list[str]:
    return [str(row[0]) for row in opened.execute("PRAGMA cipher_integrity_check")]


def _broken_structure(opened: Any) -> list[str]:
    return [str(row[0]) for row in opened.execute(f"PRAGMA integrity_check({FEW})") if row[0] != "ok"]


def _broken_references(opened: Any) -> list[str]:
    found = opened.execute("PRAGMA foreign_key_check").fetchall()
    return [f"row {row} of {table} refers to a row of {other} that is not there" for table, row, other, _ in found]
