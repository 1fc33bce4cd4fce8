"""Open what a bundle carries, with the receiving office's key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from waystation.continuity.bundle_format import (
    CarriedFile,
    CarriedRecord,
    CarriedRow,
    binding,
    file_binding,
)
from waystation.continuity.chunk_source import ChunkSource
from waystation.continuity.errors import NotWholeError
from waystation.continuity.plain_fields import from_json
from waystation.kernel import BadInputError
from waystation.store.files import keep_file
from waystation.store.keyring import Keyring
from waystation.store.models import Record, SealedModel
from waystation.store.tiers import Tier
from waystation.vault import (
    NoKeyError,
    OfficeKeys,
    TamperedError,
    open_box,
    open_sealed,
    open_stream,
)


@dataclass(frozen=True)
class OpenedRow:
    """A row that was opened; ``values`` are plaintext: they are sealed again at once, and never shown."""

    model: type[SealedModel]
    id: UUID
    plain: Mapping[str, Any]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class OpenedFile:
    """A file whose name and key were opened; its content still lies sealed in a working folder."""

    id: UUID
    tier: Tier
    name: str
    key: bytes


@dataclass(frozen=True)
class OpenedRecord:
    """A record that was opened, and the tiers of which it has anything."""

    id: UUID
    tiers: frozenset[Tier]
    rows: tuple[OpenedRow, ...]
    files: tuple[OpenedFile, ...]

    def __repr__(self) -> str:
        return f"<OpenedRecord {self.id}>"


def open_record(record: CarriedRecord, office: OfficeKeys) -> OpenedRecord:
    """Open all of a record.

    Raises
    ------
    NotWholeError
        ``changed`` if a value does not open under its key where it stands, ``wrong_kind`` if it breaks its column's rule.
    """
    try:
        keys = {tier: open_box(office.box_secret, sealed) for tier, sealed in record.keys.items()}
        rows = tuple(_row(row, keys) for row in record.rows)
        files = tuple(_file(file, keys) for file in record.files)
    except (NoKeyError, TamperedError, KeyError, ValueError, TypeError):
        raise NotWholeError("changed", "a value inside does not open under its own key") from None
    return OpenedRecord(record.id, frozenset(record.keys), rows, files)


def _row(row: CarriedRow, keys: Mapping[Tier, bytes]) -> OpenedRow:
    columns = row.model.sealed_fields()
    values = {}
    for name, sealed in row.sealed.items():
        column = columns[name]
        value = column.decode(open_sealed(keys[column.tier], sealed, binding(row, column)))
        try:
            column.encode(value)
        except BadInputError:
            raise NotWholeError("wrong_kind", "a value inside breaks the rule of its column") from None
        values[name] = value
    return OpenedRow(row.model, row.id, from_json(row.model, dict(row.plain)), values)


def _file(file: CarriedFile, keys: Mapping[Tier, bytes]) -> OpenedFile:
    name = open_sealed(keys[file.tier], file.name, file_binding(file.id, "name")).decode()
    return OpenedFile(file.id, file.tier, name, open_sealed(keys[file.tier], file.key, file_binding(file.id, "key")))


def take_file(keyring: Keyring, record: Record, file: OpenedFile, work: Path, at: datetime) -> UUID:
    """Seal a file into its new record, chunk by chunk, and return its new id."""
    try:
        with (work / file.id.hex).open("rb") as sealed:
            chunks = open_stream(file.key, sealed, file_binding(file.id, "content"))
            source: BinaryIO = ChunkSource(chunks)  # type: ignore[assignment] # a raw stream that is only read
            return keep_file(keyring, record, file.tier, source, file.name, at=at).pk
    except (TamperedError, BadInputError):
        raise NotWholeError("changed", "a file inside does not open under its own key") from None
