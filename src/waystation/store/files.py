"""Files of a record, sealed in the data folder in one stream and named by a random id.

Their names, sizes and keys are sealed in the database. A file is written whole and flushed before a row tells of it; a file
that no row tells of, after a crash or an undone transaction, is swept.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from waystation.kernel import BadInputError
from waystation.store.models import Record, SealedFile
from waystation.store.tiers import Tier
from waystation.vault import Binding, TamperedError, new_key, open_sealed, open_stream, seal, seal_stream

if TYPE_CHECKING:
    from waystation.store.keyring import Keyring

LARGEST_FILE = 4 * 1024**3
LONGEST_NAME = 255
PART = ".part"
"""What the name of a file ends with while it is being written."""


@dataclass(frozen=True)
class FileOnDisk:
    """A sealed file that no row tells of yet."""

    id: UUID
    key: bytes = field(repr=False)
    size: int = field(repr=False)


def files_folder() -> Path:
    """Return the folder of sealed files, made if it is not there."""
    folder = Path(settings.DATA_DIR) / "files"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def path_of(file_id: UUID) -> Path:
    """Return where a file's sealed bytes are."""
    return files_folder() / file_id.hex


def keep_file(
    keyring: "Keyring",
    record: Record,
    tier: Tier,
    source: BinaryIO,
    name: str,
    *,
    limit: int = LARGEST_FILE,
    at: datetime | None = None,
) -> SealedFile:
    """Seal a file into a record, 64 KiB in memory at a time.

    For a large file call `seal_to_disk` before the transaction and `keep_sealed` in it: so nobody waits for the disk.

    Parameters
    ----------
    name
        The file's own name, 1 to 255 characters; kept sealed.
    limit
        Most bytes, at most 4 GiB.
    at
        When it was kept; now unless given.

    Raises
    ------
    BadInputError
        If the name is empty or too long.
    NoKeyError
        If this keyring does not hold the tier. Nothing is kept.
    TooLargeError
        If there are more than ``limit`` bytes. Nothing is kept.
    """
    _checked_name(name)
    keyring.demand_key(record, tier)
    return keep_sealed(keyring, record, tier, seal_to_disk(source, limit=limit), name, at=at)


def seal_to_disk(source: BinaryIO, *, limit: int = LARGEST_FILE) -> FileOnDisk:
    """Seal a stream into a new file under a key of its own; TooLargeError leaves nothing behind."""
    file_id, key = uuid4(), new_key()
    path = path_of(file_id)
    part = path.with_suffix(PART)
    try:
        part.touch(mode=0o600, exist_ok=False)
        with part.open("wb") as target:
            size = seal_stream(key, source, target, _content(file_id), limit=min(limit, LARGEST_FILE))
            target.flush()
            os.fsync(target.fileno())
        part.rename(path)
        _flush_folder()
    except BaseException:
        part.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise
    return FileOnDisk(file_id, key, size)


def keep_sealed(
    keyring: "Keyring", record: Record, tier: Tier, sealed: FileOnDisk, name: str, *, at: datetime | None = None
) -> SealedFile:
    """Write the row of a file that is on the disk already; if that fails, the file is removed. Raises as `keep_file`."""
    row = SealedFile(id=sealed.id, record=record, tier=tier.value, kept_at=at or timezone.now())
    try:
        plain_name = _checked_name(name)
        with keyring.locked(record):
            version, key = keyring.demand_key(record, tier)
            _seal_row(row, version, key, plain_name, str(sealed.size).encode(), sealed.key)
            row.save(force_insert=True)
    except BaseException:
        path_of(sealed.id).unlink(missing_ok=True)
        raise
    return row


def file_name(keyring: "Keyring", file: SealedFile) -> str:
    """Return a file's own name; NoKeyError, TamperedError."""
    return _opened(keyring, file, "name", bytes(file.name_sealed)).decode()


