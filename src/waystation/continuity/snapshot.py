"""The whole store at one moment, as two files: the records without their keys, and the keys."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from sqlcipher3 import dbapi2 as sqlcipher

from waystation.audit.verify import Checkpoint, checkpoint
from waystation.continuity.digests import digest_rows, tables_in, tables_of
from waystation.continuity.here import Here
from waystation.continuity.keyring_tables import keyring_tables
from waystation.continuity.manifest import Table
from waystation.continuity.second_store import LIVE, OTHER, carry_rows, rows_as_stored, standing_in, stored_models
from waystation.continuity.steps import Steps
from waystation.store.models import SealedFile
from waystation.store.sqlcipher.connect import open_store
from waystation.store.sqlcipher.copy import copy_file
from waystation.store.sqlcipher.key import held_key

TRIES, PAUSE = 30_000, 0.002
"""SQLite's own waiting sleeps up to a tenth of a second at a time: among busy writers it can miss every gap for a minute."""


@dataclass(frozen=True)
class Snapshot:
    """The store at one moment.

    Parameters
    ----------
    store, keyring
        SQLCipher files under the store's key: the records with empty key tables, and the key tables alone.
    tables
        Every table as it stood in the live store, digested there and not in the copy.
    checkpoint
        The end of the log at that moment, signed.
    schema
        Applied migrations, ``app.name``.
    files
        Ids of the sealed files that the records name, in hex.
    """

    store: Path
    keyring: Path
    tables: Mapping[str, Table]
    checkpoint: Checkpoint
    schema: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def record_tables(self) -> dict[str, Table]:
        """The tables that go with the records; those of the keys are counted as what they are there: empty."""
        return {name: table for name, table in self.tables.items() if name not in keyring_tables()}

    @property
    def key_tables(self) -> dict[str, Table]:
        """The tables that go with the keys."""
        return {name: table for name, table in self.tables.items() if name in keyring_tables()}


def take_snapshot(here: Here, folder: Path, *, at: datetime, steps: Steps) -> Snapshot:
    """Write the store as it is now into two files in ``folder``; whoever writes meanwhile waits for the copy, not for the rest.

    Nothing in the clear reaches the disk: every file is encrypted as the live store is.

    Raises
    ------
    OSError
        If the disk is full or cannot be written.
    """
    try:
        return _taken(here, folder, at, steps)
    except sqlcipher.DatabaseError as error:
        raise OSError(f"the copy of the store could not be written: {error}") from error


def _taken(here: Here, folder: Path, at: datetime, steps: Steps) -> Snapshot:
    whole, store, keyring = folder / "whole.db", folder / "store.db", folder / "keyring.db"
    if connection.vendor == "sqlite":
        tables, point = _copied(here, whole, at, steps)
    else:
        tables, point = _carried(here, whole, at, steps)
    steps("part", 1, 3)
    _write_keyring(whole, keyring)
    steps("part", 2, 3)
    schema, files = _write_records(whole, store)
    return Snapshot(store, keyring, tables, point, schema, files)


def _copied(here: Here, whole: Path, at: datetime, steps: Steps) -> tuple[dict[str, Table], Checkpoint]:
    """Copy the live file. One connection keeps writers out until the copy is made, another goes on seeing that moment."""
    live = connection.settings_dict["NAME"]
    with closing(open_store(live, held_key(), uri=True, isolation_level=None)) as reader:
        with _writers_kept_out(live):
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
            steps("copy", 0, 3)
            copy_file(live, whole, held_key())
            point = checkpoint(here.keyring, at)
        steps("compare", 0, 3)
        return tables_in(reader), point


@contextmanager
def _writers_kept_out(live: str) -> Iterator[None]:
    with closing(open_store(live, held_key(), uri=True, isolation_level=None)) as lock:
        lock.execute("PRAGMA busy_timeout = 0")
        for tries_left in reversed(range(TRIES)):
            try:
                lock.execute("BEGIN IMMEDIATE")
                break
            except lock.OperationalError:
                if not tries_left:
                    raise
                sleep(PAUSE)
        yield
        lock.execute("ROLLBACK")


def _carried(here: Here, whole: Path, at: datetime, steps: Steps) -> tuple[dict[str, Table], Checkpoint]:
    """Carry the rows of a PostgreSQL server into a file of ours, all from one snapshot of the server's."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        point = checkpoint(here.keyring, at)
        with standing_in(whole):
            steps("copy", 0, 3)
            call_command("migrate", verbosity=0, interactive=False)
            carry_rows(OTHER, LIVE)
            steps("compare", 0, 3)
            tables = {model._meta.db_table: _as_stored(model) for model in stored_models()}
            connections[LIVE].close()
    # The list of migrations is this file's own: the server has been brought as far, but says when that was.
    tables |= tables_of(whole, held_key(), only=set(tables_of(whole, held_key())) - set(tables))
    return tables, point


def _as_stored(model: Any) -> Table:
    """Digest a table of the server as our file would keep it, its columns in the order of their names."""
    names = [field.column for field in model._meta.concrete_fields]
    order = sorted(range(len(names)), key=names.__getitem__)
    rows = ([row[place] for place in order] for row in rows_as_stored(model, OTHER, LIVE))
    return digest_rows(sorted(names), rows)


def _write_keyring(whole: Path, keyring: Path) -> None:
    with closing(open_store(keyring, held_key(), isolation_level=None)) as opened:
        opened.execute("ATTACH DATABASE ? AS whole KEY ?", (str(whole), f"x'{held_key().hex()}'"))
        for name in sorted(keyring_tables()):
            opened.execute(f'CREATE TABLE main."{name}" AS SELECT * FROM whole."{name}"')  # noqa: S608 - the schema's own name
        opened.execute("DETACH DATABASE whole")


def _write_records(whole: Path, store: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take the keys out, then copy once more, so that not even a freed page holds one."""
    with closing(open_store(whole, held_key(), isolation_level=None)) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        for name in sorted(keyring_tables()):
            opened.execute(f'DELETE FROM "{name}"')  # noqa: S608 - the schema's own name
        applied = opened.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
        kept = opened.execute(f'SELECT id FROM "{SealedFile._meta.db_table}" ORDER BY 1').fetchall()  # noqa: S608 - likewise
    copy_file(whole, store, held_key())
    whole.unlink()
    return tuple(str(row[0]) for row in applied), tuple(str(row[0]).replace("-", "") for row in kept)
