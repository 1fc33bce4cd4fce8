"""Which records were written to since one last looked: the database itself keeps count, whoever writes and however.

A process that holds things in memory asks `touched_since` before it answers, one short query, and reads again what it names. The
count tells nothing that rows, versions and times do not tell anyway.
"""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from waystation.store.models import Grant, Record, SealedFile, TierKey, Withdrawal, sealed_models

TABLE: Final = "store_touched"
"""One row for each record: its id, and the count at its last change. It belongs to no model: no backup or copy needs it."""
_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION store_touch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    INSERT INTO store_touched (record_id, seq) VALUES ((changed ->> TG_ARGV[0])::uuid, txid_current())
    ON CONFLICT (record_id) DO UPDATE SET seq = excluded.seq;
    RETURN NULL;
END $$
"""


def keep_count(using: str = "default", **_: Any) -> None:
    """Let the database count the changes of every table that belongs to records; done after each migration."""
    connection = connections[using]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if TABLE not in present:
            kinds = ("char(32)", "integer") if connection.vendor == "sqlite" else ("uuid", "bigint")
            cursor.execute(f"CREATE TABLE {TABLE} (record_id {kinds[0]} PRIMARY KEY, seq {kinds[1]} NOT NULL)")
            cursor.execute(f"CREATE INDEX {TABLE}_seq ON {TABLE} (seq)")
            if connection.vendor != "sqlite":
                cursor.execute(_FUNCTION)
        elif connection.vendor != "sqlite":
            # Rows that came from another server's dump may be ahead of this one's count.
            cursor.execute(f"DELETE FROM {TABLE} WHERE seq > txid_current()")  # noqa: S608 - a name of ours
        for table, column, events in _watched():
            if table in present:
                _watch(connection, cursor, table, column, events)


def watch_table(model: type[models.Model], using: str = "default") -> None:
    """Let the database count the changes of one more table of rows that belong to records."""
    connection = connections[using]
    with connection.cursor() as cursor:
        _watch(connection, cursor, model._meta.db_table, "record_id", ("INSERT", "UPDATE", "DELETE"))


def position(using: str = "default") -> int:
    """Return up to where the count has come: ask it before reading, and hand it to `touched_since` afterwards."""
    with connections[using].cursor() as cursor:
        return _position(connections[using], cursor)


def touched_since(place: int, using: str = "default") -> tuple[set[UUID], int]:
    """Return the records that were written to since ``place``, and the place to ask from next time.

    On PostgreSQL some may be named twice, where transactions end in another order than they began: none is ever left out.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT record_id, seq FROM {TABLE} WHERE seq > %s", [place])  # noqa: S608 - a name of ours
            rows = cursor.fetchall()
            return {UUID(hex=row[0]) for row in rows}, max((row[1] for row in rows), default=place)
        now = _position(connection, cursor)
        cursor.execute(f"SELECT record_id FROM {TABLE} WHERE seq >= %s", [place])  # noqa: S608 - a name of ours
        return {row[0] for row in cursor.fetchall()}, now


def _position(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> int:
    if connection.vendor == "sqlite":
        cursor.execute(f"SELECT coalesce(max(seq), 0) FROM {TABLE}")  # noqa: S608 - a name of ours
    else:
        # Every transaction before this one has ended: what it wrote is seen, and what others write comes later.
        cursor.execute("SELECT txid_snapshot_xmin(txid_current_snapshot())")
    return int(cursor.fetchone()[0])


def _watched() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield every table, its column with the record's id, and what is counted there.

    Keys and grants go only where others come, or where the record is written to as well.
    """
    yield Record._meta.db_table, "id", ("INSERT", "UPDATE")
    yield TierKey._meta.db_table, "record_id", ("INSERT", "UPDATE")
    yield Grant._meta.db_table, "record_id", ("INSERT", "UPDATE")
    tables: list[type[models.Model]] = [Withdrawal, SealedFile, *sealed_models()]
    for table in tables:
        yield table._meta.db_table, "record_id", ("INSERT", "UPDATE", "DELETE")


def _watch(
    connection: BaseDatabaseWrapper, cursor: CursorWrapper, table: str, column: str, events: tuple[str, ...]
) -> None:
    if connection.vendor != "sqlite":
        # Only where it is missing: to make it anew would wait for everybody who writes.
        cursor.execute(
            "SELECT 1 FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass", [f"{table}_touches", table]
        )
        if cursor.fetchone() is not None:
            return
        cursor.execute(
            f'CREATE TRIGGER "{table}_touches" AFTER {" OR ".join(events)} ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION store_touch('{column}')"
        )
        return
    for event in events:
        row = "OLD" if event == "DELETE" else "NEW"
        cursor.execute(
            f'CREATE TRIGGER IF NOT EXISTS "{table}_{event.lower()}_touches" AFTER {event} ON "{table}" BEGIN '  # noqa: S608 - names of ours
            f"INSERT OR REPLACE INTO {TABLE} (record_id, seq) "
            f'VALUES ({row}."{column}", (SELECT coalesce(max(seq), 0) + 1 FROM {TABLE})); END'
        )
