"""Write the log: entries, and the key pairs their payloads are sealed to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.audit.chain import START, box_message, entry_digest, entry_message
from waystation.audit.kinds import kind_named
from waystation.audit.models import Entry, Head, LogBox
from waystation.audit.payload import Detail, Payload, to_bytes
from waystation.audit.queries import current_box, demand_signed
from waystation.store.keyring import Keyring
from waystation.store.models import Record, TierKey
from waystation.store.tiers import Tier
from waystation.vault import TamperedError, new_box_pair, seal_to, sign

_AT_ONCE = 500
"""Rows in one statement."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one entry is to say; as the parameters of `append`."""

    kind: str
    at: datetime
    record: Record | None = None
    tier: Tier | None = None
    details: Mapping[str, Detail] = field(default_factory=dict)


@transaction.atomic
def begin_log(*, keyring: Keyring, record: Record, at: datetime) -> LogBox:
    """Make the empty log and its first key pair, whose secret half is sealed into ``record`` (kind audit).

    ``keyring`` must hold the record's evidence tier for now.
    """
    Head.objects.create(digest=START)
    return _new_box(keyring, record, at)


def append(
    *,
    keyring: Keyring,
    kind: str,
    at: datetime,
    record: Record | None = None,
    tier: Tier | None = None,
    details: Mapping[str, Detail] | None = None,
) -> Entry:
    """Write the next entry, in the same transaction as what it tells of.

    The end of the log is locked until that transaction ends, so that entries follow one another without fork or gap. Nothing is
    opened: the payload is sealed to the log's public key, and who writes need not be able to read.

    Parameters
    ----------
    kind
        One of `waystation.audit.kinds.KINDS`.
    details
        Names of fields, ids, codes, versions and counts; never what a sealed field holds.

    Raises
    ------
    UnknownKindError, TellingDetailError
        If the kind is not declared or a detail could be somebody's words. Nothing is written: let the transaction fail.
    """
    (entry,) = append_many(keyring=keyring, told=[Told(kind, at, record, tier, details or {})])
    return entry


@transaction.atomic
def append_many(*, keyring: Keyring, told: Iterable[Told]) -> list[Entry]:
    """Write the next entries one after another, the end of the log locked and moved once; raises as `append` does."""
    declared = [(each, kind_named(each.kind).name, _plain(each)) for each in told]
    head = Head.objects.select_for_update().get(pk=1)
    box = bytes(current_box(keyring).box_public)
    entries: list[Entry] = []
    seq, previous = head.seq, bytes(head.digest)
    for each, kind, plain in declared:
        entries.append(_entry(keyring, each.at, kind, seal_to(box, plain), seq + 1, previous))
        seq, previous = entries[-1].seq, bytes(entries[-1].digest)
    Entry.objects.bulk_create(entries, batch_size=_AT_ONCE)
    head.seq, head.digest = seq, previous
    head.save(update_fields=("seq", "digest"))
    return entries


def _plain(told: Told) -> bytes:
    return to_bytes(Payload(told.record.pk if told.record else None, told.tier, dict(told.details)))


def _entry(keyring: Keyring, at: datetime, kind: str, payload: bytes, seq: int, previous: bytes) -> Entry:
    signer = keyring.person_id
    digest = entry_digest(seq=seq, at=at, kind=kind, signer=signer, payload=payload, previous=previous)
    return Entry(
        seq=seq,
        at=at,
        kind=kind,
        signer=signer,
        payload=payload,
        previous=previous,
        digest=digest,
        signature=sign(keyring.identity, entry_message(digest)),
    )


@transaction.atomic
def renew_box(*, keyring: Keyring, at: datetime) -> LogBox | None:
    """Make a new key pair if somebody who could read the log no longer may, and this keyring can; else None.

    A reader who left knows the old secret half: what is written from now on is sealed to another.
    """
    newest = LogBox.objects.select_related("record").order_by("-number").first()
    if newest is None or not keyring.may_open(newest.record, Tier.EVIDENCE):
        return None
    if newest.key_version == _key_version(newest.record):
        return None
    box = _new_box(keyring, newest.record, at, newest.number + 1)
    append(keyring=keyring, kind="log.key_renewed", at=at, record=box.record, details={"number": box.number})
    return box


@transaction.atomic
def sign_boxes_again(*, keyring: Keyring, made_by: UUID) -> None:
    """Vouch for the key pairs that somebody made whose keys are about to be replaced; a forged one is left as it is."""
    for box in LogBox.objects.filter(made_by=made_by):
        try:
            demand_signed(keyring, box)
        except TamperedError:
            continue
        message = box_message(number=box.number, box_public=bytes(box.box_public))
        box.made_by, box.signature = keyring.person_id, sign(keyring.identity, message)
        box.save(update_fields=("made_by", "signature"))


def _new_box(keyring: Keyring, record: Record, at: datetime, number: int = 1) -> LogBox:
    pair = new_box_pair()
    box = LogBox(record=record, number=number, box_public=pair.public, made_by=keyring.person_id, made_at=at)
    box.key_version = _key_version(record)
    box.signature = sign(keyring.identity, box_message(number=number, box_public=pair.public))
    keyring.seal(box, box_secret=pair.secret.hex())
    box.save(force_insert=True)
    return box


def _key_version(record: Record) -> int:
    """Return the newest version of the record's evidence key."""
    versions = TierKey.objects.filter(record=record, tier=Tier.EVIDENCE).order_by("-version")
    return versions.values_list("version", flat=True)[0]
