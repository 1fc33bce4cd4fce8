"""The unsealed columns of a row that travels: as JSON, and back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from waystation.continuity.errors import NotWholeError
from waystation.store.models import SealedModel

_CARRIED: "dict[type[models.Field[Any, Any]], type]" = {
    models.CharField: str,
    models.IntegerField: int,
    models.BooleanField: bool,
    models.DateTimeField: str,
    models.UUIDField: str,
}
"""Kinds of column that travel, and what JSON has for them."""


def carried_fields(model: type[SealedModel]) -> "dict[str, models.Field[Any, Any]]":
    """Return the unsealed columns that travel. Ids of the row and its record do so anyway; references to other rows stay."""
    return {
        field.name: field
        for field in model._meta.concrete_fields
        if _json_type(field) is not None and not field.primary_key
    }


def to_json(row: SealedModel) -> dict[str, Any]:
    """Return the unsealed columns of a row."""
    return {name: _plain(getattr(row, name)) for name in carried_fields(type(row))}


def from_json(model: type[SealedModel], given: dict[str, Any]) -> dict[str, Any]:
    """Return the values of unsealed columns, checked as a form would check them.

    Raises
    ------
    NotWholeError
        If a column is unknown here, missing, or its value is not one that fits.
    """
    fields = carried_fields(model)
    if set(given) != set(fields):
        raise NotWholeError("wrong_kind", "a row inside has other columns than this version of the program")
    if not all(given[name] is None or type(given[name]) is _json_type(field) for name, field in fields.items()):
        raise NotWholeError("wrong_kind", "a value inside is of another kind than its column")
    try:
        values = {name: field.to_python(given[name]) for name, field in fields.items()}
        for name, field in fields.items():
            if values[name] is not None or not field.null:
                field.run_validators(values[name])
                field.validate(values[name], None)
    except (ValidationError, TypeError, ValueError, OverflowError):
        raise NotWholeError("wrong_kind", "a value inside is not one that its column takes") from None
    if any(isinstance(value, datetime) and value.tzinfo is None for value in values.values()):
        raise NotWholeError("wrong_kind", "a time inside has no time zone")
    return values


def _json_type(field: "models.Field[Any, Any]") -> type | None:
    return next((kind for column, kind in _CARRIED.items() if isinstance(field, column)), None)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
