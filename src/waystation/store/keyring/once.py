from collections.abc import Collection
from typing import Final
from uuid import UUID

from waystation.kernel import BrokenPromiseError
from waystation.store.keyring.keys import OpenKey
from waystation.store.keyring.places import Place
from waystation.store.keyring.reach import Reach
from waystation.store.keyring.withdrawals import waiting_among
from waystation.store.tiers import Tier
from waystation.vault import TamperedError

FEW: Final = 4
"""Records of which it is cheaper to keep the newest keys than to ask for each tier again."""


class ReachOnce(Reach):
    """What a person may use, asked once for as long as one page takes: which keys they hold, which are to be taken from them.

    It reads. Nothing is sealed with it and no key is given: for that the newest key is asked for at that moment.
    """

    def __init__(self, reach: Reach) -> None:
        """Share the keys, the cards and the ways of ``reach``."""
        vars(self).update(vars(reach))
        self._answers: dict[Place, OpenKey | None] = {}
        self._calm: set[UUID] = set()

    def usable(self, places: Collection[Place]) -> dict[Place, OpenKey]:
        """Return the newest keys of tiers, as they were when each was first asked for."""
        unknown = [place for place in places if place not in self._answers]
        if unknown:
            found = super().usable(unknown)
            self._answers.update((place, found.get(place)) for place in unknown)
        return {place: key for place in places if (key := self._answers[place]) is not None}

    def usable_in(self, record_ids: Collection[UUID], tiers: Collection[Tier] = tuple(Tier)) -> set[Place]:
        """Return which tiers may be used; of a few records the answer is kept for whatever else is asked of them."""
        if len(record_ids) > FEW:
            return super().usable_in(record_ids, tiers)
        try:
            return set(self.usable([Place(record_id, tier) for record_id in record_ids for tier in tiers]))
        except TamperedError:
            return super().usable_in(record_ids, tiers)

    def prove(self, place: Place, usable: object) -> None:
        """Refuse: what is about to seal or to give must ask now."""
        raise BrokenPromiseError("a keyring that is asked once only reads")

    def _lost_among(self, places: Collection[Place]) -> set[Place]:
        unknown = {place.record_id for place in places} - self._calm
        if not unknown:
            return set()
        self._calm |= unknown - {place.record_id for place in waiting_among(unknown)}
        return super()._lost_among([place for place in places if place.record_id not in self._calm])
