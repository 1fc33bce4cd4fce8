import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from waystation.vault import WrongSecretError

FORMAT = (
    "PRAGMA cipher_compatibility = 4",
    "PRAGMA cipher_page_size = 4096",
    "PRAGMA cipher_use_hmac = ON",
)
"""How pages are sealed: AES-256 and HMAC-SHA512 each. SQLCipher's own defaults, said aloud: another build may have others."""

ALWAYS = (
    "PRAGMA temp_store = MEMORY",
    "PRAGMA foreign_keys = ON",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -100000",
)
"""Said to every connection once its key is set. What SQLite would spill into a temporary file stays in memory."""

BUSY_SECONDS = 20.0
"""How long a writer waits for another before it gives up."""


def open_store(database: str | Path, key: bytes, **parameters: Any) -> Any:
    """Open a SQLCipher file and return a connection that can be used at once.

    Parameters
    ----------
    database
        A path, or a ``file:`` address of SQLite's. A path that names nothing becomes a new file that its owner alone may read.
    key
        The raw key, 32 bytes. It is handed over as bytes and never written into a statement, so no log or error can repeat it.
    **parameters
        What else ``sqlcipher3.connect`` takes.

    Raises
    ------
    WrongSecretError
        If the key does not open the file, or the file is no store.
    """
    name = str(database)
    if not name.startswith((":", "file:")):
        make_private(Path(name))
    connection = sqlcipher.connect(name, **{"timeout": BUSY_SECONDS, **parameters})
    try:
        _unlock(connection, key)
        for line in ALWAYS:
            connection.execute(line)
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: Any, key: bytes) -> None:
    """Set the key before anything else is said, then read once: a wrong key shows here and nowhere later."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key fills the screen with its own words
    connection.set_key(f"x'{key.hex()}'")
    for line in FORMAT:
        connection.execute(line)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        if "not a database" not in str(error):
            raise
        raise WrongSecretError("this key does not open the store") from None


def make_private(path: Path) -> None:
    """Make a missing file with mode 600; SQLite gives the files beside it (``-wal``, ``-shm``) the mode of this one."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
