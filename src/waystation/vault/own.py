"""What a person keeps for themselves alone: sealed under a key that only their own secret gives."""

from waystation.vault.cipher import Binding, derived_key, open_sealed, seal
from waystation.vault.identity import Identity


def seal_own(identity: Identity, plain: bytes, bound_to: Binding) -> bytes:
    """Seal a value for oneself, bound to its place; nobody else opens it, not even with the recovery key's grants.

    Raises
    ------
    TooLargeError
        If ``plain`` is over 16 MiB.
    """
    return seal(_key(identity), plain, bound_to)


def open_own(identity: Identity, sealed: bytes | memoryview, bound_to: Binding) -> bytes:
    """Open what ``seal_own`` made with the same secret for the same place; anything else raises TamperedError."""
    return open_sealed(_key(identity), sealed, bound_to)


def _key(identity: Identity) -> bytes:
    return derived_key(identity.box_secret, b"waystation.myown")
