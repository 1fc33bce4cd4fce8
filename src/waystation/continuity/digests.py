"""Digests of tables: the same rows give the same digest, wherever they lie."""

from collections.abc import Collection, Iterable
from contextlib import closing
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import Any

from waystation.continuity.manifest import Table
from waystation.store.sqlcipher.connect import open_store
from waystation.store.touched import TABLE as TOUCHED

OWN = ("sqlite_", TOUCHED)
"""Tables whose names begin so belong to the database itself: what they hold is no part of what is kept."""


def tables_of(path: Path, key: bytes, *, only: Collection[str] | None = None) -> dict[str, Table]:
    """Count and digest the tables of the store at ``path``, all of them or ``only`` some."""
    with closing(open_store(path, key, isolation_level=None)) as opened:
        return tables_in(opened, only=only)


def tables_in(opened: Any, *, only: Collection[str] | None = None) -> dict[str, Table]:
    """Do the same on an open connection, in whatever transaction it is in."""
    names = [str(row[0]) for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    wanted = (name for name in names if not name.startswith(OWN) and (only is None or name in only))
    return {name: _table(opened, name) for name in wanted}


def _table(opened: Any, name: str) -> Table:
    described = opened.execute(f'PRAGMA table_info("{name}")').fetchall()
    columns = sorted(str(row[1]) for row in described)
    keys = [str(row[1]) for row in sorted(described, key=lambda row: row[5]) if row[5]] or ["rowid"]
    listed, order = (", ".join(f'"{column}"' for column in some) for some in (columns, keys))
    return digest_rows(columns, opened.execute(f'SELECT {listed} FROM "{name}" ORDER BY {order}'))  # noqa: S608 - names are the schema's own


def digest_rows(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Table:
    """Digest rows whose values stand in the order of ``columns``."""
    digest = blake2b(repr(tuple(columns)).encode(), digest_size=32)
    count = 0
    for row in rows:
        # A row's repr tells every value and its kind, and no two rows have the same.
        digest.update(repr(tuple(map(_plain, row))).encode())
        count += 1
    return Table(count, digest.hexdigest())


def _plain(value: Any) -> Any:
    """Return a value as SQLite gives it back."""
    if isinstance(value, memoryview | bytearray):
        return bytes(value)
    if isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, Decimal) else value
