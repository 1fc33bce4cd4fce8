"""Take in what another office sent: all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.queries import recipients_for
from waystation.accounts.services.demands import demand
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.continuity.bundle_format import (
    FILES,
    FORM,
    KIND,
    LARGEST_RECORD,
    LIMITS,
    MOST_ROWS,
    RECORDS,
    CarriedRecord,
    record_from_bytes,
)
from waystation.continuity.bundle_opening import OpenedRecord, open_record, take_file
from waystation.continuity.errors import NotWholeError
from waystation.continuity.here import Here
from waystation.continuity.manifest import Manifest, read_manifest
from waystation.continuity.models import Office
from waystation.continuity.sealed_tar import Taken, kept_in_memory, read_sealed
from waystation.continuity.steps import Steps, quiet
from waystation.continuity.whole_file import working_folder
from waystation.store.files import remove_files
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import WrongSecretError


@dataclass(frozen=True)
class Received:
    """A bundle that was taken in: from which office, its number, and the records that are here now."""

    office_id: UUID
    sequence: int
    records: tuple[UUID, ...]
    files: int


def bundle_in(*, here: Here, source: Path, at: datetime, accept_gap: bool = False, steps: Steps = quiet) -> Received:
    """Check a bundle from beginning to end, then make its records here, with new keys for the people the permission table names.

    Parameters
    ----------
    accept_gap
        Go on although a bundle that was sent before was never received: a person has decided that it is lost.

    Raises
    ------
    NotWholeError
        For one clear fault: `waystation.continuity.errors.FAULTS`. Nothing was taken in, and the log says that it was refused.
    NotPermittedError
        If the person may not.
    """
    person = demand(here.keyring, Action.BUNDLE_RECEIVE)
    require_confirmed_recovery()
    try:
        with working_folder(here.data) as work:
            return _taken_in(here, person, source, work, at, accept_gap, steps)
    except NotWholeError as error:
        append_refusal(here, error.fault, at)
        raise


@transaction.atomic
def append_refusal(here: Here, fault: str, at: datetime) -> None:
    """Say in the log that a bundle was refused, and why."""
    append(keyring=here.keyring, kind="bundle.refused", at=at, details={"fault": fault})


def _taken_in(
    here: Here, person: Person, source: Path, work: Path, at: datetime, accept_gap: bool, steps: Steps
) -> Received:
    taken, contents = _read(here, source, work, steps)
    office, manifest = _sender(here, taken)
    taken.demand(manifest)
    records = _records(manifest, contents)
    kept: list[UUID] = []
    try:
        with transaction.atomic():
            office = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
            _demand_turn(office, manifest.sequence, accept_gap)
            for done, record in enumerate(records):
                steps("take", done, len(records))
                _make(here, person, open_record(record, here.office), work, at, kept)
            office.next_in = manifest.sequence + 1
            office.save(update_fields=("next_in",))
            details: dict[str, Detail] = {
                "office": str(office.pk),
                "sequence": manifest.sequence,
                "records": len(records),
            }
            append(keyring=here.keyring, kind="bundle.received", at=at, details=details)
    except BaseException:
        remove_files(kept)
        raise
    return Received(office.pk, manifest.sequence, tuple(record.id for record in records), len(kept))


def _read(here: Here, source: Path, work: Path, steps: Steps) -> tuple[Taken, dict[str, bytes]]:
    """Read the whole file: records into memory, files to where they can be thrown away."""
    if source.stat().st_size > LIMITS.whole + (LIMITS.whole >> 8):
        raise NotWholeError("too_large", "the file is larger than a bundle may be")
    kept: dict[str, object] = {}
    sizes = [0]

    def receive(name: str, size: int) -> BinaryIO:
        if name.startswith(RECORDS) and size <= LARGEST_RECORD and _is_id(name.removeprefix(RECORDS)):
            sizes[0] += size
            if sizes[0] > 4 * LARGEST_RECORD:
                raise NotWholeError("too_large", "the records inside are larger than is accepted")
            kept[name] = kept_in_memory()
            return kept[name]  # type: ignore[return-value] # what was just put there
        if name.startswith(FILES) and _is_id(name.removeprefix(FILES)):
            return (work / name.removeprefix(FILES)).open("xb")
        raise NotWholeError("bad_name", "it holds something that no bundle holds")

    try:
        with source.open("rb") as file:
            taken = read_sealed(file, here.opened.office_secret, receive, LIMITS, steps)
    except WrongSecretError:
        raise NotWholeError("stranger", "this bundle is not made out to this office") from None
    return taken, {name: bytes(each.content) for name, each in kept.items()}  # type: ignore[attr-defined] # in memory


def _is_id(name: str) -> bool:
    try:
        return UUID(hex=name).hex == name
    except ValueError:
        return False


def _sender(here: Here, taken: Taken) -> tuple[Office, Manifest]:
    """Return the office whose signature the bundle bears, and its list, if it is meant for this office."""
    for office in Office.objects.filter(removed_at=None, confirmed_at__isnull=False):
        public = bytes(office.sign_public)
        try:
            manifest = read_manifest(taken.manifest, taken.signature, public, FORM)
        except NotWholeError as error:
            if error.fault != "stranger":
                raise
            continue
        if (manifest.more.get("from"), manifest.more.get("to")) != (public.hex(), here.office.sign_public.hex()):
            raise NotWholeError("stranger", "this bundle was made for another office")
        return office, manifest
    raise NotWholeError("stranger", "this bundle is signed by no office that two people here have confirmed")


def _demand_turn(office: Office, sequence: int, accept_gap: bool) -> None:
    if sequence < office.next_in:
        raise NotWholeError("replayed", f"bundle {sequence} of this office was received before")
    if sequence > office.next_in and not accept_gap:
        raise NotWholeError(
            "gap", f"bundle {office.next_in} of this office has not been received yet; this is {sequence}"
        )


def _records(manifest: Manifest, contents: dict[str, bytes]) -> list[CarriedRecord]:
    """Read every record, and see that they are those of the list, with all of their files, and new here."""
    records = [record_from_bytes(content) for content in contents.values()]
    named = {f"{RECORDS}{record.id.hex}" for record in records}
    files = [f"{FILES}{file.id.hex}" for record in records for file in record.files]
    listed = manifest.more.get("records")
    if listed != [str(record.id) for record in records] or named | set(files) != set(manifest.members):
        raise NotWholeError("changed", "what is inside is not what its signed list says")
    if len(set(files)) != len(files) or sum(len(record.rows) for record in records) > MOST_ROWS:
        raise NotWholeError("too_large", "there are more rows or files inside than is accepted")
    if Record.objects.filter(pk__in=[record.id for record in records]).exists():
        raise NotWholeError("replayed", "a record inside is here already; nothing is written over it")
    return records


def _make(here: Here, person: Person, opened: OpenedRecord, work: Path, at: datetime, kept: list[UUID]) -> None:
    """Make a record with keys of its own. Whoever takes it in lets go at once of the tiers that are not theirs."""
    keyring = here.keyring
    recipients = dict(recipients_for(person.team_id, person, keyring))
    mine = recipients.get(person.pk, frozenset())
    recipients[person.pk] = mine | opened.tiers
    record = keyring.create_record(kind=KIND, recipients=recipients, team_id=person.team_id, at=at, record_id=opened.id)
    for row in opened.rows:
        made = row.model(id=row.id, record=record, **row.plain)
        _find_free_code(made)
        keyring.seal(made, **row.values)
        made.save(force_insert=True)
    for file in opened.files:
        kept += [take_file(keyring, record, file, work, at)]
    append(keyring=keyring, kind="record.made", at=at, record=record, details={"from": "bundle"})
    _let_go(here, record, sorted(opened.tiers - mine), at)


def _let_go(here: Here, record: Record, tiers: Sequence[Tier], at: datetime) -> None:
    for tier in tiers:
        here.keyring.take(record, tier, here.keyring.person_id, at=at)


def _find_free_code(row: object) -> None:
    """Give a row whose code is in use here already a number behind it."""
    code = getattr(row, "code", None)
    if not isinstance(code, str):
        return
    manager, number = type(row)._base_manager, 2  # type: ignore[attr-defined] # every row has one
    free = code
    while manager.filter(code=free).exists():
        free = f"{code[:16]}-{number}"
        number += 1
    row.code = free  # type: ignore[attr-defined] # it has one
