"""Send records to another office, in one signed file made out to it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from waystation.accounts.openings import open_fields, open_file
from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.audit.verify import checkpoint
from waystation.continuity.archive import Member, in_memory, on_disk
from waystation.continuity.bundle_format import (
    FILES,
    FORM,
    KIND,
    RECORDS,
    CarriedFile,
    CarriedRecord,
    CarriedRow,
    binding,
    file_binding,
)
from waystation.continuity.chunk_source import ChunkSource
from waystation.continuity.here import Here
from waystation.continuity.manifest import Manifest
from waystation.continuity.models import Office
from waystation.continuity.offices import demand_confirmed
from waystation.continuity.plain_fields import to_json
from waystation.continuity.sealed_tar import contents_of, write_sealed
from waystation.continuity.steps import Steps, quiet
from waystation.continuity.whole_file import working_folder
from waystation.kernel import BadInputError
from waystation.store.files import file_name
from waystation.store.models import Record, SealedFile, SealedModel, sealed_models
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError, new_key, seal, seal_stream, seal_to

MOST_RECORDS = 500


@dataclass(frozen=True)
class Sent:
    """A bundle that was written: its number on the way to that office, and how many fields could not be opened by who sent it."""

    path: Path
    sequence: int
    records: int
    files: int
    left_out: int


def bundle_out(
    *, here: Here, office_id: UUID, record_ids: Sequence[UUID], target: Path, at: datetime, steps: Steps = quiet
) -> Sent:
    """Write records to ``target`` for another office. What the sender may not open does not travel.

    Each field is opened (the log says so, the limits of openings hold) and sealed again under keys made for this bundle alone,
    one for each record and tier, which are sealed to the receiving office: no key of this store leaves it.

    Raises
    ------
    NotPermittedError, RuleRefusedError, SecondPersonNeededError
        If the person or the office may not.
    BadInputError
        If there are no records, too many, or one that is no case.
    """
    demand(here.keyring, Action.BUNDLE_SEND)
    chosen = list(dict.fromkeys(record_ids))
    if not 0 < len(chosen) <= MOST_RECORDS:
        raise BadInputError(f"a bundle holds 1 to {MOST_RECORDS} records")
    records = {record.pk: record for record in Record.objects.filter(pk__in=chosen, kind=KIND, shredded_at=None)}
    if len(records) != len(chosen):
        raise BadInputError("one of the records is no case, or was shredded")
    with transaction.atomic(), working_folder(here.data) as work:
        office = Office.objects.select_for_update(of=("self",)).get(pk=office_id)
        demand_confirmed(office)
        packing = _Packing(here, office, work, at)
        carried = []
        for done, record_id in enumerate(chosen):
            steps("open", done, len(chosen))
            carried.append(packing.record(records[record_id]))
        members = [in_memory(f"{RECORDS}{each.id.hex}", each.to_bytes()) for each in carried] + packing.members
        _write(here, office, carried, members, target, at, steps)
        sequence = office.next_out
        office.next_out += 1
        office.save(update_fields=("next_out",))
        details: dict[str, Detail] = {"office": str(office.pk), "sequence": sequence, "records": len(carried)}
        append(keyring=here.keyring, kind="bundle.sent", at=at, details=details)
    return Sent(target, sequence, len(carried), len(packing.members), packing.left_out)


class _Packing:
    """Opens records and seals them again for one office."""

    def __init__(self, here: Here, office: Office, work: Path, at: datetime) -> None:
        self.members: list[Member] = []
        self.left_out = 0
        self._here, self._office, self._work, self._at = here, office, work, at

    def record(self, record: Record) -> CarriedRecord:
        keys = {tier: new_key() for tier in Tier}
        rows = tuple(self._row(row, keys) for row in _rows_of(record))
        files = tuple(self._files(record, keys))
        used = {row.model.sealed_fields()[name].tier for row in rows for name in row.sealed} | {
            each.tier for each in files
        }
        box = bytes(self._office.box_public)
        return CarriedRecord(record.pk, {tier: seal_to(box, keys[tier]) for tier in used}, rows, files)

    def _row(self, row: SealedModel, keys: dict[Tier, bytes]) -> CarriedRow:
        sealed = {}
        for name, column in row.sealed_fields().items():
            if getattr(row, name) is None:
                continue
            if not self._may(row.record, column.tier):
                self.left_out += 1
                continue
            value = open_fields(keyring=self._here.keyring, row=row, fields=[name], at=self._at)[name]
            sealed[name] = seal(keys[column.tier], column.encode(value), binding(row, column))
        return CarriedRow(type(row), row.pk, to_json(row), sealed)

    def _may(self, record: Record, tier: Tier) -> bool:
        return self._here.keyring.may_open(record, tier)

    def _files(self, record: Record, keys: dict[Tier, bytes]) -> Iterable[CarriedFile]:
        for file in SealedFile.objects.filter(record=record).select_related("record").order_by("pk"):
            tier = Tier(file.tier)
            try:
                chunks = open_file(keyring=self._here.keyring, file=file, at=self._at)
                name = file_name(self._here.keyring, file)
            except NoKeyError:
                self.left_out += 1
                continue
            key, path = new_key(), self._work / file.pk.hex
            with path.open("wb") as target:
                source: BinaryIO = ChunkSource(chunks)  # type: ignore[assignment] # a raw stream that is only read
                seal_stream(key, source, target, file_binding(file.pk, "content"))
            self.members.append(on_disk(f"{FILES}{file.pk.hex}", path))
            name_sealed = seal(keys[tier], name.encode(), file_binding(file.pk, "name"))
            yield CarriedFile(file.pk, tier, name_sealed, seal(keys[tier], key, file_binding(file.pk, "key")))


def _rows_of(record: Record) -> Iterable[SealedModel]:
    for model in (model for model in sealed_models() if model.travels):
        yield from model._base_manager.filter(record=record).select_related("record").order_by("pk")


def _write(
    here: Here,
    office: Office,
    carried: Sequence[CarriedRecord],
    members: Sequence[Member],
    target: Path,
    at: datetime,
    steps: Steps,
) -> None:
    manifest = Manifest(
        form=FORM,
        organisation=here.opened.root_public.hex(),
        sequence=office.next_out,
        made_at=at,
        checkpoint=json.loads(checkpoint(here.keyring, at).to_json()),
        schema=(),
        tables={},
        members=contents_of(members, steps),
        more={
            "from": here.office.sign_public.hex(),
            "to": bytes(office.sign_public).hex(),
            "records": [str(each.id) for each in carried],
        },
    )
    write_sealed(target, manifest, members, office=here.office, recipients=[office.age_recipient], steps=steps)
