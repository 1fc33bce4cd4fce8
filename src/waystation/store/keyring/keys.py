"""The tier keys this process has opened, each checked before it is believed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import transaction

from waystation.store.keyring.finding import Finder, Found, Sought, parts
from waystation.store.keyring.places import Place
from waystation.store.keyring.trust import Trust
from waystation.store.models import TierKey
from waystation.store.tiers import Tier
from waystation.vault import Binding, NoKeyError, TamperedError, commitment, keyed_digest, open_sealed

KEY_BYTES: Final = 32
_MESSAGE: Final = b"waystation tier key 1\x00"


@dataclass(frozen=True)
class OpenKey:
    """A tier key in hand.

    Attributes
    ----------
    row
        The signed statement that it was checked against.
    versions
        This key and those before it, by version, as far as they are known.
    """

    key: bytes = field(repr=False)
    row: TierKey = field(repr=False)
    versions: Mapping[int, bytes] = field(default_factory=dict, repr=False)

    @property
    def version(self) -> int:
        """Which key of the tier this is, from 1."""
        return self.row.version

    @property
    def place(self) -> Place:
        """Of which tier of which record it is the key."""
        return Place(self.row.record_id, Tier(self.row.tier))

    def tag_of(self, person_id: UUID) -> bytes:
        """Return the mark on this person's grant."""
        return keyed_digest(self.key, person_id.bytes)

    def held(self) -> tuple[bytes, bytes | None]:
        """Return what is sealed with it: the secret half of the tier's box, and the key before this one or None."""
        plain = open_sealed(self.key, bytes(self.row.held_sealed), held_binding(self.row))
        return plain[:KEY_BYTES], plain[KEY_BYTES:] or None


def statement(row: TierKey) -> bytes:
    """Return what the maker of a key signs; every part has a fixed length but the last."""
    parts = (row.record_id.bytes, row.version.to_bytes(4, "big"), bytes(row.commitment), bytes(row.box_public))
    return _MESSAGE + b"".join(parts) + row.tier.encode()


def held_binding(row: TierKey) -> Binding:
    """Return where ``held_sealed`` of a key stands."""
    return Binding(TierKey._meta.db_table, row.record_id, f"{row.tier} held", row.version)


def demand_statement(row: TierKey, trust: Trust) -> None:
    """Raise TamperedError unless somebody trusted made this key."""
    trust.demand_signature(row.made_by, statement(row), bytes(row.signature))


