import os
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from django.db import connection

from waystation.kernel import BadInputError
from waystation.store.sqlcipher.connect import make_private, open_store
from waystation.store.sqlcipher.key import held_key


def copy_store(target: Path) -> None:
    """Write a whole copy of the store to ``target``, under the same key, while others go on writing.

    The copy holds every transaction that was committed before the call and no part of any other, this thread's own open one
    included. It appears under its name only when it is complete and on the disk; what had the name before is replaced.

    Raises
    ------
    BadInputError
        If this installation keeps its data on a PostgreSQL server, which has no such file.
    LockedError, WrongSecretError
        If no key is held, or another than the store's.
    OSError
        If the folder of ``target`` cannot be written.
    """
    if connection.vendor != "sqlite":
        raise BadInputError("the data is on a PostgreSQL server: copy it with pg_dump, which sees sealed fields only")
    copy_file(connection.settings_dict["NAME"], target, held_key())


def copy_file(source: str | Path, target: Path, key: bytes) -> None:
    """Do the same for the store at ``source``, a path or an address of SQLite's, that ``key`` opens."""
    unfinished = target.with_name(f".{uuid4().hex}.part")
    try:
        make_private(unfinished)
        with closing(open_store(source, key, uri=True, isolation_level=None)) as opened:
            opened.execute("VACUUM INTO ?", (str(unfinished.absolute()),))
        _settle(unfinished)
        unfinished.replace(target)
        _settle(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Bring a file or the names in a folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
