"""Records that nobody has reason to open: whoever does is noticed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.accounts.models import HoneyMark
from waystation.accounts.permissions import Action
from waystation.accounts.queries import organisation
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.vault import keyed_digest


@transaction.atomic
def mark_honey(*, keyring: Keyring, record: Record, at: datetime) -> None:
    """Mark a record; marking it twice is marking it once."""
    demand(keyring, Action.HONEY_MARK, record)
    append(keyring=keyring, kind="honey.marked", at=at, record=record)
    HoneyMark.objects.get_or_create(digest=_digest(keyring, record))


@transaction.atomic
def unmark_honey(*, keyring: Keyring, record: Record, at: datetime) -> None:
    """Take the mark off a record."""
    demand(keyring, Action.HONEY_MARK, record)
    append(keyring=keyring, kind="honey.unmarked", at=at, record=record)
    HoneyMark.objects.filter(digest=_digest(keyring, record)).delete()


def is_honey(keyring: Keyring, record: Record) -> bool:
    """Tell whether a record is marked."""
    return HoneyMark.objects.filter(digest=_digest(keyring, record)).exists()


def honey_among(keyring: Keyring, records: Iterable[Record]) -> frozenset[UUID]:
    """Return the ids of those of some records that are marked; the key is opened once."""
    marked = {bytes(digest) for digest in HoneyMark.objects.values_list("digest", flat=True)}
    if not marked:
        return frozenset()
    key = _key(keyring)
    return frozenset(record.pk for record in records if keyed_digest(key, b"honey", record.pk.bytes) in marked)


def _key(keyring: Keyring) -> bytes:
    return bytes.fromhex(str(keyring.open(organisation(), "honey_key")["honey_key"]))


def _digest(keyring: Keyring, record: Record) -> bytes:
    return keyed_digest(_key(keyring), b"honey", record.pk.bytes)
