"""Keys, sealing and recovery: the only room that knows cryptography. Pure: bytes in, bytes out."""

from waystation.vault.errors import (
    LockedError,
    NoKeyError,
    TamperedError,
    TooLargeError,
    VaultError,
    WrongSecretError,
)

__all__ = ["LockedError", "NoKeyError", "TamperedError", "TooLargeError", "VaultError", "WrongSecretError"]
