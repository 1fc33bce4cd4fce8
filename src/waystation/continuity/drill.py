"""A restore for practice: the newest backup, into a temporary place, compared with what the live store was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.models import Entry
from waystation.audit.services import append
from waystation.continuity.errors import NotHereError, NotWholeError
from waystation.continuity.here import FILES_FOLDER, LEFT_AFTER, STORE_FILE, Here
from waystation.continuity.manifest import Manifest
from waystation.continuity.models import Drill
from waystation.continuity.restore import Unpacked, unpack
from waystation.continuity.restored_store import check_store
from waystation.continuity.samples import open_samples
from waystation.continuity.second_store import standing_in
from waystation.continuity.shelf import Shelved, newest, newest_keyring
from waystation.continuity.steps import Steps, quiet
from waystation.continuity.whole_file import alone_in, sweep, working_folder
from waystation.vault import VaultError

WARN_AFTER = timedelta(days=30)
"""The home page warns when the last good drill is older than this."""

FINDINGS = {
    "no_backup": "There is no backup.",
    "no_keys": "The backup has no keys: no record could be opened.",
    "not_whole": "The backup is not whole.",
    "log_differs": "The live log says something else at the backup's checkpoint.",
    "not_opened": "Sealed fields could not be opened.",
    "missing_files": "Sealed files are missing from the backup.",
}
"""Everything a drill may find wrong."""


@dataclass(frozen=True)
class Drilled:
    """What a drill found.

    Parameters
    ----------
    stamp
        Which backup; empty if there was none.
    counts
        Table name to number of rows, of the restored store.
    findings
        What was wrong: a code of `FINDINGS`, and its numbers or the fault's word. Empty if all was well.
    entries, opened, files
        Entries of the log that were checked, sealed fields that were opened, sealed files that were restored.
    """

    stamp: str
    at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[tuple[str, str | int], ...] = ()
    entries: int = 0
    opened: int = 0
    files: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.findings


def drill(*, here: Here, at: datetime, folder: Path | None = None, steps: Steps = quiet) -> Drilled:
    """Restore the newest backup in ``folder`` into a temporary place, check and compare everything, and note the result.

    What the signed list says of each table was digested in the live store, in the moment the backup was made; the restored
    tables are digested again. The live log must still say the same at the checkpoint. One sealed field of each kind this person
    may open is opened in the restored store.

    Raises
    ------
    RuleRefusedError
        If a backup is being made in the folder.
    StoppedError
        If ``steps`` raised it: nothing is noted.
    """
    demand(here.keyring, Action.DRILL_RUN)
    folder = folder or here.backups
    with alone_in(folder):
        sweep(folder)
        sweep(here.data, at - LEFT_AFTER)
        found = _tried(here, folder, at, steps)
    _note(here, found)
    return found


def _tried(here: Here, folder: Path, at: datetime, steps: Steps) -> Drilled:
    try:
        backup = newest(folder)
    except NotHereError:
        return Drilled("", at, findings=(("no_backup", 0),))
    keyring = backup.keyring or newest_keyring(folder)
    with working_folder(here.data) as work:
        try:
            return _compared(here, backup, keyring, work / "data", at, steps)
        except NotWholeError as error:
            return Drilled(backup.stamp, at, findings=(("not_whole", error.fault),))
        except VaultError:
            return Drilled(backup.stamp, at, findings=(("not_whole", "stranger"),))


def _compared(here: Here, backup: Shelved, keyring: Path | None, place: Path, at: datetime, steps: Steps) -> Drilled:
    secret = here.opened.office_secret
    unpacked = unpack(backup=backup.store, keyring=keyring, folder=place, secret=secret, steps=steps)
    steps("check", 1, 3)
    store = place / STORE_FILE
    found = check_store(store, unpacked.store_key, unpacked.manifest, unpacked.keyring, unpacked.device)
    steps("open", 2, 3)
    with standing_in(store):
        opened, refused = open_samples(here.keyring)
    wrong: list[tuple[str, str | int]] = []
    if unpacked.keyring is None:
        wrong.append(("no_keys", 0))
    if not log_agrees(unpacked.manifest):
        wrong.append(("log_differs", int(unpacked.manifest.checkpoint["seq"])))
    if refused:
        wrong.append(("not_opened", refused))
    missing = len(unpacked.manifest.more.get("missing_files", ()))
    if missing:
        wrong.append(("missing_files", missing))
    counts = {name: table.rows for name, table in found.tables.items()}
    return Drilled(backup.stamp, at, counts, tuple(wrong), found.entries, opened, _files_in(unpacked))


def _files_in(unpacked: Unpacked) -> int:
    return sum(1 for name in unpacked.manifest.members if name.startswith(f"{FILES_FOLDER}/"))


def log_agrees(manifest: Manifest) -> bool:
    """Tell whether the live log has, at the backup's checkpoint, the entry that it had then."""
    seq, digest = int(manifest.checkpoint["seq"]), str(manifest.checkpoint["digest"])
    entry = Entry.objects.filter(pk=seq).first()
    return entry is not None and bytes(entry.digest).hex() == digest


@transaction.atomic
def _note(here: Here, found: Drilled) -> None:
    kind = "drill.done" if found.ok else "drill.failed"
    details: dict[str, Any] = {
        "rows": sum(found.counts.values()),
        "entries": found.entries,
        "findings": len(found.findings),
    }
    append(keyring=here.keyring, kind=kind, at=found.at, details=details)
    Drill.objects.create(
        at=found.at,
        by=here.keyring.person_id,
        stamp=found.stamp,
        ok=found.ok,
        counts=dict(found.counts),
        words=[list(each) for each in found.findings],
    )


def last_good_drill() -> Drill | None:
    """Return the last drill in which everything was equal."""
    return Drill.objects.filter(ok=True).order_by("-at").first()


def last_drills(count: int) -> list[Drill]:
    """Return the last drills, the newest first."""
    return list(Drill.objects.order_by("-at")[:count])


def is_overdue(last: Drill | None, now: datetime) -> bool:
    """Tell whether it is time to warn."""
    return last is None or now - last.at > WARN_AFTER
