from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from waystation.store.keyring.finding import Finder, Handings, tags_of
from waystation.store.keyring.keys import Keys, OpenKey
from waystation.store.keyring.places import Place
from waystation.store.keyring.trust import Trust
from waystation.store.keyring.withdrawals import waiting_among, waiting_for, withdrawn_people
from waystation.store.tiers import Tier
from waystation.vault import Card, Identity, NoKeyError, TamperedError


class Reach:
    """Which keys a person may use now: those they were given, less those that wait to be taken from them."""

    def __init__(
        self, identity: Identity, trust: Trust, more_cards: Callable[[], Iterable[Card]] | None = None
    ) -> None:
        """Reach what ``identity`` was given.

        Parameters
        ----------
        more_cards
            Returns every card in the store, checked or not; asked when a key turns out to have a holder nobody here knows.
        """
        self.identity, self.trust = identity, trust
        self.handings = Handings(identity)
        self.keys = Keys(Finder(self.handings, trust, self._learn_more), trust)
        self._more_cards = more_cards

    def usable(self, places: Collection[Place]) -> dict[Place, OpenKey]:
        """Return the newest keys of tiers; those this person does not hold, or is to lose, are left out."""
        held = self.keys.newest_of(places)
        lost = self._lost(held)
        return {place: key for place, key in held.items() if place not in lost}

    def usable_in(self, record_ids: Collection[UUID], tiers: Collection[Tier] = tuple(Tier)) -> set[Place]:
        """Open what this person holds of some tiers of many records; return those that they may use now."""
        held = self.keys.held_in(record_ids, tiers)
        owed = [place for place, stale in held.items() if stale]
        return set(held) - (set(owed) - self.usable(owed).keys())

    def demand(self, place: Place) -> OpenKey:
        """Return the newest key of a tier, its signature checked, to seal with or to give.

        Raises
        ------
        NoKeyError
            If this person does not hold it, or is to lose it.
        TamperedError
            If nobody who is trusted signed for it.
        """
        usable = self.usable([place])
        self.prove(place, usable)
        return usable[place]

    def prove(self, place: Place, usable: Mapping[Place, OpenKey]) -> None:
        """See that a tier's key is among those that may be used, and that somebody trusted signed for it; raises as `demand`."""
        if place not in usable:
            raise NoKeyError(f"this person holds no key of {place.tier} here")
        self.keys.prove(usable[place])

    def keys_for(self, wanted: Collection[tuple[Place, int]]) -> Callable[[Place, int], bytes]:
        """Fetch keys of certain versions at once; return a function that gives each, or raises NoKeyError.

        One query if all were opened before; a version that nobody made raises TamperedError.
        """
        known = {each: key for each in wanted if (key := self.keys.remembered(*each)) is not None}
        unknown = {each[0] for each in wanted if each not in known}
        fetched = self.keys.newest_of(unknown) if unknown else {}
        lost = self._lost_among({place for place, _ in wanted})

        def key_of(place: Place, version: int) -> bytes:
            if place in lost or not (place in fetched or (place, version) in known):
                raise NoKeyError(f"this person holds no key of {place.tier} here")
            key = known.get((place, version)) or fetched[place].versions.get(version)
            if key is None:
                raise TamperedError("this was sealed with a key that nobody made")
            return key

        return key_of

    def leaving(self, place: Place, opened: OpenKey) -> set[UUID]:
        """Return who is to lose this key."""
        return self.leaving_of_many({place: opened})[place]

    def know(self, people: Iterable[UUID]) -> None:
        """Look for the cards of people who joined since this keyring was made."""
        if not set(people) <= set(self.trust.everybody()):
            self._learn_more()

    def holders(self, place: Place, opened: OpenKey) -> tuple[set[UUID], int]:
        """Return who holds a tier's newest key, the recovery key included, and how many grants are nobody's that is known."""
        return self.holders_of_many({place: opened})[place]

    def holders_of_many(self, keys: Mapping[Place, OpenKey]) -> dict[Place, tuple[set[UUID], int]]:
        """Return the same of many tiers, with one query for 400 records."""
        tags = tags_of({place: opened.version for place, opened in keys.items()})
        found = {place: self._recognised(opened, tags[place]) for place, opened in keys.items()}
        if any(len(found[place]) < len(tags[place]) for place in keys):
            self._learn_more()
            found = {place: self._recognised(opened, tags[place]) for place, opened in keys.items()}
        return {place: (found[place], len(tags[place]) - len(found[place])) for place in keys}

    def leaving_of_many(self, keys: Mapping[Place, OpenKey]) -> dict[Place, set[UUID]]:
        """Return who is to lose each of these keys; usually nobody, and nothing is asked."""
        marked = {place.record_id for place, opened in keys.items() if opened.row.stale}
        waiting = waiting_for(marked) if marked else {}
        return {
            place: set(withdrawn_people(opened, waiting.get(place, []), self.trust)) for place, opened in keys.items()
        }

    def _recognised(self, opened: OpenKey, tags: set[bytes]) -> set[UUID]:
        return {person_id for person_id in self.trust.everybody() if opened.tag_of(person_id) in tags}

    def _learn_more(self) -> bool:
        known = dict(self.trust.cards)
        # A card may lead to the root through another that stands later in the list: again until nothing is learned.
        waiting = list(self._more_cards()) if self._more_cards else []
        while waiting:
            left = [card for card in waiting if not self._learned(card)]
            waiting = left if len(left) < len(waiting) else []
        return known != self.trust.cards

    def _learned(self, card: Card) -> bool:
        try:
            self.trust.learn(card)
        except TamperedError:
            return False
        return True

    def _lost_among(self, places: Collection[Place]) -> set[Place]:
        waiting = waiting_among({place.record_id for place in places})
        return self._lost(self.keys.newest_of(waiting.keys() & set(places))) if waiting else set()

    def _lost(self, held: dict[Place, OpenKey]) -> set[Place]:
        leaving = self.leaving_of_many(held)
        return {place for place in held if self.identity.person_id in leaving[place]}
