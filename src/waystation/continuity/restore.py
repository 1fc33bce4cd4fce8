"""Restore a backup into an empty folder: all of it is checked before the folder has its name."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.core.management import call_command
from django.db import connection, connections, transaction

from waystation.continuity.archive import Limits
from waystation.continuity.backup import FILES, KEY, KEYRING, KEYRING_FORM, STORE, STORE_FORM
from waystation.continuity.errors import NotEmptyError, NotWholeError
from waystation.continuity.here import DEVICE_FILE, FILES_FOLDER, STORE_FILE
from waystation.continuity.manifest import Manifest, read_manifest
from waystation.continuity.restored_store import Findings, check_store, note_restored
from waystation.continuity.sealed_tar import Secret, Taken, kept_in_memory, read_sealed
from waystation.continuity.second_store import LIVE, OTHER, carry_rows, standing_in
from waystation.continuity.steps import Steps, quiet
from waystation.continuity.whole_file import alone_in, settle, working_folder
from waystation.store.keyring import KEYRING_TABLES
from waystation.store.models import Record
from waystation.store.sqlcipher.connect import open_store
from waystation.vault import (
    Device,
    OfficeKeys,
    Opened,
    RecoverySecret,
    TamperedError,
    VaultError,
    device_from_json,
    device_to_json,
    new_device,
    open_device,
    open_with_recovery,
)

GIB = 1 << 30
LIMITS = Limits(total=1 << 42, members=10_000_000, each=8 * GIB - 1)
"""A backup is our own and may be as large as the disk; what it says of itself is checked against its signature."""
_SMALL = 1 << 20


@dataclass(frozen=True)
class Restored:
    """What was restored.

    Parameters
    ----------
    made_at
        When the backup was made, UTC.
    sequence
        Its number.
    counts
        Table name to number of rows.
    files
        How many sealed files came along.
    missing_files
        How many the records name but the backup did not have.
    keyring_made_at
        When the keys were backed up; None if no keyring backup was given: then no record can be opened.
    without_keys
        Records whose keys are not there: they were shredded, or are newer than the keyring.
    entries
        Entries of the audit log, every one checked.
    """

    made_at: datetime
    sequence: int
    counts: Mapping[str, int]
    files: int
    missing_files: int
    keyring_made_at: datetime | None
    without_keys: int
    entries: int


@dataclass(frozen=True)
class Unpacked:
    """A backup in a temporary folder, checked against its signed list: what lies where, and what it says of itself."""

    folder: Path
    device: Device
    store_key: bytes
    manifest: Manifest
    keyring: Manifest | None


def restore(
    *,
    backup: Path,
    keyring: Path | None,
    data: Path,
    secret: Secret,
    only_for: str | None = None,
    by: Opened | None = None,
    at: datetime | None = None,
    steps: Steps = quiet,
) -> Restored:
    """Restore ``backup`` (and the keys from ``keyring``) into ``data``, which must be empty or not there yet.

    Everything is made in a folder without meaning beside it, checked there (signature, every digest, every page, every row,
    the log's chain and its checkpoint), and takes the name ``data`` only then. Where the settings name a PostgreSQL server, the
    rows go there instead of into the folder, in one transaction; it must be empty too.

    Parameters
    ----------
    secret
        The office's secret (from a device file and a passphrase) or the recovery secret (from three shares).
    only_for
        A passphrase: the restored device gets a new id and this one passphrase. Without it the device file is restored as it was
        and opens with everybody's passphrase who had one.
    by, at
        Whose passphrase it was, and the time: with a time the restored log gets an entry that says so, signed by them, or by the
        recovery key where ``secret`` is that.

    Raises
    ------
    NotEmptyError, NotWholeError, WrongSecretError
        Nothing was made then.
    """
    demand_empty(data)
    data.parent.mkdir(parents=True, exist_ok=True)
    with alone_in(data.parent), working_folder(data.parent) as work:
        folder = work / "data"
        unpacked = unpack(backup=backup, keyring=keyring, folder=folder, secret=secret, steps=steps)
        steps("check", 0, 1)
        found = check_store(
            folder / STORE_FILE, unpacked.store_key, unpacked.manifest, unpacked.keyring, unpacked.device
        )
        if at is not None:
            note_restored(folder / STORE_FILE, unpacked.manifest, secret, by, at)
        write_device(folder, unpacked.device, only_for)
        with carried_to_server(folder / STORE_FILE):
            settle_all(folder)
            steps("name", 0, 1)
            demand_empty(data)
            folder.replace(data)
            settle(data.parent)
    return _told(unpacked, found)


@contextmanager
def carried_to_server(store: Path) -> Iterator[None]:
    """Where the data is to be on a server, carry the checked rows there; they are committed if all goes well until the end."""
    if connection.vendor == "sqlite":
        yield
        return
    call_command("migrate", verbosity=0, interactive=False)
    if Record.objects.exists():
        raise NotEmptyError("the PostgreSQL server holds an organisation already; name an empty database")
    with standing_in(store), transaction.atomic(using=OTHER):
        carry_rows(LIVE, OTHER)
        connections[LIVE].close()
        store.unlink()
        yield


def demand_empty(data: Path) -> None:
    """Raise NotEmptyError unless the folder is empty, or nothing is there."""
    if data.is_symlink() or (data.exists() and not data.is_dir()):
        raise NotEmptyError("something that is no folder has this name; name another one")
    if data.is_dir() and any(data.iterdir()):
        raise NotEmptyError("this folder is not empty; nothing is restored over what is there: name another one")


def _told(unpacked: Unpacked, found: Findings) -> Restored:
    manifest = unpacked.manifest
    return Restored(
        made_at=manifest.made_at,
        sequence=manifest.sequence,
        counts={name: table.rows for name, table in found.tables.items()},
        files=sum(1 for name in manifest.members if name.startswith(FILES)),
        missing_files=len(manifest.more.get("missing_files", ())),
        keyring_made_at=unpacked.keyring.made_at if unpacked.keyring else None,
        without_keys=found.without_keys,
        entries=found.entries,
    )


def unpack(*, backup: Path, keyring: Path | None, folder: Path, secret: Secret, steps: Steps) -> Unpacked:
    """Open both parts into ``folder``, which is made, and check them against their signed lists."""
    folder.mkdir(mode=0o700)
    (folder / FILES_FOLDER).mkdir(mode=0o700)
    device_text, key = kept_in_memory(), kept_in_memory()

    def receive(name: str, size: int) -> BinaryIO:
        small = {DEVICE_FILE: device_text, KEY: key}.get(name)
        if small is not None and size <= _SMALL:
            return small
        return _place(folder, name)

    with backup.open("rb") as source:
        taken = read_sealed(source, secret, receive, LIMITS, steps)
    device = _device(device_text.content)
    store_key, office = _keys(device, secret, key.content)
    manifest = _manifest(taken, office, STORE_FORM)
    keys = None
    if keyring is not None:
        keys = _unpack_keyring(keyring, folder, secret, office, manifest, steps)
    return Unpacked(folder, device, store_key, manifest, keys)


def _place(folder: Path, name: str) -> BinaryIO:
    """Open the one place where a member of this name belongs."""
    if name == STORE:
        path = folder / STORE_FILE
    elif name == KEYRING:
        path = folder / KEYRING
    elif name.startswith(FILES) and len(name) == len(FILES) + 32 and name.removeprefix(FILES).isalnum():
        path = folder / FILES_FOLDER / name.removeprefix(FILES)
    else:
        raise NotWholeError("bad_name", "it holds something that no backup holds")
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _device(content: bytes) -> Device:
    try:
        return device_from_json(content.decode())
    except (UnicodeDecodeError, TamperedError):
        raise NotWholeError("changed", "the device file inside cannot be read") from None


def _keys(device: Device, secret: Secret, key: bytes) -> tuple[bytes, OfficeKeys]:
    """Return the store's key and the office's keys; the signature is checked with the latter."""
    if not isinstance(secret, RecoverySecret):
        return key, OfficeKeys(secret)
    try:
        _, office_secret = open_with_recovery(device, secret)
    except VaultError:
        raise NotWholeError("stranger", "the device file inside belongs to another organisation") from None
    return key, OfficeKeys(office_secret)


def _manifest(taken: Taken, office: OfficeKeys, form: str) -> Manifest:
    manifest = read_manifest(taken.manifest, taken.signature, office.sign_public, form)
    taken.demand(manifest)
    return manifest


def _unpack_keyring(
    keyring: Path, folder: Path, secret: Secret, office: OfficeKeys, store: Manifest, steps: Steps
) -> Manifest:
    key = kept_in_memory()

    def receive(name: str, size: int) -> BinaryIO:
        return key if name == KEY and size <= _SMALL else _place(folder, name)

    with keyring.open("rb") as source:
        taken = read_sealed(source, secret, receive, LIMITS, steps)
    manifest = _manifest(taken, office, KEYRING_FORM)
    if manifest.organisation != store.organisation:
        raise NotWholeError("mixed", "the keyring is another organisation's than the store")
    _put_keys_in(folder, key.content)
    return manifest


def _put_keys_in(folder: Path, key: bytes) -> None:
    """Give the store the keys of the records it has; those of newer records are left out."""
    path = folder / KEYRING
    with closing(open_store(folder / STORE_FILE, key, isolation_level=None)) as opened:
        opened.execute("ATTACH DATABASE ? AS keys KEY ?", (str(path), f"x'{key.hex()}'"))
        opened.execute("BEGIN IMMEDIATE")
        for name in KEYRING_TABLES:
            columns = ", ".join(f'"{row[1]}"' for row in opened.execute(f'PRAGMA main.table_info("{name}")'))
            opened.execute(
                f'INSERT INTO main."{name}" ({columns}) SELECT {columns} FROM keys."{name}"'  # noqa: S608 - the schema's own names
                " WHERE record_id IN (SELECT id FROM main.store_record)"
            )
        opened.execute("COMMIT")
        opened.execute("DETACH DATABASE keys")
    path.unlink()


def write_device(folder: Path, device: Device, only_for: str | None) -> None:
    """Write the restored device's file, with a new id if it is to open for one passphrase alone."""
    if only_for is not None:
        device = new_device(open_device(device, only_for), only_for, device.cost)
    path = folder / DEVICE_FILE
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(device_to_json(device))


def settle_all(folder: Path) -> None:
    """Bring everything in the folder to the disk."""
    for path in [*folder.rglob("*"), folder]:
        settle(path)
