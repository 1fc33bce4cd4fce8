import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from waystation.formats.tables import TABLES
from waystation.kernel import BadInputError


def require_free(path: Path) -> None:
    """Refuse a folder in which something lies: only one that is empty or not there yet may be written.

    Raises
    ------
    BadInputError
        If something is there already, or it cannot be told.
    """
    try:
        taken = path.exists() and (not path.is_dir() or any(path.iterdir()))
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror or error}); give a folder that may be written to"
        raise BadInputError(message) from error
    if taken:
        message = f"{path} is not empty; give a folder that does not exist yet"
        raise BadInputError(message)


def replace_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Give a folder exactly these declared files, wholly or not at all; whatever else lies in it stays.

    A full copy is written beside the folder and takes its place at the end by two renames, so that the folder is never half
    old and half new. A crash between the two leaves both copies whole beside it, named ``.old`` and ``.new``.

    Raises
    ------
    BadInputError
        If it cannot be written. The folder is as it was.
    """
    path = Path(os.path.realpath(path))
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.mkdir()
        if path.exists():
            _copy_the_rest(path, fresh)
        for name, content in files.items():
            _write(fresh / name, content)
        _take_place(fresh, path)
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror or error}); give a folder that may be written to"
        raise BadInputError(message) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _copy_the_rest(path: Path, fresh: Path) -> None:
    shutil.copystat(path, fresh)
    for entry in path.iterdir():
        if entry.name in TABLES:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, fresh / entry.name, symlinks=True)
        else:
            shutil.copy2(entry, fresh / entry.name, follow_symlinks=False)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _take_place(fresh: Path, path: Path) -> None:
    if not path.exists():
        fresh.rename(path)
        return
    old = fresh.with_suffix(".old")
    path.rename(old)
    try:
        fresh.rename(path)
    except OSError:
        old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)
