"""Read the people: who is here, whose keys are trusted, who is to hold what."""

from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from waystation.accounts.models import Organisation, Person, Team
from waystation.accounts.permissions import PERMISSIONS, Action, Kind, Scope, allowed_tiers, may
from waystation.accounts.standing import Believed, believed, believed_cards
from waystation.audit.verify import Signer
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, Card, Identity, Opened, RecoveryPublic, TamperedError


def organisation() -> Organisation:
    """Return the organisation; Organisation.DoesNotExist before it was founded."""
    return Organisation.objects.select_related("record").get()


def person_of(keyring: Keyring) -> Person | None:
    """Return the person whose keys these are, if they are (still) here."""
    return Person.objects.select_related("record", "team").filter(pk=keyring.person_id, active=True).first()


def people_here() -> QuerySet[Person]:
    """Return everybody who is here, in the order in which they came."""
    return Person.objects.filter(active=True).select_related("record", "team").order_by("joined_at", "pk")


def keyring_of(opened: Opened) -> Keyring:
    """Return the keyring of whoever opened a device: it believes what leads to the device's root and recovery key."""
    return believing_keyring(opened.identity, opened.root_public, opened.recovery)


def believing_keyring(identity: Identity, root_public: bytes, recovery: RecoveryPublic) -> Keyring:
    """Return an identity's keyring: it believes the cards directors signed, starting from the root and the recovery key."""
    known = believed(root_public, recovery.sign_public)
    former = [former.card for former in known.former]
    return Keyring(
        identity,
        root_public,
        recovery,
        known.cards,
        former=former,
        more_cards=partial(believed_cards, root_public, recovery.sign_public),
    )


def signers(root_public: bytes, recovery_sign_public: bytes) -> list[Signer]:
    """Return whose signatures the log may bear, and in which stretch of it."""
    known = believed(root_public, recovery_sign_public)
    people = Person.objects.filter(pk__in=known.cards)
    found = [Signer(known.cards[person.pk], person.since_seq, person.until_seq) for person in people]
    found += [Signer(former.card, former.since_seq, former.until_seq) for former in known.former]
    row = Organisation.objects.first()
    if row is not None:
        found.append(Signer(Card(RECOVERY, row.recovery.box_public, recovery_sign_public, RECOVERY, b"")))
    return found


def in_good_standing(keyring: Keyring) -> dict[UUID, Person]:
    """Return the people to whom keys may be given: here, their keys and roles signed by a director.

    The keyring learns the cards of who came since it was made.
    """
    known = believed(keyring.root_public, keyring.recovery.sign_public)
    _learn(keyring, known)
    return known.here


def _learn(keyring: Keyring, known: Believed) -> None:
    """Let a keyring believe the cards that were made since."""
    held = keyring.cards
    waiting = [card for pk, card in known.cards.items() if pk not in held or held[pk].sign_public != card.sign_public]
    while waiting:
        strangers = [card for card in waiting if not _learned(keyring, card)]
        if len(strangers) == len(waiting):
            return
        waiting = strangers


def _learned(keyring: Keyring, card: Card) -> bool:
    try:
        keyring.learn_card(card)
    except TamperedError:
        return False
    return True


def recipients_for(
    team_id: UUID | None, creator: Person, keyring: Keyring | None = None
) -> dict[UUID, frozenset[Tier]]:
    """Return who gets which keys of a new case, by the permission table: the creator as its member, others by office.

    Parameters
    ----------
    keyring
        The maker's. With it, people whose roles no director signed are left out.
    """
    everybody: Iterable[Person] = in_good_standing(keyring).values() if keyring else people_here()
    found = {person.pk: _tiers_of_new_case(person, team_id, creator) for person in everybody}
    return {person_id: tiers for person_id, tiers in found.items() if tiers}


def _tiers_of_new_case(person: Person, team_id: UUID | None, creator: Person) -> frozenset[Tier]:
    reached = {Scope.ALL: True, Scope.TEAM: person.team_id == team_id, Scope.OWN: person.pk == creator.pk}
    rules = (
        rule
        for rule in PERMISSIONS
        if rule.action is Action.CASE_OPEN and rule.of is Kind.CASE and rule.role in person.role_set
    )
    return frozenset[Tier]().union(*(rule.tiers for rule in rules if reached[rule.scope]))


def colleagues(keyring: Keyring, people: Iterable[Person]) -> dict[UUID, str]:
    """Return people's names by id; empty where this keyring cannot open them. The session's first entry tells of it."""
    return _names(keyring, list(people))


def team_names(keyring: Keyring) -> dict[UUID, str]:
    """Return the names of the teams that are not closed."""
    teams = Team.objects.filter(closed_at=None).select_related("record").order_by("made_at", "pk")
    return _names(keyring, list(teams))


def _names(keyring: Keyring, rows: Sequence[Person | Team]) -> dict[UUID, str]:
    opened = keyring.open_many(rows, "name")
    return {row.pk: str(opened[row.pk]["name"]) if row.pk in opened else "" for row in rows}


def may_read_log(person: Person, keyring: Keyring) -> bool:
    """Tell whether a person reads the log's payloads: by office, or as the director who keeps its key for the first reader."""
    from waystation.audit.models import LogBox

    box = LogBox.objects.select_related("record").order_by("-number").first()
    if box is None or not may(person, Action.LOG_READ, box.record, keyring):
        return False
    return Tier.EVIDENCE in allowed_tiers(person, Action.LOG_READ, box.record, keyring) and keyring.may_open(
        box.record, Tier.EVIDENCE
    )


def keys_held_in_common(keyring: Keyring, person: Person) -> int:
    """Count the parts of records that this keyring opens and whose key ``person`` holds as well; of others nobody can tell."""
    held = keyring.holders_of_many(Record.objects.filter(shredded_at=None))
    return sum(person.pk in holders for tiers in held.values() for holders in tiers.values())
