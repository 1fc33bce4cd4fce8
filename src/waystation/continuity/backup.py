"""Make a backup: the store without its keys, the keys apart, and the device file that a passphrase opens."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.continuity.archive import Member, in_memory, on_disk
from waystation.continuity.here import DEVICE_FILE, LEFT_AFTER, Here
from waystation.continuity.keep import is_due, stamp_of
from waystation.continuity.manifest import Manifest, Table
from waystation.continuity.models import BackupRun
from waystation.continuity.sealed_tar import contents_of, write_sealed
from waystation.continuity.shelf import Shelved, clear_out, device_file, keyring_file, shelved, store_file
from waystation.continuity.snapshot import Snapshot, take_snapshot
from waystation.continuity.steps import Steps, quiet
from waystation.continuity.whole_file import alone_in, sweep, whole_file, working_folder
from waystation.store.files import sweep_files
from waystation.store.sqlcipher.key import held_key

STORE_FORM = "waystation store"
KEYRING_FORM = "waystation keyring"
STORE, KEYRING, KEY, FILES = "store.db", "keyring.db", "store.key", "files/"
"""Names of members."""


@dataclass(frozen=True)
class Made:
    """A backup that was just made. ``missing`` are sealed files that the records name and the disk does not have."""

    shelved: Shelved
    sequence: int
    rows: int
    files: int
    missing: tuple[str, ...]
    removed: tuple[Path, ...]


def make_backup(*, here: Here, at: datetime, folder: Path | None = None, steps: Steps = quiet) -> Made:
    """Write a backup into ``folder`` (the data folder's own unless named), note it, and remove what is not kept any longer.

    Each file appears under its name only when it is whole; the store's part is the last of the three. What goes wrong before,
    a full disk or the loss of the process, leaves the backups that were there.

    Raises
    ------
    RuleRefusedError
        If another backup is being made there.
    StoppedError
        If ``steps`` raised it.
    OSError
        If the folder cannot be written.
    """
    demand(here.keyring, Action.BACKUP_MAKE)
    return _make(here, at, folder or here.backups, steps)


def _make(here: Here, at: datetime, folder: Path, steps: Steps) -> Made:
    with alone_in(folder):
        sweep(folder)
        sweep(here.data, at - LEFT_AFTER)
        sweep_files(before=at - LEFT_AFTER)
        with working_folder(folder) as work, working_folder(here.data) as links:
            snapshot = take_snapshot(here, work, at=at, steps=steps)
            files, missing = _linked(here, snapshot.files, links)
            made = _write(here, snapshot, files, missing, folder, _free_time(folder, at), steps)
        removed = tuple(clear_out(folder, at))
    return Made(made, _note(here, made, snapshot, files, at), _rows(snapshot.tables), len(files), missing, removed)


def backup_if_due(*, here: Here, now: datetime, folder: Path | None = None, steps: Steps = quiet) -> Made | None:
    """Make a backup if the last one in the folder is too old; None if it is not.

    The schedule is the organisation's: whoever happens to have unlocked may let it run.
    """
    return _make(here, now, folder or here.backups, steps) if due(here, now, folder) else None


def due(here: Here, now: datetime, folder: Path | None = None) -> bool:
    """Tell whether a backup is due, by the files that lie there: one that was lost is made again."""
    found = shelved(folder or here.backups)
    return is_due(found[0].made_at if found else None, now)


def _free_time(folder: Path, at: datetime) -> datetime:
    """Return ``at``, or the next second that no backup here has yet."""
    while store_file(folder, stamp_of(at)).exists():
        at += timedelta(seconds=1)
    return at


def _linked(here: Here, names: tuple[str, ...], links: Path) -> tuple[list[Member], tuple[str, ...]]:
    """Hold every sealed file by a second name, so that one removed meanwhile can still be read to its end."""
    members, missing = [], []
    for name in names:
        try:
            os.link(here.files / name, links / name)
        except FileNotFoundError:
            missing.append(name)
        else:
            members.append(on_disk(FILES + name, links / name))
    return members, tuple(missing)


def _write(
    here: Here,
    snapshot: Snapshot,
    files: list[Member],
    missing: tuple[str, ...],
    folder: Path,
    at: datetime,
    steps: Steps,
) -> Shelved:
    stamp = stamp_of(at)
    device = (here.data / DEVICE_FILE).read_bytes()
    key = in_memory(KEY, held_key())
    sequence = _next_sequence()
    records = [in_memory(DEVICE_FILE, device), key, on_disk(STORE, snapshot.store), *files]
    keys = [key, on_disk(KEYRING, snapshot.keyring)]

    def sealed(
        target: Path, form: str, tables: Mapping[str, Table], members: list[Member], more: dict[str, Any]
    ) -> None:
        manifest = Manifest(
            form=form,
            organisation=here.opened.root_public.hex(),
            sequence=sequence,
            made_at=at,
            checkpoint=json.loads(snapshot.checkpoint.to_json()),
            schema=snapshot.schema,
            tables=tables,
            members=contents_of(members, steps),
            more=more,
        )
        write_sealed(target, manifest, members, office=here.office, recipients=here.recipients, steps=steps)

    sealed(keyring_file(folder, stamp), KEYRING_FORM, snapshot.key_tables, keys, {})
    with whole_file(device_file(folder, stamp)) as file:
        file.write(device)
    sealed(store_file(folder, stamp), STORE_FORM, snapshot.record_tables, records, {"missing_files": list(missing)})
    return Shelved(stamp, at, store_file(folder, stamp), keyring_file(folder, stamp), device_file(folder, stamp))


def _next_sequence() -> int:
    return int(BackupRun.objects.aggregate(last=Max("sequence"))["last"] or 0) + 1


def _rows(tables: Mapping[str, Table]) -> int:
    return sum(table.rows for table in tables.values())


@transaction.atomic
def _note(here: Here, made: Shelved, snapshot: Snapshot, files: list[Member], at: datetime) -> int:
    rows, sequence = _rows(snapshot.tables), _next_sequence()
    details = {"sequence": sequence, "rows": rows, "files": len(files), "log": snapshot.checkpoint.seq}
    append(keyring=here.keyring, kind="backup.made", at=at, details=details)
    BackupRun.objects.create(
        sequence=sequence,
        stamp=made.stamp,
        made_at=at,
        made_by=here.keyring.person_id,
        rows=rows,
        files=len(files),
        size=made.size,
    )
    return sequence
