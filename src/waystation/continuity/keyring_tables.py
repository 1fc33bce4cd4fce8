"""Which tables hold the records' keys: they travel apart from the store, in a backup that lives shortly."""

from waystation.store.keyring import KEYRING_TABLES


def keyring_tables() -> frozenset[str]:
    """Return the names of the tables."""
    return frozenset(KEYRING_TABLES)
