"""Sealing one value: XChaCha20-Poly1305, padded, bound to the place where it stands."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError

from waystation.kernel import BadInputError
from waystation.vault.errors import TamperedError, TooLargeError

KEY_BYTES: Final = 32
BLOCK: Final = 64
"""A sealed value tells its length only up to this many bytes."""
LARGEST_VALUE: Final = 16 * 1024 * 1024
"""The largest plain value of one field, bytes; what is larger is a file and goes through ``seal_stream``."""

_VERSION = b"\x01"
_NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_OVERHEAD = len(_VERSION) + _NONCE_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES


@dataclass(frozen=True)
class Binding:
    """The place a sealed value belongs to. Moved anywhere else it does not open.

    Parameters
    ----------
    table, field
        Names, 1 to 255 bytes of UTF-8.
    row
        Id of the row.
    version
        Version of the key it is sealed with, 0 to 2**32 - 1.
    """

    table: str
    row: UUID
    field: str
    version: int

    def __post_init__(self) -> None:
        if not 0 <= self.version < 2**32:
            raise BadInputError("a key version is a number from 0 to 4294967295")
        if not all(0 < len(name.encode()) < 256 for name in (self.table, self.field)):
            raise BadInputError("the names of a table and a field have 1 to 255 bytes")

    def encoded(self, purpose: bytes) -> bytes:
        """Write the place as bytes; no two places or purposes share an encoding (every part has its length before it)."""
        parts = (purpose, self.table.encode(), self.row.bytes, self.field.encode(), self.version.to_bytes(4, "big"))
        return _joined(parts)


def new_key() -> bytes:
    """Return 32 random bytes from the operating system."""
    return secrets.token_bytes(KEY_BYTES)


def derived_key(key: bytes, purpose: bytes) -> bytes:
    """Derive the 32-byte key for one purpose (at most 16 bytes) from a key: no two uses of a key ever meet."""
    return hashlib.blake2b(b"", digest_size=32, key=checked_key(key), person=purpose).digest()


def keyed_digest(key: bytes, *parts: bytes) -> bytes:
    """Digest parts under a 32-byte key (BLAKE2b, 32 bytes).

    The division into parts counts: ``(b"ab", b"c")`` and ``(b"a", b"bc")`` differ. Without the key it is random to anyone.
    """
    return hashlib.blake2b(_joined(parts), digest_size=32, key=checked_key(key), person=b"waystation.digst").digest()


def commitment(key: bytes) -> bytes:
    """Return 32 bytes that only this key gives and that tell nothing about it: so whoever opens a key sees it is the one."""
    return derived_key(key, b"waystation.commt")


def seal(key: bytes, plain: bytes, bound_to: Binding) -> bytes:
    """Seal a value with a 32-byte key, bound to its place.

    Returns
    -------
    bytes
        ``version 1 | nonce 24 | ciphertext | tag 16``: 41 bytes more than ``plain`` rounded up to the next multiple of 64.

    Raises
    ------
    TooLargeError
        If ``plain`` is over 16 MiB.
    """
    if len(plain) > LARGEST_VALUE:
        raise TooLargeError("a value may have 16 MiB at most; keep it as a file")
    nonce = secrets.token_bytes(_NONCE_BYTES)
    # The nonce is random, 192 bits long, so that it never repeats under one key without anybody counting.
    return (
        _VERSION
        + nonce
        + crypto_aead_xchacha20poly1305_ietf_encrypt(padded(plain), _place(bound_to), nonce, _field_key(key))
    )


def open_sealed(key: bytes, sealed: bytes | memoryview, bound_to: Binding) -> bytes:
    """Open what ``seal`` made.

    Raises
    ------
    TamperedError
        If a bit was changed, the value stood elsewhere, was sealed with another key, or never was a sealed value.
    """
    sealed = bytes(sealed)  # PostgreSQL's driver gives a memoryview
    if len(sealed) > LARGEST_VALUE + BLOCK + _OVERHEAD:
        raise TamperedError("longer than a sealed value can be")
    if len(sealed) < _OVERHEAD + BLOCK or sealed[:1] != _VERSION:
        raise TamperedError("this is not a sealed value")
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        plain = crypto_aead_xchacha20poly1305_ietf_decrypt(body, _place(bound_to), nonce, _field_key(key))
    except CryptoError:
        raise TamperedError("a sealed value was changed, moved, or sealed with another key") from None
    return unpadded(plain)


def padded(plain: bytes) -> bytes:
    """Append 0x80 and zeros up to the next multiple of 64 bytes (ISO/IEC 7816-4); always at least one byte."""
    return plain + b"\x80" + bytes(-(len(plain) + 1) % BLOCK)


def unpadded(plain: bytes) -> bytes:
    """Take off what ``padded`` appended. Call it on authenticated bytes only, so that it is no oracle."""
    bare = plain.rstrip(b"\x00")
    if len(plain) % BLOCK or not bare.endswith(b"\x80") or len(plain) - len(bare) >= BLOCK:
        raise TamperedError("a sealed value is not padded as it must be")
    return bare[:-1]


def checked_key(key: bytes) -> bytes:
    """Return the key if it has 32 bytes; anything else was not made by ``new_key`` and raises TamperedError."""
    if len(key) != KEY_BYTES:
        raise TamperedError("this is not a key: it has not 32 bytes")
    return key


def _field_key(key: bytes) -> bytes:
    return derived_key(key, b"waystation.field")


def _place(bound_to: Binding) -> bytes:
    return bound_to.encoded(b"waystation field 1")


def _joined(parts: tuple[bytes, ...]) -> bytes:
    return len(parts).to_bytes(8, "big") + b"".join(len(part).to_bytes(8, "big") + part for part in parts)
