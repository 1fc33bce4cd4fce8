"""Handing keys from person to person: the receiver finds them among millions, and nobody else can tell whose they are."""

import hashlib
import secrets
from typing import Final

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    crypto_box_beforenm,
)
from nacl.exceptions import CryptoError

from waystation.vault.cipher import KEY_BYTES, checked_key, derived_key
from waystation.vault.errors import NoKeyError, TamperedError
from waystation.vault.identity import Identity

HINT_BYTES: Final = 32
HANDED: Final = b"\x02"
"""What a handed key begins with; a sealed box (``seal_to``) begins otherwise."""
_NONCE_BYTES: Final = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_OVERHEAD: Final = len(HANDED) + _NONCE_BYTES + 16


class Handing:
    """One direction between two people, as either of them computes it: X25519 of their static keys, then a key for each use.

    Whoever opens what was handed knows that one of the two made it. Neither a third person nor a server can compute a hint, tell
    two hints of one pair from random bytes, or open anything.
    """

    def __init__(self, shared: bytes, giver_public: bytes, receiver_public: bytes) -> None:
        """Take what X25519 gave (32 bytes); `giving_to` and `given_by` are the ways to make one."""
        bound = hashlib.blake2b(giver_public + receiver_public, digest_size=KEY_BYTES, key=shared)
        root = bound.digest()
        self._key = derived_key(root, b"waystation.given")
        self._hints = hashlib.blake2b(digest_size=HINT_BYTES, key=derived_key(root, b"waystation.hints"))

    def __repr__(self) -> str:
        return "<Handing>"

    def hint(self, place: bytes) -> bytes:
        """Return the 32 bytes by which the receiver finds what was handed for a place: the same each time; about 1 us."""
        found = self._hints.copy()
        found.update(place)
        return found.digest()

    def seal(self, plain: bytes, place: bytes) -> bytes:
        """Seal a key for its place.

        Returns
        -------
        bytes
            ``version 2 | nonce 24 | ciphertext | tag 16``: 41 bytes more than ``plain``.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return HANDED + nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, place, nonce, self._key)

    def open(self, sealed: bytes | memoryview, place: bytes) -> bytes:
        """Open what ``seal`` made for this pair, in this direction, for this place; anything else raises NoKeyError."""
        sealed = bytes(sealed)  # PostgreSQL's driver gives a memoryview
        if len(sealed) != _OVERHEAD + KEY_BYTES or sealed[:1] != HANDED:
            raise NoKeyError("this is no key that was handed over")
        nonce = sealed[1 : 1 + _NONCE_BYTES]
        try:
            return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[1 + _NONCE_BYTES :], place, nonce, self._key)
        except CryptoError:
            raise NoKeyError("this was not handed over by that person, or not here, or was changed") from None


def giving_to(giver: Identity, receiver_public: bytes) -> Handing:
    """Return how ``giver`` hands keys to the holder of a public key; TamperedError if that key cannot be used."""
    return Handing(_shared(giver, receiver_public), giver.box_public, receiver_public)


def given_by(giver_public: bytes, receiver: Identity) -> Handing:
    """Return how ``receiver`` finds and opens what the holder of a public key handed over; TamperedError as `giving_to`."""
    return Handing(_shared(receiver, giver_public), giver_public, receiver.box_public)


def _shared(mine: Identity, public: bytes) -> bytes:
    try:
        return bytes(crypto_box_beforenm(checked_key(public), mine.box_secret))
    except (CryptoError, RuntimeError):
        raise TamperedError("this public key cannot be used") from None
