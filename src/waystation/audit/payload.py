"""The sealed part of an entry: what it was about. Codes and counts only, padded so that its length tells little."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from waystation.audit.errors import TellingDetailError
from waystation.store.tiers import Tier
from waystation.vault import TamperedError

Detail = str | int | Sequence[str] | Sequence[int]
"""A code, an id, the name of a field, a time, a count, or a list of these."""

PADDED_TO = 256
_CODE = re.compile(r"[A-Za-z0-9_.:+/-]{0,120}")


@dataclass(frozen=True)
class Payload:
    """What an entry was about."""

    record_id: UUID | None = None
    tier: Tier | None = None
    details: Mapping[str, Detail] = field(default_factory=dict)


def to_bytes(payload: Payload) -> bytes:
    """Write a payload, padded with spaces to a multiple of 256 bytes.

    Raises
    ------
    TellingDetailError
        If a detail is no count and no code of at most 120 letters, digits or ``_ . : + / -``. The message repeats no value.
    """
    for name, value in payload.details.items():
        _demand_code(name, value)
    content = {
        "record": str(payload.record_id) if payload.record_id else None,
        "tier": payload.tier.value if payload.tier else None,
        "details": {
            name: value if isinstance(value, str | int) else list(value) for name, value in payload.details.items()
        },
    }
    plain = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    return plain.ljust(-(-len(plain) // PADDED_TO) * PADDED_TO)


def from_bytes(plain: bytes) -> Payload:
    """Read a payload.

    Raises
    ------
    TamperedError
        If it is none.
    """
    try:
        content = json.loads(plain)
        record = UUID(content["record"]) if content["record"] else None
        tier = Tier(content["tier"]) if content["tier"] else None
        return Payload(record, tier, dict(content["details"]))
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        raise TamperedError("an entry's payload is not laid out as it must be") from None


def _demand_code(name: str, value: Detail) -> None:
    values: list[str | int] = [value] if isinstance(value, str | int) else list(value)
    if not _CODE.fullmatch(name) or not all(isinstance(each, int) or _CODE.fullmatch(each) for each in values):
        raise TellingDetailError(f"the detail {name!r} holds more than codes and counts")