class Keys:
    """Opens tier keys from grants and remembers them. A remembered key is used only while its row is unchanged.

    A key is believed if a trusted person signed its row, or if only a trusted person can have handed it over; in both cases
    the row's commitment is the key's. Before anything is sealed with it, or it is given on, the signature is checked in any
    case (`prove`).
    """

    def __init__(self, finder: Finder, trust: Trust) -> None:
        """Open what ``finder`` finds."""
        self._finder, self._trust = finder, trust
        self._open: dict[Place, dict[int, bytes]] = {}
        self._newest_seen: dict[Place, int] = {}
        self._proved: dict[Place, bytes] = {}

    def forget(self) -> None:
        """Drop every key. Only the end of the process is certain to remove them from memory."""
        self._open.clear()
        self._newest_seen.clear()
        self._proved.clear()

    def forget_places(self, places: Iterable[Place]) -> None:
        """Drop the keys of some tiers; they are opened again when they are asked for."""
        for place in places:
            self._open.pop(place, None)

    def remember(self, opened: OpenKey) -> None:
        """Keep a key that was made here, beside the older ones of its tier."""
        place = opened.place
        self._open[place] = {**self._open.get(place, {}), opened.version: opened.key}

    def remembered(self, place: Place, version: int) -> bytes | None:
        """Return a key that was opened before, without asking the database."""
        return self._open.get(place, {}).get(version)

    def newest(self, place: Place) -> OpenKey:
        """Return the newest key of a tier, as the database has it now.

        Raises
        ------
        NoKeyError
            If this person was not given it.
        TamperedError
            If the key is not the one a trusted person made, or an older one is shown as the newest.
        """
        found = self.newest_of([place]).get(place)
        if found is None:
            raise NoKeyError(f"this person holds no key of {place.tier} here")
        return found

    def newest_of(self, places: Collection[Place]) -> dict[Place, OpenKey]:
        """Return the newest key of each of many tiers; those this person was not given are left out. Two queries per 400 records.

        Raises
        ------
        TamperedError
            As `newest`.
        """
        wanted = set(places)
        chains = {
            place: chain for place, chain in _chains({each.record_id for each in wanted}).items() if place in wanted
        }
        found: dict[Place, OpenKey] = {}
        missing: dict[Place, list[TierKey]] = {}
        for place, chain in chains.items():
            self._demand_not_older(place, chain[-1].version)
            known = self._open.get(place, {})
            key = known.get(chain[-1].version)
            if key is not None and commitment(key) == bytes(chain[-1].commitment):
                found[place] = OpenKey(key, chain[-1], known)
            else:
                missing[place] = chain
        return found | self._opened(missing)

    def of_version(self, place: Place, version: int) -> bytes:
        """Return the key of one version, from memory if it was opened before.

        Raises
        ------
        NoKeyError
            If this person was not given the newest key.
        TamperedError
            As `newest`; also if no such version was ever made.
        """
        key = self.remembered(place, version) or self.newest(place).versions.get(version)
        if key is None:
            raise TamperedError("this was sealed with a key that nobody made")
        return key

    def held_in(self, record_ids: Collection[UUID], tiers: Collection[Tier] = tuple(Tier)) -> dict[Place, bool]:
        """Open the keys this person holds in many records, and remember them; tell of each whether a new one is owed.

        Four queries per 400 records and some 10 us for each key, as long as most were handed over and never renewed. What was
        tampered with is left out: whoever opens it alone is told.
        """
        found: dict[Place, bool] = {}
        for ids in parts(record_ids):
            try:
                found |= self._held_in(ids, tiers)
            except TamperedError:
                for place in (Place(each, tier) for each in ids for tier in tiers):
                    found |= {held: self.newest(held).row.stale for held in self._one_by_one([place])}
        return found

    def prove(self, opened: OpenKey) -> None:
        """See that somebody trusted signed for a key, before it seals anything or is given on; once for each key.

        Raises
        ------
        TamperedError
            If nobody did.
        """
        said = statement(opened.row) + bytes(opened.row.signature)
        if self._proved.get(opened.place) != said:
            demand_statement(opened.row, self._trust)
            self._proved[opened.place] = said

    def _held_in(self, record_ids: list[UUID], tiers: Collection[Tier]) -> dict[Place, bool]:
        newest: dict[Place, tuple[int, bytes, UUID, bool]] = {}
        columns = ("record_id", "tier", "version", "commitment", "made_by", "stale")
        rows = TierKey.objects.filter(record_id__in=record_ids, tier__in=list(tiers)).values_list(*columns)
        for row in rows:
            place = Place(row[0], Tier(row[1]))
            if place not in newest or newest[place][0] < row[2]:
                newest[place] = (row[2], bytes(row[3]), row[4], row[5])
        held, sought = set(), {}
        for place, (version, committed, made_by, _) in newest.items():
            key = self.remembered(place, version)
            if key is not None and self._not_older(place, version) and commitment(key) == committed:
                held.add(place)
            else:
                sought[place] = Sought(version, made_by)
        found = self._finder.find(sought)
        # Of a first key that a trusted person handed over, nothing is left to check but that it is the one of its row.
        first = {place for place, each in found.items() if each.vouched and newest[place][0] == 1}
        first = {
            place for place in first if self._not_older(place, 1) and commitment(found[place].key) == newest[place][1]
        }
        for place in first:
            self._open[place] = {1: found[place].key}
        transaction.on_commit(lambda: self._newest_seen.update(dict.fromkeys(first, 1)))
        held |= first | self._one_by_one(found.keys() - first)
        return {place: newest[place][3] for place in held}

    def _one_by_one(self, places: Collection[Place]) -> set[Place]:
        """Return those of some tiers whose newest key opens with all its checks."""
        found: set[Place] = set()
        try:
            return set(self.newest_of(places))
        except TamperedError:
            for place in places:
                try:
                    found |= self.newest_of([place]).keys()
                except TamperedError:
                    continue
        return found

    def _opened(self, chains: dict[Place, list[TierKey]]) -> dict[Place, OpenKey]:
        given = self._finder.find(
            {place: Sought(chain[-1].version, chain[-1].made_by) for place, chain in chains.items()}
        )
        found = {}
        for place, chain in chains.items():
            if place not in given:
                self._open.pop(place, None)
                continue
            key = self._believed(given[place], chain[-1])
            versions = self._checked_chain(key, chain)
            # Put in its place whole and never changed: several threads of one person share these.
            self._open[place] = versions
            found[place] = OpenKey(key, chain[-1], versions)
        return found

    def _believed(self, given: Found, row: TierKey) -> bytes:
        """Return a key that was found, if it is the one that a trusted person made or handed over."""
        if not given.vouched:
            demand_statement(row, self._trust)
        if len(given.key) != KEY_BYTES or commitment(given.key) != bytes(row.commitment):
            raise TamperedError("a grant holds another key than the one that was made")
        return given.key

    def _checked_chain(self, key: bytes, chain: list[TierKey]) -> dict[int, bytes]:
        """Return every version's key: each holds the one before it, so its maker held that one too."""
        keys = {}
        for row, before in zip(reversed(chain), [*reversed(chain[:-1]), None], strict=True):
            keys[row.version] = key
            older = OpenKey(key, row).held()[1]
            if (older is None) != (before is None):
                raise TamperedError("the keys of a tier do not follow each other")
            if older is None or before is None:
                break
            if before.version != row.version - 1 or commitment(older) != bytes(before.commitment):
                raise TamperedError("a key was made by somebody who did not hold the one before it")
            key = older
        return keys

    def _not_older(self, place: Place, version: int) -> bool:
        return version >= self._newest_seen.get(place, 0)

    def _demand_not_older(self, place: Place, version: int) -> None:
        if not self._not_older(place, version):
            raise TamperedError("the database shows an older key than before: it was put back")
        # Only what is certain to stay is remembered: a transaction that is rolled back takes its new key with it.
        transaction.on_commit(lambda: self._saw(place, version))

    def _saw(self, place: Place, version: int) -> None:
        self._newest_seen[place] = max(version, self._newest_seen.get(place, 0))


def _chains(record_ids: Collection[UUID]) -> dict[Place, list[TierKey]]:
    """Return the keys of all tiers of these records, oldest first."""
    found: dict[Place, list[TierKey]] = defaultdict(list)
    for ids in parts(record_ids):
        for row in TierKey.objects.filter(record_id__in=ids).order_by("version"):
            found[Place(row.record_id, Tier(row.tier))].append(row)
    return found
