"""Files that are there whole or not at all."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO
from uuid import uuid4

from waystation.kernel import RuleRefusedError

UNFINISHED = ".part"


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Write a file under a name of no meaning beside ``target``; at the end it is brought to the disk and takes its name.

    Whatever goes wrong before, also the loss of the process, leaves what had the name before.
    """
    unfinished = unfinished_beside(target)
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        settle(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def working_folder(parent: Path) -> Iterator[Path]:
    """Make a folder of no meaning in ``parent``, for its owner alone; it is gone at the end."""
    folder = parent / f".{uuid4().hex}{UNFINISHED}"
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def unfinished_beside(target: Path) -> Path:
    """Return a name of no meaning beside ``target``, which `sweep` would remove."""
    return target.with_name(f".{uuid4().hex}{UNFINISHED}")


def sweep(folder: Path, before: datetime | None = None) -> int:
    """Remove what interrupted runs left in ``folder``, and return how many things that were.

    Hold `alone_in` meanwhile, or name a time: then only what was last changed ``before`` goes.
    """
    left = [path for path in folder.glob(f".*{UNFINISHED}") if len(path.name) == len(UNFINISHED) + 33]
    if before is not None:
        left = [path for path in left if path.lstat().st_mtime < before.timestamp()]
    for path in left:
        if path.is_dir() and not path.is_symlink():
            rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(left)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the only one who makes backups in ``folder``, among all processes of this device.

    Raises
    ------
    RuleRefusedError
        If another is at it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuleRefusedError(
                "another backup, restore or drill is under way in this folder; wait for it"
            ) from None
        yield
    finally:
        os.close(handle)


def settle(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems of memory sticks cannot do it for a folder
            os.fsync(handle)
    finally:
        os.close(handle)
