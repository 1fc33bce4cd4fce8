"""Find one's own among the grants: by the hints that giver and receiver alone can compute, else by trying."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

from waystation.store.keyring.places import Place
from waystation.store.keyring.trust import Trust
from waystation.store.models import Grant
from waystation.store.tiers import Tier
from waystation.vault import Handing, Identity, NoKeyError, TamperedError, given_by, giving_to, open_box

AT_ONCE: Final = 400
"""Ids in one query: well below what any database takes."""


_Id = TypeVar("_Id", UUID, bytes)


class Sought(NamedTuple):
    """Which key of a tier is sought: its version, and who made it, which is who most likely gave it."""

    version: int
    made_by: UUID


@dataclass(frozen=True)
class Found:
    """A key that was found.

    Attributes
    ----------
    vouched
        Whether only somebody who is believed can have given it; a sealed box anybody can make.
    """

    key: bytes = field(repr=False)
    vouched: bool


class Handings:
    """The ways in which one person hands keys over and is handed them; each costs one X25519, once."""

    def __init__(self, identity: Identity) -> None:
        """Compute them for ``identity``."""
        self.identity = identity
        self._to: dict[bytes, Handing] = {}
        self._by: dict[bytes, Handing] = {}

    def __getstate__(self) -> dict[str, object]:
        """Leave out what can be computed again: the states of a digest cannot be carried to another process."""
        return {"identity": self.identity, "_to": {}, "_by": {}}

    def to(self, public: bytes) -> Handing:
        """Return how keys are handed to the holder of a public key; TamperedError if it cannot be used."""
        if public not in self._to:
            self._to[public] = giving_to(self.identity, public)
        return self._to[public]

    def by(self, public: bytes) -> Handing:
        """Return how keys come from the holder of a public key; TamperedError if it cannot be used."""
        if public not in self._by:
            self._by[public] = given_by(public, self.identity)
        return self._by[public]


class Finder:
    """Finds what was given to one person among all grants of some tiers."""

    def __init__(self, handings: Handings, trust: Trust, learn_more: Callable[[], bool]) -> None:
        """Look for what people of ``trust`` handed over; ``learn_more`` looks for those who came since, and tells if any did."""
        self._handings, self._trust, self._learn_more = handings, trust, learn_more

    def find(self, sought: Mapping[Place, Sought]) -> dict[Place, Found]:
        """Return the keys that were given to this person, of as many of the tiers as were.

        First by the hint of each key's maker, one look-up in an index each; then by the hints of everybody else among the grants
        of what is left; then by trying the grants without a hint, one X25519 each.

        Raises
        ------
        TamperedError
            If a grant has this person's hint and holds something else.
        """
        found = self._of_makers(sought)
        left = {place: each for place, each in sought.items() if place not in found}
        if left:
            found |= self._among_all(left)
            left = {place: each for place, each in left.items() if place not in found}
        # Whoever gave the rest may have come since the cards were read.
        return found | self._among_all(left) if left and self._learn_more() else found

    def _of_makers(self, sought: Mapping[Place, Sought]) -> dict[Place, Found]:
        boxes = self._trust.boxes()
        asked: dict[bytes, tuple[Place, Handing]] = {}
        for place, each in sought.items():
            for public in boxes.get(each.made_by, ()):
                handing = self._by(public)
                if handing is not None:
                    asked[handing.hint(place.as_bytes(each.version))] = (place, handing)
        found = {}
        for hints in parts(asked):
            for hint, sealed in Grant.objects.filter(hint__in=hints).values_list("hint", "sealed"):
                place, handing = asked[bytes(hint or b"")]
                key = _opened(handing, bytes(sealed), place.as_bytes(sought[place].version))
                found[place] = Found(key, vouched=True)
        return found

    def _among_all(self, sought: Mapping[Place, Sought]) -> dict[Place, Found]:
        handings = [handing for keys in self._trust.boxes().values() for handing in map(self._by, keys) if handing]
        found = {}
        for place, (hinted, bare) in _grants(sought).items():
            bound = place.as_bytes(sought[place].version)
            key = next(self._hinted(handings, hinted, bound), None)
            if key is not None:
                found[place] = Found(key, vouched=True)
                continue
            key = next(self._tried(bare), None)
            if key is not None:
                found[place] = Found(key, vouched=False)
        return found

    def _hinted(self, handings: Iterable[Handing], hinted: Mapping[bytes, bytes], bound: bytes) -> Iterator[bytes]:
        if not hinted:
            return
        for handing in handings:
            sealed = hinted.get(handing.hint(bound))
            if sealed is not None:
                yield _opened(handing, sealed, bound)

    def _tried(self, bare: Iterable[bytes]) -> Iterator[bytes]:
        mine = self._handings.identity
        for sealed in bare:
            try:
                yield open_box(mine.box_secret, sealed, mine.box_public)
            except NoKeyError:
                continue

    def _by(self, public: bytes) -> Handing | None:
        try:
            return self._handings.by(public)
        except TamperedError:
            return None


def _opened(handing: Handing, sealed: bytes, bound: bytes) -> bytes:
    try:
        return handing.open(sealed, bound)
    except NoKeyError:
        raise TamperedError("a grant with one's own hint does not open: it was changed") from None


def _grants(sought: Mapping[Place, Sought]) -> dict[Place, tuple[dict[bytes, bytes], list[bytes]]]:
    """Return the grants of each tier's key: those with a hint by it, and those without."""
    found: dict[Place, tuple[dict[bytes, bytes], list[bytes]]] = {}
    for ids in parts({place.record_id for place in sought}):
        rows = Grant.objects.filter(record_id__in=ids).values_list("record_id", "tier", "version", "hint", "sealed")
        for record_id, tier, version, hint, sealed in rows:
            place = Place(record_id, Tier(tier))
            each = sought.get(place)
            if each is None or each.version != version:
                continue
            hinted, bare = found.setdefault(place, ({}, []))
            if hint is None:
                bare.append(bytes(sealed))
            else:
                hinted[bytes(hint)] = bytes(sealed)
    return found


def tags_of(versions: Mapping[Place, int]) -> dict[Place, set[bytes]]:
    """Return the tags on the grants of each tier's key."""
    found: dict[Place, set[bytes]] = defaultdict(set, {place: set() for place in versions})
    for ids in parts({place.record_id for place in versions}):
        rows = Grant.objects.filter(record_id__in=ids).values_list("record_id", "tier", "version", "tag")
        for record_id, tier, version, tag in rows:
            place = Place(record_id, Tier(tier))
            if versions.get(place) == version:
                found[place].add(bytes(tag))
    return found


def parts(ids: Collection[_Id]) -> Iterator[list[_Id]]:
    """Yield some ids in order, as many at once as a query takes."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
