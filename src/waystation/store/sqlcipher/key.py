from waystation.vault import LockedError

KEY_BYTES = 32
_held: list[bytes] = []


def hold_key(key: bytes) -> None:
    """Keep the database's raw key, 32 bytes, for every connection this process opens from now on.

    The process is the only place where it is; the end of the process is the only way to let go of it for certain.

    Raises
    ------
    ValueError
        If the key is not 32 bytes long.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a database key has {KEY_BYTES} bytes, not {len(key)}")
    _held[:] = [key]


def held_key() -> bytes:
    """Return the key.

    Raises
    ------
    LockedError
        If nobody has unlocked this process.
    """
    if not _held:
        raise LockedError("the store is locked: unlock it first")
    return _held[0]
