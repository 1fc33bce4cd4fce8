from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from typing import Self
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from waystation.kernel import BadInputError
from waystation.store.keyring import changes
from waystation.store.keyring.making import grant_rows, make_key, save_grants
from waystation.store.keyring.new_records import NewRecords, new_records
from waystation.store.keyring.once import ReachOnce
from waystation.store.keyring.places import Place
from waystation.store.keyring.reach import Reach
from waystation.store.keyring.rotation import Taken
from waystation.store.keyring.sealing import (
    encoded,
    named_fields,
    opened_row,
    opened_rows,
    opened_values,
    place_of,
    sealed_value,
)
from waystation.store.keyring.sealing import versions as versions_of
from waystation.store.keyring.shredding import shred_records
from waystation.store.keyring.trust import Trust
from waystation.store.models import Grant, Record, SealedModel
from waystation.store.retention import KINDS
from waystation.store.sealed_value import SealedValue
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, Card, Identity, RecoveryPublic, TamperedError


class Keyring:
    """What one unlocked person holds in memory: their identity, the cards they believe, and the keys opened so far.

    Every change of keys is one transaction with the record's row locked, and so is sealing when it happens inside a transaction:
    whoever seals and saves in one transaction always does so with the newest key.
    """

    def __init__(
        self,
        identity: Identity,
        root_public: bytes,
        recovery: RecoveryPublic,
        cards: Mapping[UUID, Card],
        *,
        former: Iterable[Card] = (),
        more_cards: Callable[[], Iterable[Card]] | None = None,
    ) -> None:
        """Hold an identity's keys.

        Parameters
        ----------
        cards
            Trusted cards by person, from `waystation.vault.trusted_cards`.
        former
            Cards people had before they were given new keys: what they signed then stays signed. Only those that a chain leads to
            are believed.
        more_cards
            Returns every card in the store, checked or not: asked when a key has a holder who joined since this keyring was made.
        """
        self.identity = identity
        self._trust = Trust(root_public, recovery, cards, former)
        self._reach = Reach(identity, self._trust, more_cards)

    def __repr__(self) -> str:
        return f"<Keyring of {self.person_id}>"

    @property
    def person_id(self) -> UUID:
        """Whose keyring this is."""
        return self.identity.person_id

    @property
    def root_public(self) -> bytes:
        """The root's signing key, from which every card's chain starts."""
        return self._trust.root_public

    @property
    def recovery(self) -> RecoveryPublic:
        """The organisation's recovery key, public halves."""
        return self._trust.recovery

    @property
    def cards(self) -> dict[UUID, Card]:
        """The cards that are believed, by person; a copy."""
        return dict(self._trust.cards)

    def learn_card(self, card: Card) -> None:
        """Believe a card that was made since this keyring was; TamperedError if no chain leads to it."""
        self._trust.learn(card)

    def forget(self) -> None:
        """Drop every opened key. Only the end of the process is certain to remove them from memory."""
        self._reach.keys.forget()

    def once(self) -> Self:
        """Return the same keyring for the reading of one page: what is asked of a record's keys is asked of the database once.

        It seals and gives nothing (BrokenPromiseError). Keep it no longer than one request takes.
        """
        made = copy(self)
        made._reach = ReachOnce(self._reach)
        return made

    @contextmanager
    def locked(self, record: Record) -> Iterator[Record]:
        """Lock a record's keys until the transaction ends; yields the record as it is now.

        A service that seals and saves enters this before it locks anything else, so that two services never wait for each other.
        """
        with transaction.atomic():
            yield changes.lock(record.pk)

    def create_record(
        self,
        *,
        kind: str,
        recipients: Mapping[UUID, Collection[Tier]],
        team_id: UUID | None = None,
        at: datetime,
        record_id: UUID | None = None,
    ) -> Record:
        """Make a record and a key for each of its tiers, given to ``recipients`` and to the recovery key.

        The maker keeps the tiers that are named for them and no others.

        Raises
        ------
        BadInputError
            If no retention rule covers the kind, or a recipient has no trusted card. Nothing is made.
        """
        if kind not in KINDS:
            raise BadInputError("no retention rule covers this kind of record: add one to waystation.store.retention")
        self._reach.know(recipients)
        with transaction.atomic():
            record = Record.objects.create(id=record_id or uuid4(), kind=kind, team_id=team_id, created_at=at)
            grants: list[Grant] = []
            for tier in Tier:
                opened = make_key(self.identity, Place(record.pk, tier), before=None, at=at)
                people = {person_id for person_id, tiers in recipients.items() if tier in tiers}
                giver = self._reach.handings if self.person_id in people else None
                grants += grant_rows(opened, self._trust, people | {RECOVERY}, giver)
                if self.person_id in people:
                    self._reach.keys.remember(opened)
            save_grants(grants)
        return record

    def create_records(
        self,
        *,
        kind: str,
        recipients: Mapping[UUID, Collection[Tier]],
        team_id: UUID | None = None,
        at: Sequence[datetime],
    ) -> NewRecords:
        """Make a record for each moment of ``at``, in the transaction that is going on, which writes their rows as well.

        Their keys are not remembered: what is made by the ten thousand is not all kept in memory. Raises as `create_record`.
        """
        with transaction.atomic():
            return new_records(self._reach, kind=kind, recipients=recipients, team_id=team_id, at=at)

    @sensitive_variables()
    def seal(self, row: SealedModel, **values: object) -> None:
        """Seal values into a row's fields, without saving. None takes a value away.

        Seal and save in one transaction: then the key is the newest whatever others do. Otherwise the save may be refused.

        Raises
        ------
        BadInputError
            If values break their fields' rules; all are named, none is shown. Nothing is sealed.
        NoKeyError
            If this keyring does not hold a tier. Nothing is sealed.
        """
        plain = encoded(row, values)
        fields = named_fields(row, values)
        if connection.in_atomic_block:
            changes.lock(row.record_id)
        usable = self._reach.usable({place_of(row, field) for field in fields})
        for place in {place_of(row, field) for field in fields}:
            self._reach.prove(place, usable)
        for field in fields:
            value, key = plain[field.name], usable[place_of(row, field)]
            setattr(row, field.name, None if value is None else sealed_value(row, field, key.version, key.key, value))

    @sensitive_variables()
    def open(self, row: SealedModel, *fields: str) -> dict[str, object]:
        """Open fields of a row, all of them if none is named. None stands where nothing was ever given.

        Raises
        ------
        NoKeyError
            If this keyring does not hold a tier.
        TamperedError
            If a value was changed, moved, or sealed with another key.
        """
        names = fields or tuple(row.sealed_fields())
        wanted = versions_of([row], names)
        try:
            return opened_row(row, names, self._reach.keys_for(wanted))
        except TamperedError:
            # A key from a transaction that was undone may be remembered under a version that was made again since.
            self._reach.keys.forget_places(place for place, _ in wanted)
            return opened_row(row, names, self._reach.keys_for(wanted))

    @sensitive_variables()
    def open_many(self, rows: Iterable[SealedModel], *fields: str) -> dict[UUID, dict[str, object]]:
        """Open the same fields of many rows, with a few queries in all; rows this keyring holds no key for are left out.

        Returns
        -------
        dict[UUID, dict[str, object]]
            By the row's id, in the order given.

        Raises
        ------
        TamperedError
            If a value of any row was changed.
        """
        rows = list(rows)
        wanted = versions_of(rows, fields)
        try:
            return opened_rows(rows, fields, self._reach.keys_for(wanted))
        except TamperedError:
            self._reach.keys.forget_places(place for place, _ in wanted)
            return opened_rows(rows, fields, self._reach.keys_for(wanted))

    @sensitive_variables()
    def open_values(
        self, model: type[SealedModel], field: str, values: Iterable[tuple[UUID, UUID, SealedValue]]
    ) -> dict[UUID, object]:
        """Open one field of very many rows with keys that are in memory (`tiers_in` brings them there), without any query.

        Ask `tiers_in` which tiers may be opened now, and give only values of those. What does not open is left out.
        """
        return opened_values(model, field, values, self._reach.keys.remembered)

    def may_open(self, record: Record, tier: Tier) -> bool:
        """Tell whether this keyring holds the newest key of a tier, and nobody has taken it."""
        return bool(self._reach.usable([Place(record.pk, tier)]))

    def tiers_of(self, record: Record) -> frozenset[Tier]:
        """Return the tiers this keyring may open."""
        return frozenset(place.tier for place in self._reach.usable([Place(record.pk, tier) for tier in Tier]))

    def tiers_of_many(self, records: Iterable[Record]) -> dict[UUID, frozenset[Tier]]:
        """Return the tiers this keyring may open of each of many records, with a few queries in all."""
        return self.tiers_in(record.pk for record in records)

    def tiers_in(
        self, record_ids: Iterable[UUID], tiers: Collection[Tier] = tuple(Tier)
    ) -> dict[UUID, frozenset[Tier]]:
        """Return the same by the records' ids, of some tiers; their keys are open afterwards, at some 10 us for each."""
        found: dict[UUID, set[Tier]] = {record_id: set() for record_id in record_ids}
        for place in self._reach.usable_in(list(found), tiers):
            found[place.record_id].add(place.tier)
        return {record_id: frozenset(tiers) for record_id, tiers in found.items()}

    def withdrawn(self, record: Record, person_id: UUID) -> frozenset[Tier]:
        """Return the tiers whose key is to be taken from somebody by the next holder, as far as this keyring can read it."""
        held = self._reach.keys.newest_of([Place(record.pk, tier) for tier in Tier])
        return frozenset(place.tier for place, key in held.items() if person_id in self._reach.leaving(place, key))

    def holders(self, record: Record, tier: Tier) -> frozenset[UUID]:
        """Return the people who hold a tier's newest key and are not about to lose it; the recovery key is not a person.

        Raises
        ------
        NoKeyError
            If this keyring does not hold it: then nobody can tell.
        """
        place = Place(record.pk, tier)
        opened = self._reach.demand(place)
        return frozenset(self._reach.holders(place, opened)[0] - self._reach.leaving(place, opened) - {RECOVERY})

    def holders_of_many(self, records: Iterable[Record]) -> dict[UUID, dict[Tier, frozenset[UUID]]]:
        """Return the holders of every tier this keyring may open, of many records, with a few queries in all."""
        ids = [record.pk for record in records]
        usable = self._reach.usable([Place(record_id, tier) for record_id in ids for tier in Tier])
        holders, leaving = self._reach.holders_of_many(usable), self._reach.leaving_of_many(usable)
        found: dict[UUID, dict[Tier, frozenset[UUID]]] = {record_id: {} for record_id in ids}
        for place in usable:
            found[place.record_id][place.tier] = frozenset(holders[place][0] - leaving[place] - {RECOVERY})
        return found

    def demand_key(self, record: Record, tier: Tier) -> tuple[int, bytes]:
        """Return the newest key of a tier and its version, for what is sealed outside of rows; NoKeyError."""
        opened = self._reach.demand(Place(record.pk, tier))
        return opened.version, opened.key

    def key_of_version(self, record_id: UUID, tier: Tier, version: int) -> bytes:
        """Return the key of one version of a tier; NoKeyError, TamperedError."""
        place = Place(record_id, tier)
        return self._reach.keys_for([(place, version)])(place, version)

    def give(self, record: Record, tier: Tier, to: Card) -> None:
        """Give somebody the newest key of a tier; nothing happens if they hold it already.

        Raises
        ------
        NoKeyError
            If this keyring does not hold it.
        TamperedError
            If the receiver's card is not trusted.
        """
        changes.give(self._reach, Place(record.pk, tier), to)

    def hand_over(self, record: Record, tier: Tier) -> int:
        """Let everybody who holds a tier's key find it at once; return how many could not before. NoKeyError if not held here."""
        return changes.hand_over(self._reach, Place(record.pk, tier))

    def take(self, record: Record, tier: Tier, person_id: UUID, *, at: datetime) -> Taken:
        """Take a tier's key from somebody. What they already read cannot be recalled.

        If this keyring holds the tier, a new key is made, everything is sealed again and given to those who stay. Otherwise a
        signed withdrawal is left: the person's own keyring refuses from then on, and the next holder makes the new key.

        Raises
        ------
        NoKeyError
            If the record's keys were destroyed.
        """
        return changes.take(self._reach, Place(record.pk, tier), person_id, at)

    def renew_stale(self, *, at: datetime, record_ids: Collection[UUID] | None = None) -> int:
        """Make the keys that are owed in some records, or all, as far as they can be opened here; return how many were made."""
        return changes.renew_stale(self._reach, at, record_ids)

    def sealed_only(self, record_ids: Collection[UUID] | None = None) -> set[tuple[UUID, Tier]]:
        """Return the tiers of some records, or of all, with grants that their receivers find by trying alone (`hand_over`)."""
        bare = Grant.objects.filter(hint=None)
        if record_ids is not None:
            bare = bare.filter(record_id__in=list(record_ids))
        return {(record_id, Tier(tier)) for record_id, tier in bare.values_list("record_id", "tier").distinct()}

    def shred(self, *records: Record, at: datetime) -> None:
        """Destroy records' keys, sealed values and files, for good; RuleRefusedError if one is on legal hold."""
        shred_records(records, self.person_id, at)
        self._reach.keys.forget_places(Place(record.pk, tier) for record in records for tier in Tier)
