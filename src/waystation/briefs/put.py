import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from waystation.kernel import BadInputError


def put_files(made: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Put files that were made in full into a folder, which is made if it is missing; nothing else in it is touched.

    Each is written beside its place under another name, then all are moved in; each appears at once or not at all, over an older
    one of its name.

    Raises
    ------
    BadInputError
        If the folder is a file or cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _put(made, folder)
    except (FileExistsError, NotADirectoryError):
        message = f"{folder} is a file or lies under one; give a folder"
        raise BadInputError(message) from None
    except OSError as error:
        message = f"files cannot be written to {folder}: {error.strerror or error}"
        raise BadInputError(message) from error


def _put(made: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    for name in made:
        if (folder / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{name} is a folder")
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in made.items():
            handle, beside = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
            waiting.append((Path(beside), folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(beside).chmod(0o600)
        for beside_path, target in waiting:
            beside_path.replace(target)
    finally:
        for beside_path, _ in waiting:
            beside_path.unlink(missing_ok=True)
    return tuple(target for _, target in waiting)
