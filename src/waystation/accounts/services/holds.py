from datetime import datetime

from django.db import transaction

from waystation.accounts.errors import HeldError
from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.accounts.services.leave import spend_leave
from waystation.audit.services import append
from waystation.store.keyring import Keyring
from waystation.store.models import Record


@transaction.atomic
def set_hold(*, keyring: Keyring, record: Record, at: datetime) -> None:
    """Put a record on legal hold: nothing shreds it until two people release it."""
    person = demand(keyring, Action.RECORD_HOLD, record)
    record = Record.objects.select_for_update().get(pk=record.pk)
    append(keyring=keyring, kind="hold.set", at=at, record=record)
    record.hold, record.hold_by = True, person.pk
    record.save(update_fields=("hold", "hold_by"))


@transaction.atomic
def release_hold(*, keyring: Keyring, record: Record, at: datetime) -> None:
    """Release a record from legal hold, with a second person's leave (purpose ``release``).

    Raises
    ------
    SecondPersonNeededError
        If nobody has given it within the hour.
    """
    demand(keyring, Action.RECORD_RELEASE, record)
    record = Record.objects.select_for_update().get(pk=record.pk)
    spend_leave(keyring=keyring, purpose="release", record=record, at=at)
    append(keyring=keyring, kind="hold.released", at=at, record=record)
    record.hold, record.hold_by = False, None
    record.save(update_fields=("hold", "hold_by"))


@transaction.atomic
def shred_record(*, keyring: Keyring, record: Record, at: datetime) -> None:
    """Destroy a record's keys and sealed fields for good, with a second person's leave (purpose ``shred``).

    Raises
    ------
    HeldError
        If the record is on legal hold.
    SecondPersonNeededError
        If nobody has given leave within the hour.
    """
    demand(keyring, Action.RECORD_SHRED, record)
    record = Record.objects.select_for_update().get(pk=record.pk)
    if record.hold:
        raise HeldError("the record is on legal hold: two people must release it first")
    spend_leave(keyring=keyring, purpose="shred", record=record, at=at)
    append(keyring=keyring, kind="record.shredded", at=at, record=record)
    keyring.shred(record, at=at)
