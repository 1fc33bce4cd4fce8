"""Parcels for another time or place: age files, which the age tool opens as well. Backups and bundles travel in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

import pyrage

from waystation.kernel import BadInputError
from waystation.vault.age import checked_recipient, recipient_of, secret_text
from waystation.vault.cipher import checked_key, derived_key
from waystation.vault.errors import TamperedError, TooLargeError, VaultError, WrongSecretError
from waystation.vault.identity import OFFICE, Identity, sign
from waystation.vault.recovery import RecoverySecret

_LONGEST_HEADER = 256 * 1024


@dataclass(frozen=True)
class OfficeKeys:
    """What an office derives from its secret of 32 random bytes: keys to receive parcels and boxes, and a key to sign them."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        checked_key(self.secret)

    @cached_property
    def age_secret(self) -> str:
        """The key as the age tool reads it, ``AGE-SECRET-KEY-1...``."""
        return secret_text(self._age)

    @cached_property
    def age_recipient(self) -> str:
        """What parcels for this office are made out to, ``age1...``."""
        return recipient_of(self._age)

    @property
    def box_public(self) -> bytes:
        """X25519 public key for ``seal_to``."""
        return self.identity.box_public

    @property
    def box_secret(self) -> bytes:
        """X25519 secret key for ``open_box``."""
        return self.identity.box_secret

    @property
    def sign_public(self) -> bytes:
        """Ed25519 public key that checks what the office signed, with ``verify``."""
        return self.identity.sign_public

    def sign(self, message: bytes) -> bytes:
        """Sign a message for the office."""
        return sign(self.identity, message)

    @cached_property
    def identity(self) -> Identity:
        """Box and signing keys, under an id that stands for no person."""
        box, signing = (derived_key(self.secret, label) for label in (b"waystation.o.box", b"waystation.o.sig"))
        return Identity(OFFICE, box, signing)

    @property
    def _age(self) -> bytes:
        return derived_key(self.secret, b"waystation.o.age")


def age_recipient_of(secret: bytes) -> str:
    """Return the recipient of the office with this secret (32 bytes): the same as ``OfficeKeys(secret).age_recipient``."""
    return OfficeKeys(secret).age_recipient


def seal_parcel(source: BinaryIO, target: BinaryIO, recipients: Sequence[str]) -> None:
    """Write ``source`` into ``target`` as an age file that any one of the recipients (``age1...``) opens. Streams.

    The file tells how many recipients it has, and its size to the byte, but not who they are.
    """
    if not recipients:
        raise BadInputError("a parcel needs a recipient")
    keys = [pyrage.x25519.Recipient.from_str(checked_recipient(text)) for text in dict.fromkeys(recipients)]
    gauge = _Gauge(source, target, limit=None)
    try:
        pyrage.encrypt_io(gauge, gauge, keys)
    except (pyrage.EncryptError, OSError) as error:
        raise (gauge.failure or error) from None


def open_parcel(source: BinaryIO, target: BinaryIO, secret: bytes | RecoverySecret, *, limit: int) -> int:
    """Open an age file with an office's secret (32 bytes) or the recovery secret, into ``target``. Streams.

    What is written was authenticated chunk by chunk (64 KiB), but only a return shows that nothing is missing:
    throw ``target`` away if this raises.

    Returns
    -------
    int
        Plain bytes written.

    Raises
    ------
    WrongSecretError
        If the parcel was not made out to this secret (or its list of recipients was changed).
    TamperedError
        If it was changed or cut, or is no age file.
    TooLargeError
        At the first byte over ``limit``: a small parcel cannot fill a disk.
    """
    text = secret.age_secret if isinstance(secret, RecoverySecret) else OfficeKeys(secret).age_secret
    gauge = _Gauge(source, target, limit=limit)
    try:
        pyrage.decrypt_io(gauge, gauge, [pyrage.x25519.Identity.from_str(text)])
    except (pyrage.DecryptError, OSError) as error:
        raise (gauge.failure or _meaning(error)) from None
    return gauge.written


def _meaning(error: Exception) -> VaultError:
    if str(error) == "No matching keys found":
        return WrongSecretError("this parcel is not made out to this key")
    return TamperedError("this parcel was changed or cut short, or is not an age file")


class _Gauge:
    """Stands between the library and the two files: counts, stops at the limit, and keeps a failure of theirs as it was."""

    def __init__(self, source: BinaryIO, target: BinaryIO, limit: int | None) -> None:
        self._source, self._target, self._limit = source, target, limit
        self._read = 0
        self.written = 0
        self.failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            part = self._source.read(size)
        except Exception as error:
            self.failure = error
            raise
        self._read += len(part)
        # The library holds a header in memory until it ends; one without an end must not fill it.
        if self._limit is not None and not self.written and self._read > _LONGEST_HEADER:
            self.failure = TamperedError("this is not an age file: its header does not end")
            raise self.failure
        return part

    def write(self, part: bytes) -> int:
        if self._limit is not None and self.written + len(part) > self._limit:
            self.failure = TooLargeError("the parcel holds more than it may")
            raise self.failure
        try:
            self._target.write(part)
        except Exception as error:
            self.failure = error
            raise
        self.written += len(part)
        return len(part)
