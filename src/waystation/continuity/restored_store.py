"""Check a store that was just restored, before anybody works with it."""

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from waystation.accounts.queries import keyring_of, person_of, signers
from waystation.accounts.services.recovery import recovery_keyring
from waystation.audit.models import Entry, Head
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.audit.verify import Checkpoint, verify
from waystation.continuity.digests import tables_of
from waystation.continuity.errors import NotWholeError
from waystation.continuity.keyring_tables import keyring_tables
from waystation.continuity.manifest import Manifest, Table
from waystation.continuity.sealed_tar import Secret
from waystation.continuity.second_store import LIVE, standing_in
from waystation.kernel import RuleRefusedError
from waystation.store.keyring import Keyring
from waystation.store.sqlcipher.connect import open_store
from waystation.store.sqlcipher.key import held_key, hold_key
from waystation.store.sqlcipher.upkeep import integrity_check
from waystation.vault import Device, LockedError, Opened, RecoverySecret, TamperedError, WrongSecretError


@dataclass(frozen=True)
class Findings:
    """What was found in a restored store: its tables, records without keys, and how many entries of the log were checked."""

    tables: Mapping[str, Table]
    without_keys: int
    entries: int


def check_store(path: Path, key: bytes, manifest: Manifest, keyring: Manifest | None, device: Device) -> Findings:
    """Check every page, every row against the signed list, and the whole log.

    Raises
    ------
    NotWholeError
        At the first of them that does not hold.
    """
    _hold(key)
    _check_pages(path, key)
    tables = tables_of(path, key)
    _compare(tables, manifest, keyring)
    entries = _check_log(path, manifest, device)
    return Findings(tables, _without_keys(path, key), entries)


def _hold(key: bytes) -> None:
    """Let Django open the store; a process that works with another one must not restore."""
    try:
        held = held_key()
    except LockedError:
        hold_key(key)
        return
    if held != key:
        raise RuleRefusedError("this process has another store open; restore from a process of its own")


def _check_pages(path: Path, key: bytes) -> None:
    try:
        faults = integrity_check(path, key)
    except (WrongSecretError, FileNotFoundError):
        raise NotWholeError("unreadable", "the store inside cannot be read with its key") from None
    if faults:
        raise NotWholeError("unreadable", f"the store inside is damaged in {len(faults)} places")


def _compare(tables: Mapping[str, Table], manifest: Manifest, keyring: Manifest | None) -> None:
    """Compare each table with what the live store had when the backup was made.

    Keys are compared only where store and keyring were backed up together: keys of records that came later are left out.
    """
    expected = dict(manifest.tables)
    if keyring is not None and keyring.sequence == manifest.sequence and keyring.made_at == manifest.made_at:
        expected |= keyring.tables
    different = sorted(name for name, table in expected.items() if tables.get(name) != table)
    unknown = sorted(tables.keys() - expected.keys() - keyring_tables())
    if different or unknown:
        raise NotWholeError("changed", f"tables differ from the signed list: {', '.join(different + unknown)}")


def _check_log(path: Path, manifest: Manifest, device: Device) -> int:
    with standing_in(path):
        _bring_up_to_date(manifest)
        try:
            point = Checkpoint.from_json(json.dumps(dict(manifest.checkpoint)))
        except TamperedError:
            raise NotWholeError("wrong_kind", "its checkpoint of the audit log cannot be read") from None
        head = Head.objects.get(pk=1)
        trusted = signers(bytes.fromhex(manifest.organisation), device.recovery_public.sign_public)
        entries = Entry.objects.order_by("seq").iterator(chunk_size=1000)
        faults = verify(entries, trusted, [point], head=(head.seq, bytes(head.digest)))
    if faults or point.seq != head.seq:
        where = f" from entry {faults[0].where} on: {faults[0].what}" if faults else ""
        raise NotWholeError("chain", f"the audit log inside does not hold{where}")
    return head.seq


def note_restored(path: Path, manifest: Manifest, secret: Secret, by: Opened | None, at: datetime) -> None:
    """Write into the restored log that and when it was restored; nothing where nobody can sign whom it knows as being here."""
    with standing_in(path):
        keyring = recovery_keyring(secret) if isinstance(secret, RecoverySecret) else _keyring_of(by)
        if keyring is not None:
            details: dict[str, Detail] = {"sequence": manifest.sequence, "made_at": manifest.made_at.isoformat()}
            append(keyring=keyring, kind="backup.restored", at=at, details=details)


def _keyring_of(by: Opened | None) -> Keyring | None:
    if by is None:
        return None
    keyring = keyring_of(by)
    person = person_of(keyring)
    return keyring if person is not None and person.card.sign_public == by.identity.sign_public else None


def _bring_up_to_date(manifest: Manifest) -> None:
    """Migrate a store that an older version made; refuse one that a newer version made."""
    loader = MigrationLoader(connections[LIVE])
    ours = {f"{app}.{name}" for app, name in loader.graph.nodes}
    theirs = set(manifest.schema)
    if theirs - ours:
        raise NotWholeError("wrong_kind", "a newer version of the program made it; restore it with that version")
    if ours - theirs:
        call_command("migrate", verbosity=0, interactive=False)


def _without_keys(path: Path, key: bytes) -> int:
    with closing(open_store(path, key, isolation_level=None)) as opened:
        query = "SELECT count(*) FROM store_record WHERE id NOT IN (SELECT record_id FROM store_grant)"
        return int(opened.execute(query).fetchone()[0])
