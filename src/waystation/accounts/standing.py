"""Whose keys and roles are believed: what a director has signed, and nothing that merely stands in the database.

The root's key and the recovery key are believed from the start. They, and directors in good standing, vouch for people's
public keys (cards) and for roles, teams and presence (standing). A colleague who is no director vouches for nobody.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from waystation.accounts.models import FormerCard, Person
from waystation.accounts.roles import Role
from waystation.vault import RECOVERY, Card, Identity, TamperedError, admit, sign, trusted_cards, verify

_STANDING = b"waystation standing 1\x00"
_REMEMBERED = 4096


@dataclass(frozen=True)
class Believed:
    """What of the people in the database is believed.

    Attributes
    ----------
    cards
        The present card of everybody who is or was here, by person.
    former
        Cards people had before they were given new keys.
    here
        People who are here and whose roles somebody entitled has signed: those to whom keys may be given.
    """

    cards: dict[UUID, Card] = field(default_factory=dict)
    former: list[FormerCard] = field(default_factory=list)
    here: dict[UUID, Person] = field(default_factory=dict)


def sign_standing(person: Person, by: Identity) -> None:
    """Sign what the row says of a person's roles, team and presence. The row is not saved."""
    person.standing_by = by.person_id
    person.standing_signature = sign(by, _message(person))


def believed(root_public: bytes, recovery_sign_public: bytes) -> Believed:
    """Return what is believed, starting from the root's and the recovery key.

    Two queries; each signature is checked once in a process (about 0.1 ms).
    """
    people = {person.pk: person for person in Person.objects.select_related("record", "team")}
    waiting: dict[UUID | int, Card] = {person.pk: person.card for person in people.values()}
    formers = {former.pk: former for former in FormerCard.objects.order_by("pk")}
    waiting |= {pk: former.card for pk, former in formers.items()}
    signing: dict[UUID, list[bytes]] = {RECOVERY: [recovery_sign_public]}
    good: dict[UUID | int, Card] = {}
    while True:
        new = {pk: card for pk, card in waiting.items() if _vouched(card, root_public, recovery_sign_public, signing)}
        good |= new
        waiting = {pk: card for pk, card in waiting.items() if pk not in new}
        entitled = _entitled(people, good, root_public, signing)
        if not new and entitled == signing:
            break
        signing = entitled
    here = {pk: one for pk, one in people.items() if pk in good and one.active and _stands(one, signing)}
    cards = {pk: good[pk] for pk in people if pk in good}
    return Believed(cards, [former for pk, former in formers.items() if pk in good], here)


def believed_cards(root_public: bytes, recovery_sign_public: bytes) -> list[Card]:
    """Return the present cards that are believed."""
    return list(believed(root_public, recovery_sign_public).cards.values())


def _entitled(
    people: dict[UUID, Person], good: dict[UUID | int, Card], root_public: bytes, signing: dict[UUID, list[bytes]]
) -> dict[UUID, list[bytes]]:
    """Return the signing keys of whoever may vouch for others, by person."""
    keys: dict[UUID, list[bytes]] = {}
    for card in good.values():
        keys.setdefault(card.person_id, []).append(card.sign_public)
    found = {RECOVERY: signing[RECOVERY]}
    for pk, known in keys.items():
        person = people[pk]
        director = pk in good and person.active and Role.DIRECTOR in person.role_set and _stands(person, signing)
        if root_public in known or director:
            found[pk] = sorted(known)
    return found


def _vouched(card: Card, root_public: bytes, recovery_sign_public: bytes, signing: dict[UUID, list[bytes]]) -> bool:
    if _anchored(card, root_public, recovery_sign_public):
        return True
    return any(_anchored(card, key, None) for key in signing.get(card.admitted_by, []))


@lru_cache(maxsize=_REMEMBERED)
def _anchored(card: Card, sign_public: bytes, recovery_sign_public: bytes | None) -> bool:
    """Tell whether one of these keys signed a card. What a signature says never changes, so answers are remembered."""
    return trusted_cards([card], sign_public, recovery_sign_public).get(card.person_id) == card


def _stands(person: Person, signing: dict[UUID, list[bytes]]) -> bool:
    message, signature = _message(person), bytes(person.standing_signature)
    return any(_signed(key, message, signature) for key in signing.get(person.standing_by, []))


@lru_cache(maxsize=_REMEMBERED)
def _signed(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        verify(key, message, signature)
    except TamperedError:
        return False
    return True


def _message(person: Person) -> bytes:
    team = person.team_id.bytes if person.team_id else bytes(16)
    roles = ",".join(sorted(person.roles)).encode()
    return _STANDING + person.pk.bytes + team + bytes([person.active]) + roles


def vouch_again(before: Believed, former_director: UUID, by: Identity) -> None:
    """Take over the cards and standings that a former director signed, so that they do not fall with them.

    Only what was believed ``before`` is signed.
    """
    for person in Person.objects.filter(pk__in=before.cards).exclude(pk=former_director):
        if person.standing_by == former_director and person.pk in before.here:
            sign_standing(person, by)
        if person.admitted_by == former_director:
            card = admit(by, person.pk, bytes(person.box_public), bytes(person.sign_public))
            person.admitted_by, person.card_signature = card.admitted_by, card.signature
        person.save(update_fields=("standing_by", "standing_signature", "admitted_by", "card_signature"))
    for former in before.former:
        if former.admitted_by == former_director:
            card = admit(by, former.person_id, bytes(former.box_public), bytes(former.sign_public))
            former.admitted_by, former.card_signature = card.admitted_by, card.signature
            former.save(update_fields=("admitted_by", "card_signature"))
