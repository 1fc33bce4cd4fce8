"""The folder where this device keeps its files, open to its owner alone and to one serving process at a time."""

import fcntl
import os
import stat
from pathlib import Path

import platformdirs

from waystation.kernel import BadInputError

OWNER_ONLY = 0o700
LOCK_NAME = "serving.lock"


def usual_folder() -> Path:
    """Return the platform's folder for a user's data of this application. It may not exist yet."""
    return Path(platformdirs.user_data_dir("waystation", appauthor=False))


def prepared(folder: Path) -> Path:
    """Make the folder if it is not there, and let nobody but its owner into it.

    Raises
    ------
    BadInputError
        If it cannot be made, is no folder, belongs to somebody else or cannot be written.
    """
    path = folder.expanduser().absolute()
    try:
        path.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        found = path.stat()
    except OSError as error:
        raise BadInputError(f"the data folder cannot be used: {error.strerror}") from None
    if not stat.S_ISDIR(found.st_mode):
        raise BadInputError("the data folder is no folder")
    if found.st_uid != os.getuid():
        raise BadInputError("the data folder belongs to another user; name one of your own with --data")
    if stat.S_IMODE(found.st_mode) != OWNER_ONLY:
        path.chmod(OWNER_ONLY)
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise BadInputError("the data folder cannot be written")
    return path


def held(folder: Path) -> int:
    """Take the folder for this process and return the descriptor that holds it, until it is closed or the process ends.

    Raises
    ------
    BadInputError
        If another process serves it.
    """
    descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise BadInputError("another waystation serve is using this data folder; stop it first") from None
    return descriptor
