"""Very many new records at once, their rows sealed with keys in hand and written many at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from waystation.kernel import BadInputError
from waystation.store.keyring.keys import OpenKey
from waystation.store.keyring.making import grant_rows, save_grants, unsaved_key
from waystation.store.keyring.places import Place
from waystation.store.keyring.reach import Reach
from waystation.store.keyring.sealing import encoded, named_fields, place_of, sealed_value
from waystation.store.models import Grant, Record, SealedModel, TierKey
from waystation.store.retention import KINDS
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, NoKeyError

ROWS_AT_ONCE = 500
"""Rows in one statement."""


class NewRecords:
    """Records that were made in the transaction that is going on, with the keys their maker keeps of them.

    Nobody else can have renewed a key that nobody else has seen: so what is sealed here with the first key may be written in
    bulk, within the same transaction. Let it go when that ends.
    """

    def __init__(self, records: Sequence[Record], keys: Mapping[Place, OpenKey]) -> None:
        """Hold records and the newest keys of their tiers."""
        self.records = tuple(records)
        self._keys = dict(keys)

    def holds(self, record: Record, tier: Tier) -> bool:
        """Tell whether the maker keeps a tier's key."""
        return Place(record.pk, tier) in self._keys

    def seal(self, row: SealedModel, values: Mapping[str, object]) -> None:
        """Seal values into a row of one of these records, as `Keyring.seal` does; raises as it does."""
        plain = encoded(row, values)
        fields = named_fields(row, values)
        missing = [field.tier for field in fields if place_of(row, field) not in self._keys]
        if missing:
            raise NoKeyError(f"this person holds no key of {missing[0]} here")
        for field in fields:
            key, value = self._keys[place_of(row, field)], plain[field.name]
            setattr(row, field.name, None if value is None else sealed_value(row, field, key.version, key.key, value))


def new_records(
    reach: Reach,
    *,
    kind: str,
    recipients: Mapping[UUID, Collection[Tier]],
    team_id: UUID | None,
    at: Sequence[datetime],
) -> NewRecords:
    """Make a record for each moment of ``at``, all given to the same people; raises as `Keyring.create_record` does."""
    if kind not in KINDS:
        raise BadInputError("no retention rule covers this kind of record: add one to waystation.store.retention")
    reach.know(recipients)
    mine = reach.identity.person_id
    records = [Record(id=uuid4(), kind=kind, team_id=team_id, created_at=moment) for moment in at]
    rows: list[TierKey] = []
    grants: list[Grant] = []
    kept: dict[Place, OpenKey] = {}
    for record in records:
        for tier in Tier:
            opened = unsaved_key(reach.identity, Place(record.pk, tier), before=None, at=record.created_at)
            people = {person_id for person_id, tiers in recipients.items() if tier in tiers}
            grants += grant_rows(opened, reach.trust, people | {RECOVERY}, reach.handings if mine in people else None)
            rows.append(opened.row)
            if mine in people:
                kept[opened.place] = opened
    Record.objects.bulk_create(records, batch_size=ROWS_AT_ONCE)
    TierKey.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    save_grants(grants)
    return NewRecords(records, kept)


def write_new(rows: Iterable[SealedModel]) -> None:
    """Write rows of new records, of one kind, in few statements."""
    listed = list(rows)
    if listed:
        type(listed[0])._default_manager.bulk_create(listed, batch_size=ROWS_AT_ONCE)
