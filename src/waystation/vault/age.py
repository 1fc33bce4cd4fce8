"""Keys as the age tool writes them: bech32 text around X25519 keys."""

from bech32 import bech32_decode, bech32_encode, convertbits
from nacl.bindings import crypto_scalarmult, crypto_scalarmult_base
from nacl.exceptions import CryptoError

from waystation.kernel import BadInputError
from waystation.vault.cipher import KEY_BYTES, checked_key

_ANY_SCALAR = b"\x01" * KEY_BYTES


def secret_text(secret: bytes) -> str:
    """Write a 32-byte X25519 secret as age does: ``AGE-SECRET-KEY-1...``."""
    return _written("age-secret-key-", checked_key(secret)).upper()


def recipient_of(secret: bytes) -> str:
    """Return the recipient (``age1...``, 62 characters) that parcels for this X25519 secret are made out to."""
    return _written("age", bytes(crypto_scalarmult_base(checked_key(secret))))


def checked_recipient(text: str) -> str:
    """Return the text if it is a recipient of age's X25519 kind that can be used, otherwise raise BadInputError."""
    kind, digits = bech32_decode(text) if len(text) < 100 else (None, None)
    key = convertbits(digits, 5, 8, False) if digits else None
    if kind != "age" or key is None or len(key) != KEY_BYTES or text != text.lower():
        raise BadInputError("a recipient begins with age1 and has 62 characters")
    try:
        crypto_scalarmult(_ANY_SCALAR, bytes(key))
    except (CryptoError, RuntimeError):
        raise BadInputError(
            "this recipient is a point of low order: what is sealed to it, anybody could open"
        ) from None
    return text


def _written(kind: str, key: bytes) -> str:
    text: str = bech32_encode(kind, convertbits(key, 8, 5) or [])
    return text
