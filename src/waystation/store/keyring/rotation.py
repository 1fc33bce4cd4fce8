"""Make a tier's next key, and seal again with it all that the old one sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from waystation.store import models
from waystation.store.fields import SealedField
from waystation.store.files import rewrapped
from waystation.store.keyring.keys import OpenKey
from waystation.store.keyring.places import Place
from waystation.store.keyring.sealing import opened_plain, sealed_value
from waystation.store.models import SealedFile, SealedModel
from waystation.vault import TamperedError


@dataclass(frozen=True)
class Taken:
    """What became of a key that was taken. What was already read cannot be recalled.

    Attributes
    ----------
    held
        Whether the person held the key; None if that could not be told, because the taker does not hold it.
    renewed
        Whether a new key stands already; otherwise the next person who holds the tier makes it.
    version
        The tier's newest version.
    fields, files
        How many values and file keys were sealed again.
    damaged
        How many did not open with the old key and were left as they were.
    strangers
        How many grants were nobody's whose card is known, and were not renewed.
    """

    record_id: UUID
    tier: str
    person_id: UUID
    held: bool | None
    renewed: bool
    version: int
    fields: int = 0
    files: int = 0
    damaged: int = 0
    strangers: int = 0


@dataclass
class Resealed:
    """How much was sealed again."""

    fields: int = 0
    files: int = 0
    damaged: int = 0


def seal_again(place: Place, new: OpenKey, older: Mapping[int, bytes]) -> Resealed:
    """Seal with the new key every field and file key of a tier of a record. The record's row is locked.

    ``older`` holds the keys before it by version. A value that does not open is left as it is: it is no worse than before, and
    damage must not keep a key from being taken.
    """
    done = Resealed()
    for model in models.sealed_models():
        fields = [field for field in model.sealed_fields().values() if field.tier == place.tier]
        if fields:
            _seal_rows_again(model, fields, place, new, older, done)
    for file in SealedFile.objects.filter(record_id=place.record_id, tier=place.tier):
        try:
            rewrapped(file, _key(older, file.key_version), new.version, new.key).save(force_update=True)
        except TamperedError:
            done.damaged += 1
        else:
            done.files += 1
    return done


def _seal_rows_again(
    model: type[SealedModel],
    fields: list[SealedField],
    place: Place,
    new: OpenKey,
    older: Mapping[int, bytes],
    done: Resealed,
) -> None:
    names = [field.name for field in fields]
    changed = []
    for row in model._base_manager.filter(record_id=place.record_id).only("id", "record", *names):
        for field in fields:
            value = getattr(row, field.name)
            if value is None:
                continue
            try:
                plain = opened_plain(row, field, value, _key(older, value.version))
            except TamperedError:
                done.damaged += 1
                continue
            setattr(row, field.name, sealed_value(row, field, new.version, new.key, plain))
            done.fields += 1
        changed.append(row)
    _write(model, fields, changed)


def _write(model: type[SealedModel], fields: list[SealedField], rows: list[SealedModel]) -> None:
    """Write the sealed columns of rows with one statement told many times: ten times faster than an update for each."""
    columns = ", ".join(f"{_quoted(str(field.column))} = %s" for field in fields)
    key = model._meta.get_field("id")
    values = [
        [
            *(field.get_db_prep_value(getattr(row, field.name), connection) for field in fields),
            key.get_db_prep_value(row.pk, connection),
        ]
        for row in rows
    ]
    if values:
        statement = f"UPDATE {_quoted(model._meta.db_table)} SET {columns} WHERE id = %s"  # noqa: S608 - the schema's own names
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _key(older: Mapping[int, bytes], version: int) -> bytes:
    if version not in older:
        raise TamperedError("this was sealed with a key that nobody made")
    return older[version]
