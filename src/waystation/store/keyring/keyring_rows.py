"""Which tables hold the keys, and their rows for a backup of their own, which lives shortly."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, models, transaction

from waystation.store.models import Grant, Record, TierKey, Withdrawal
from waystation.vault import TamperedError

_MODELS: Final[tuple[type[models.Model], ...]] = (TierKey, Grant, Withdrawal)
KEYRING_TABLES: Final[tuple[str, ...]] = tuple(model._meta.db_table for model in _MODELS)
"""A backup of the store leaves these tables empty: destroying keys then kills it too. Each has a column ``record_id``."""


def export_grants() -> Iterator[dict[str, Any]]:
    """Yield every row of the key tables, ready for JSON: bytes and ids in hex, times in ISO 8601."""
    for model in _MODELS:
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.order_by("pk").values_list(*names):
            values = {name: _to_json(value) for name, value in zip(names, row, strict=True)}
            yield {"table": model._meta.db_table} | values


@transaction.atomic
def import_grants(rows: Iterable[dict[str, Any]]) -> int:
    """Replace the key tables by these rows; rows of records that the store does not have are left out. Return how many stand.

    Raises
    ------
    TamperedError
        If a row is not as `export_grants` makes them. Nothing is changed.
    """
    by_table = {model._meta.db_table: model for model in _MODELS}
    known = set(Record.objects.values_list("pk", flat=True))
    for model in reversed(_MODELS):
        model._base_manager.all().delete()
    kept = 0
    for row in rows:
        try:
            model = by_table[row["table"]]
            made = model(**{each.attname: _from_json(each, row[each.attname]) for each in model._meta.concrete_fields})
            if made.record_id in known:  # type: ignore[attr-defined] # each of these tables has a record
                made.save(force_insert=True)
                kept += 1
        except (AttributeError, KeyError, TypeError, ValueError, DatabaseError):
            raise TamperedError("this is no backup of keys, or it was changed") from None
    return kept


def _to_json(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, datetime) else value


def _from_json(field: models.Field, value: Any) -> Any:  # type: ignore[type-arg] # any column
    if value is None:
        return None
    column = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(column, models.BinaryField):
        return bytes.fromhex(value)
    if isinstance(column, models.UUIDField):
        return UUID(hex=value)
    if isinstance(column, models.DateTimeField):
        return datetime.fromisoformat(value)
    return value
