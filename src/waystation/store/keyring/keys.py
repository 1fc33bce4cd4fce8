"""The tier keys this process has opened, each checked before it is believed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from waystation.store.keyring.trust import Trust
from waystation.store.models import Grant, TierKey
from waystation.store.tiers import Tier
from waystation.vault import (
    Binding,
    Identity,
    NoKeyError,
    TamperedError,
    commitment,
    keyed_digest,
    open_box,
    open_sealed,
)

KEY_BYTES: Final = 32
AT_ONCE: Final = 400
"""Ids in one query: well below what any database takes."""
_MESSAGE: Final = b"waystation tier key 1\x00"


class Place(NamedTuple):
    """One tier of one record."""

    record_id: UUID
    tier: Tier


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
    """Opens tier keys from grants, by trial, and remembers them. A remembered key is used only while its row is unchanged."""

    def __init__(self, identity: Identity, trust: Trust) -> None:
        """Open what is sealed to ``identity``."""
        self._identity, self._trust = identity, trust
        self._open: dict[Place, dict[int, bytes]] = {}
        self._newest_seen: dict[Place, int] = {}

    def forget(self) -> None:
        """Drop every key. Only the end of the process is certain to remove them from memory."""
        self._open.clear()
        self._newest_seen.clear()

    def forget_places(self, places: Iterable[Place]) -> None:
        """Drop the keys of some tiers; they are opened again when they are asked for."""
        for place in places:
            self._open.pop(place, None)

    def remember(self, opened: OpenKey) -> None:
        """Keep a key that was made here, beside the older ones of its tier."""
        place = Place(opened.row.record_id, Tier(opened.row.tier))
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

    def _opened(self, chains: dict[Place, list[TierKey]]) -> dict[Place, OpenKey]:
        grants = _grants({place: chain[-1].version for place, chain in chains.items()})
        found = {}
        for place, chain in chains.items():
            key = self._tried(grants[place], chain[-1])
            if key is None:
                self._open.pop(place, None)
                continue
            versions = self._checked_chain(key, chain)
            # Put in its place whole and never changed: several threads of one person share these.
            self._open[place] = versions
            found[place] = OpenKey(key, chain[-1], versions)
        return found

    def _tried(self, grants: Iterable[bytes], row: TierKey) -> bytes | None:
        """Try the grants; the one that opens must hold the key that a trusted person signed for."""
        for sealed in grants:
            try:
                key = open_box(self._identity.box_secret, sealed, self._identity.box_public)
            except NoKeyError:
                continue
            demand_statement(row, self._trust)
            if len(key) != KEY_BYTES or commitment(key) != bytes(row.commitment):
                raise TamperedError("a grant holds another key than the one that was made")
            return key
        return None

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

    def _demand_not_older(self, place: Place, version: int) -> None:
        if version < self._newest_seen.get(place, 0):
            raise TamperedError("the database shows an older key than before: it was put back")
        # Only what is certain to stay is remembered: a transaction that is rolled back takes its new key with it.
        transaction.on_commit(lambda: self._saw(place, version))

    def _saw(self, place: Place, version: int) -> None:
        self._newest_seen[place] = max(version, self._newest_seen.get(place, 0))


def _chains(record_ids: Collection[UUID]) -> dict[Place, list[TierKey]]:
    """Return the keys of all tiers of these records, oldest first."""
    found: dict[Place, list[TierKey]] = defaultdict(list)
    for ids in _parts(record_ids):
        for row in TierKey.objects.filter(record_id__in=ids).order_by("version"):
            found[Place(row.record_id, Tier(row.tier))].append(row)
    return found


def _grants(versions: dict[Place, int]) -> dict[Place, list[bytes]]:
    """Return the sealed keys of each tier's newest version."""
    found: dict[Place, list[bytes]] = defaultdict(list)
    for ids in _parts({place.record_id for place in versions}):
        rows = Grant.objects.filter(record_id__in=ids).values_list("record_id", "tier", "version", "sealed")
        for record_id, tier, version, sealed in rows:
            place = Place(record_id, Tier(tier))
            if versions.get(place) == version:
                found[place].append(bytes(sealed))
    return found


def tags_of(versions: dict[Place, int]) -> dict[Place, set[bytes]]:
    """Return the tags on the grants of each tier's key."""
    found: dict[Place, set[bytes]] = {place: set() for place in versions}
    for ids in _parts({place.record_id for place in versions}):
        rows = Grant.objects.filter(record_id__in=ids).values_list("record_id", "tier", "version", "tag")
        for record_id, tier, version, tag in rows:
            place = Place(record_id, Tier(tier))
            if versions.get(place) == version:
                found[place].add(bytes(tag))
    return found


def _parts(ids: Collection[UUID]) -> Iterable[list[UUID]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
