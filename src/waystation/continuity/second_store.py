"""A second store beside the live one: let it stand in for a while, or carry rows over."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.utils import ConnectionHandler

LIVE = "default"
OTHER = "other"
_AT_ONCE = 500


@contextmanager
def standing_in(path: Path) -> Iterator[None]:
    """Until the end, and in this thread alone, Django's one database is the SQLCipher store at ``path``, under the held key.

    What was open stays open and can be used under the name `OTHER` meanwhile.
    """
    settings = {"ENGINE": "waystation.store.sqlcipher", "NAME": str(path)}
    wrapper = ConnectionHandler({LIVE: settings}).create_connection(LIVE)
    live, outer = connections[LIVE], getattr(connections._connections, OTHER, None)  # type: ignore[attr-defined] # its own store
    connections[LIVE] = wrapper
    connections[OTHER] = live
    try:
        yield
    finally:
        wrapper.close()
        connections[LIVE] = live
        if outer is None:
            del connections[OTHER]
        else:
            connections[OTHER] = outer


def stored_models() -> list[type[models.Model]]:
    """Return every model that has a table, in the order of the tables' names."""
    found = (
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    )
    return sorted(found, key=lambda model: model._meta.db_table)


def carry_rows(source: str, target: str) -> None:
    """Copy every row of every table from one connection to the other, which has the same tables, all empty.

    The sealed columns are carried as they are; nothing is opened. One transaction: all or nothing.
    """
    with transaction.atomic(using=target):
        for model in stored_models():
            for rows in _in_parts(model, source):
                model._base_manager.using(target).bulk_create(rows)
        _count_on(target)


def _in_parts(model: type[models.Model], source: str) -> Iterator[list[models.Model]]:
    part: list[models.Model] = []
    for row in model._base_manager.using(source).order_by("pk").iterator(chunk_size=_AT_ONCE):
        part.append(row)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _count_on(target: str) -> None:
    """Let the database's own counters go on behind the rows that were carried over (PostgreSQL needs to be told)."""
    connection = connections[target]
    statements = connection.ops.sequence_reset_sql(no_style(), stored_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def rows_as_stored(model: type[models.Model], source: str, target: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of ``source`` as ``target``'s database would keep them, in the order of their keys."""
    fields = model._meta.concrete_fields
    connection = connections[target]
    for row in model._base_manager.using(source).order_by("pk").iterator(chunk_size=_AT_ONCE):
        yield tuple(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields)
