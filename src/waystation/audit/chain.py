"""What an entry's digest and signature stand for. Nothing secret goes in, so that everybody can check it."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

START = bytes(32)
"""What the first entry follows."""

_ENTRY = b"waystation log entry 1"
_CHECKPOINT = b"waystation log checkpoint 1"
_BOX = b"waystation log box 1"


def entry_digest(*, seq: int, at: datetime, kind: str, signer: UUID, payload: bytes, previous: bytes) -> bytes:
    """Return the digest of an entry, 32 bytes: over every column but the signature, each with its length before it."""
    parts = (_number(seq), _time(at), kind.encode(), signer.bytes, payload, previous)
    return sha256(_joined(_ENTRY, *parts)).digest()


def entry_message(digest: bytes) -> bytes:
    """Return what the signer of an entry signs."""
    return _joined(_ENTRY, digest)


def checkpoint_message(*, seq: int, digest: bytes, at: datetime) -> bytes:
    """Return what the maker of a checkpoint signs: that the log had ``digest`` at ``seq``."""
    return _joined(_CHECKPOINT, _number(seq), digest, _time(at))


def box_message(*, number: int, box_public: bytes) -> bytes:
    """Return what the maker of a log box signs, so that nobody can slip in a key of their own."""
    return _joined(_BOX, _number(number), box_public)


def _number(number: int) -> bytes:
    return number.to_bytes(8, "big")


def _time(at: datetime) -> bytes:
    if at.tzinfo is None:
        raise ValueError("a time in the log needs a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").encode()


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)