def file_size(keyring: "Keyring", file: SealedFile) -> int:
    """Return a file's size in bytes; NoKeyError, TamperedError."""
    return int(_opened(keyring, file, "size", bytes(file.size_sealed)))


def read_file(keyring: "Keyring", file: SealedFile) -> Iterator[bytes]:
    """Open a file chunk by chunk, at most 64 KiB each. Whether it may be opened is decided at once, before the first chunk.

    Raises
    ------
    NoKeyError
        If this keyring does not hold the tier.
    TamperedError
        If the file is not on the disk, or was changed; while reading too. What was read by then is to be thrown away.
    """
    key = _opened(keyring, file, "key", bytes(file.key_sealed))
    size = file_size(keyring, file)
    try:
        source = path_of(file.id).open("rb")
    except FileNotFoundError:
        raise TamperedError("a sealed file is not on this disk: bring it back from a backup") from None
    return _chunks(source, key, file.id, size)


def remove_files(ids: list[UUID]) -> None:
    """Remove sealed files from the disk. Without their keys nobody can open what a disk may still hold of them."""
    for file_id in ids:
        path_of(file_id).unlink(missing_ok=True)


def sweep_files(*, before: datetime) -> int:
    """Remove files that no row tells of and that were last written ``before``; return how many.

    ``before`` lies well in the past, a day ago say: a file is on the disk before its row is committed.
    """
    known = set(SealedFile.objects.values_list("id", flat=True))
    swept = 0
    for path in files_folder().iterdir():
        if _id_of(path) not in known and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def rewrapped(file: SealedFile, old_key: bytes, version: int, key: bytes) -> SealedFile:
    """Seal a file's name, size and key again under another tier key, without saving. The file on the disk stays as it is.

    Raises
    ------
    TamperedError
        If they do not open with ``old_key``. The row is left as it was.
    """
    bound = {name: Binding(_table(), file.id, name, file.key_version) for name in ("name", "size", "key")}
    name = open_sealed(old_key, bytes(file.name_sealed), bound["name"])
    size = open_sealed(old_key, bytes(file.size_sealed), bound["size"])
    file_key = open_sealed(old_key, bytes(file.key_sealed), bound["key"])
    _seal_row(file, version, key, name, size, file_key)
    return file


def _seal_row(row: SealedFile, version: int, key: bytes, name: bytes, size: bytes, file_key: bytes) -> None:
    row.key_version = version
    row.name_sealed = seal(key, name, Binding(_table(), row.id, "name", version))
    row.size_sealed = seal(key, size, Binding(_table(), row.id, "size", version))
    row.key_sealed = seal(key, file_key, Binding(_table(), row.id, "key", version))


def _opened(keyring: "Keyring", file: SealedFile, part: str, sealed: bytes) -> bytes:
    key = keyring.key_of_version(file.record_id, Tier(file.tier), file.key_version)
    return open_sealed(key, sealed, Binding(_table(), file.id, part, file.key_version))


def _chunks(source: BinaryIO, key: bytes, file_id: UUID, size: int) -> Iterator[bytes]:
    with source:
        read = 0
        for chunk in open_stream(key, source, _content(file_id)):
            read += len(chunk)
            yield chunk
        if read != size:
            raise TamperedError("a sealed file is not as long as it was")


def _checked_name(name: str) -> bytes:
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInputError(f"a file's name has 1 to {LONGEST_NAME} characters")
    try:
        return name.encode()
    except UnicodeEncodeError:
        raise BadInputError("a file's name holds a character that no text has") from None


def _content(file_id: UUID) -> Binding:
    # The stream is bound to the file's id alone: its key is its own, and stays when the tier's key is renewed.
    return Binding(_table(), file_id, "content", 1)


def _table() -> str:
    return SealedFile._meta.db_table


def _id_of(path: Path) -> UUID | None:
    try:
        return UUID(hex=path.name)
    except ValueError:
        return None


def _flush_folder() -> None:
    """Make the new name last through a power cut."""
    folder = os.open(files_folder(), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
