from collections.abc import Iterable, Mapping
from uuid import UUID

from waystation.kernel import BadInputError
from waystation.vault import RECOVERY, Card, RecoveryPublic, TamperedError, trusted_cards, verify


class Trust:
    """Whose public keys are believed, and why: a chain of cards from the root's key, or the recovery key."""

    def __init__(
        self,
        root_public: bytes,
        recovery: RecoveryPublic,
        cards: Mapping[UUID, Card],
        former: Iterable[Card] = (),
    ) -> None:
        """Believe ``cards``, which the caller has checked, and those of ``former`` that a chain leads to.

        Parameters
        ----------
        former
            Cards of keys that people had before they were given new ones: what they signed then stays signed.
        """
        self.root_public, self.recovery, self.cards = root_public, recovery, dict(cards)
        former = list(former)
        self._former: dict[UUID, list[Card]] = {}
        for card in former:
            others = [each for each in (*self.cards.values(), *former) if each.person_id != card.person_id]
            if self._chained([card, *others]).get(card.person_id) == card:
                self._former.setdefault(card.person_id, []).append(card)

    def learn(self, card: Card) -> None:
        """Believe somebody's card from now on.

        Raises
        ------
        TamperedError
            If no chain leads to it, or the person has another card and the recovery key did not sign this one.
        """
        known = self.cards.get(card.person_id)
        if known == card:
            return
        if known is not None and card.admitted_by != RECOVERY:
            raise TamperedError("this person has another card already; only the recovery key replaces one")
        if not self._leads_to(card):
            raise TamperedError("this person's card is not signed by anybody who is trusted")
        if known is not None:
            self._former.setdefault(card.person_id, []).append(known)
        self.cards[card.person_id] = card

    def box_of(self, person_id: UUID) -> bytes:
        """Return the public key to seal to for somebody.

        Raises
        ------
        BadInputError
            If nobody with this id is believed.
        """
        if person_id == RECOVERY:
            return self.recovery.box_public
        if person_id not in self.cards:
            raise BadInputError("keys go to people with a trusted card; this id has none")
        return self.cards[person_id].box_public

    def everybody(self) -> list[UUID]:
        """Return the ids of all who are believed, and `RECOVERY`."""
        return [RECOVERY, *self.cards]

    def demand_signature(self, person_id: UUID, message: bytes, signature: bytes) -> None:
        """Raise TamperedError unless this person, believed, signed this message."""
        known = [self.recovery.sign_public] if person_id == RECOVERY else self._signing_keys(person_id)
        for sign_public in known:
            try:
                verify(sign_public, message, signature)
            except TamperedError:
                continue
            return
        raise TamperedError("what stands here was signed by nobody who is trusted")

    def boxes(self) -> dict[UUID, list[bytes]]:
        """Return the public keys with which each of those who are believed may have handed something over, now or formerly."""
        people = self.cards.keys() | self._former.keys()
        found = {person_id: [card.box_public for card in self._cards_of(person_id)] for person_id in people}
        return {
            **{person_id: list(dict.fromkeys(keys)) for person_id, keys in found.items()},
            RECOVERY: [self.recovery.box_public],
        }

    def _signing_keys(self, person_id: UUID) -> list[bytes]:
        return [card.sign_public for card in self._cards_of(person_id)]

    def _cards_of(self, person_id: UUID) -> list[Card]:
        present = [self.cards[person_id]] if person_id in self.cards else []
        return present + self._former.get(person_id, [])

    def _leads_to(self, card: Card) -> bool:
        if self._chained([card]).get(card.person_id) == card:
            return True
        admitter = self.cards.get(card.admitted_by)
        if admitter is None or card.admitted_by == card.person_id:
            return False
        return trusted_cards([card], admitter.sign_public).get(card.person_id) == card

    def _chained(self, cards: Iterable[Card]) -> dict[UUID, Card]:
        return trusted_cards(cards, self.root_public, self.recovery.sign_public)
