"""What a bundle is made of, and how much of it is accepted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from waystation.continuity.archive import Limits
from waystation.continuity.errors import NotWholeError
from waystation.store.fields import SealedField
from waystation.store.models import SealedModel, sealed_models
from waystation.store.tiers import Tier
from waystation.vault import Binding

FORM = "waystation bundle"
RECORDS, FILES = "records/", "files/"
LIMITS = Limits(total=8 << 30, members=5_000, each=4 << 30)
LARGEST_RECORD = 16 << 20
MOST_ROWS = 2_000
KIND = "case"
"""The only kind of record that travels."""
VERSION = 1


@dataclass(frozen=True)
class CarriedRow:
    """One row of a record: its model, its id, its unsealed columns, and the sealed ones under the bundle's own keys."""

    model: type[SealedModel]
    id: UUID
    plain: Mapping[str, Any]
    sealed: Mapping[str, bytes]


@dataclass(frozen=True)
class CarriedFile:
    """One file of a record: its tier, and its name and key under the bundle's own key of that tier."""

    id: UUID
    tier: Tier
    name: bytes
    key: bytes


@dataclass(frozen=True)
class CarriedRecord:
    """A record as it travels: keys made for this bundle alone, one for each tier, each sealed to the receiving office's box."""

    id: UUID
    keys: Mapping[Tier, bytes]
    rows: tuple[CarriedRow, ...]
    files: tuple[CarriedFile, ...] = field(default_factory=tuple)

    def to_bytes(self) -> bytes:
        """Write it as JSON."""
        content = {
            "id": str(self.id),
            "keys": {tier.value: sealed.hex() for tier, sealed in self.keys.items()},
            "rows": [
                {
                    "model": row.model._meta.label_lower,
                    "id": str(row.id),
                    "plain": dict(row.plain),
                    "sealed": {name: value.hex() for name, value in row.sealed.items()},
                }
                for row in self.rows
            ],
            "files": [
                {"id": str(each.id), "tier": each.tier.value, "name": each.name.hex(), "key": each.key.hex()}
                for each in self.files
            ],
        }
        return json.dumps(content, sort_keys=True).encode()


def record_from_bytes(content: bytes) -> CarriedRecord:
    """Read a record.

    Raises
    ------
    NotWholeError
        If anything about it is not as `CarriedRecord.to_bytes` writes it.
    """
    try:
        raw = json.loads(content)
        models = {model._meta.label_lower: model for model in sealed_models() if model.travels}
        rows = tuple(_row(models[each["model"]], each) for each in raw["rows"])
        keys = {Tier(name): bytes.fromhex(sealed) for name, sealed in raw["keys"].items()}
        files = tuple(_file(each) for each in raw["files"])
        return CarriedRecord(UUID(raw["id"]), keys, rows, files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise NotWholeError("wrong_kind", "a record inside cannot be read by this version of the program") from None


def _row(model: type[SealedModel], raw: dict[str, Any]) -> CarriedRow:
    known = model.sealed_fields()
    if not set(raw["sealed"]) <= set(known) or not isinstance(raw["plain"], dict):
        raise ValueError
    sealed = {str(name): bytes.fromhex(value) for name, value in raw["sealed"].items()}
    return CarriedRow(model, UUID(raw["id"]), raw["plain"], sealed)


def _file(raw: dict[str, Any]) -> CarriedFile:
    return CarriedFile(UUID(raw["id"]), Tier(raw["tier"]), bytes.fromhex(raw["name"]), bytes.fromhex(raw["key"]))


def binding(row: SealedModel | CarriedRow, sealed: SealedField) -> Binding:
    """Return where a value of a bundle is bound to: it fits no other field, row or table, and no store."""
    model = row.model if isinstance(row, CarriedRow) else type(row)
    return Binding(f"bundle {model._meta.db_table}", row.id, str(sealed.name), VERSION)


def file_binding(file_id: UUID, part: str) -> Binding:
    """Return where a part of a file (its name, its key, its content) is bound to."""
    return Binding("bundle file", file_id, part, VERSION)
