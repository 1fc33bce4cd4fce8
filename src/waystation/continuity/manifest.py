import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from waystation.continuity.errors import NotWholeError
from waystation.vault import OfficeKeys, TamperedError, verify

VERSION = 1
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
LARGEST = 16 << 20
"""Bytes of a manifest at most: a hundred thousand files fit."""

_SAID = b"waystation manifest\0"


@dataclass(frozen=True)
class Content:
    """A member as the manifest names it: bytes, and BLAKE2b-256 in hex."""

    size: int
    digest: str


@dataclass(frozen=True)
class Table:
    """A table as the manifest names it: how many rows, and the digest of all of them in the order of their keys, in hex."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What a backup or bundle says about itself, under the office's signature.

    Parameters
    ----------
    form
        Which kind of file it is.
    organisation
        The root's signing key, in hex: it tells one organisation from another.
    sequence
        Counts up by one.
    made_at
        UTC.
    checkpoint
        The end of the audit log at that moment, signed.
    schema
        The migrations that the store had, ``app.name``.
    tables, members
        By name. Members leave out the manifest and its signature.
    more
        What only this form has.
    """

    form: str
    organisation: str
    sequence: int
    made_at: datetime
    checkpoint: Mapping[str, Any]
    schema: tuple[str, ...]
    tables: Mapping[str, Table]
    members: Mapping[str, Content]
    more: Mapping[str, Any]
    version: int = VERSION

    def to_bytes(self) -> bytes:
        """Write it: JSON, keys in order, the same bytes for the same content."""
        content = {**asdict(self), "made_at": self.made_at.isoformat(), "schema": list(self.schema)}
        return json.dumps(content, ensure_ascii=True, sort_keys=True, indent=1).encode()


def sign_manifest(content: bytes, office: OfficeKeys) -> bytes:
    """Return the office's signature over a manifest, 64 bytes."""
    return office.sign(_SAID + content)


def read_manifest(content: bytes, signature: bytes, sign_public: bytes, form: str) -> Manifest:
    """Check the signature first, then read.

    Raises
    ------
    NotWholeError
        ``stranger`` for another's signature, ``wrong_kind`` for another form or version.
    """
    try:
        verify(sign_public, _SAID + content, signature)
    except TamperedError:
        raise NotWholeError(
            "stranger", "its list of contents is not signed by the office it should come from"
        ) from None
    try:
        return _read(json.loads(content), form)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise NotWholeError("wrong_kind", f"this is no {form} that this version of the program can read") from None


def _read(raw: dict[str, Any], form: str) -> Manifest:
    manifest = Manifest(
        form=raw["form"],
        organisation=raw["organisation"],
        sequence=int(raw["sequence"]),
        made_at=datetime.fromisoformat(raw["made_at"]),
        checkpoint=dict(raw["checkpoint"]),
        schema=tuple(raw["schema"]),
        tables={name: Table(**table) for name, table in raw["tables"].items()},
        members={name: Content(**member) for name, member in raw["members"].items()},
        more=dict(raw["more"]),
        version=int(raw["version"]),
    )
    if (manifest.form, manifest.version) != (form, VERSION) or manifest.made_at.tzinfo is None:
        raise ValueError
    return manifest
