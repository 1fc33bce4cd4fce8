"""Roles that cannot be written into the database by whoever happens to hold it: each person's are signed by a director."""

from collections.abc import Mapping
from uuid import UUID

from waystation.accounts.models import FormerCard, Person
from waystation.accounts.roles import Role
from waystation.vault import RECOVERY, Card, Identity, TamperedError, sign, verify

_STANDING = b"waystation standing 1\x00"


def sign_standing(person: Person, by: Identity) -> None:
    """Sign what the row says of a person's roles, team and presence. The row is not saved."""
    person.standing_by = by.person_id
    person.standing_signature = sign(by, _message(person))


def people_in_good_standing(
    cards: Mapping[UUID, Card], root_public: bytes, recovery_sign_public: bytes
) -> dict[UUID, Person]:
    """Return the people who are here and whose roles somebody entitled has signed.

    Entitled are the root, the recovery key, and directors in good standing themselves. Everybody else's row is left out, whatever
    it says: keys are given by it.

    Parameters
    ----------
    cards
        Trusted cards (`waystation.vault.trusted_cards`). A row whose public keys are not those of its card is left out too.
    """
    people = {person.pk: person for person in Person.objects.all()}
    keys: dict[UUID, list[bytes]] = {RECOVERY: [recovery_sign_public]}
    for person_id, card in cards.items():
        keys.setdefault(person_id, []).append(card.sign_public)
    for former in FormerCard.objects.filter(person__in=cards):
        keys[former.person_id].append(bytes(former.sign_public))
    good: dict[UUID, bool] = {}

    def entitled(signer: UUID, on_the_way: frozenset[UUID]) -> bool:
        if signer == RECOVERY or any(key == root_public for key in keys.get(signer, [])):
            return True
        person = people.get(signer)
        return person is not None and Role.DIRECTOR in person.role_set and stands(person, on_the_way)

    def stands(person: Person, on_the_way: frozenset[UUID] = frozenset()) -> bool:
        if person.pk in on_the_way:
            return False
        if person.pk not in good:
            signed = any(_signed(person, key) for key in keys.get(person.standing_by, []))
            found = signed and entitled(person.standing_by, on_the_way | {person.pk})
            if on_the_way:  # an answer found inside a circle is no answer for others
                return found
            good[person.pk] = found
        return good[person.pk]

    return {
        person.pk: person
        for person in people.values()
        if person.active and cards.get(person.pk) == person.card and stands(person)
    }


def _signed(person: Person, key: bytes) -> bool:
    try:
        verify(key, _message(person), bytes(person.standing_signature))
    except TamperedError:
        return False
    return True


def _message(person: Person) -> bytes:
    team = person.team_id.bytes if person.team_id else bytes(16)
    roles = ",".join(sorted(person.roles)).encode()
    return _STANDING + person.pk.bytes + team + bytes([person.active]) + roles
