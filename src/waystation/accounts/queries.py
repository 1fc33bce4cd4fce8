"""Read the people: who is here, whose keys are trusted, who is to hold what."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from waystation.accounts.models import FormerCard, Organisation, Person, Team
from waystation.accounts.permissions import PERMISSIONS, Action, Kind, Scope, allowed_tiers, may
from waystation.accounts.standing import people_in_good_standing
from waystation.audit.verify import Signer
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, Card, NoKeyError, Opened, TamperedError, trusted_cards


def organisation() -> Organisation:
    """Return the organisation; Organisation.DoesNotExist before it was founded."""
    return Organisation.objects.select_related("record").get()


def person_of(keyring: Keyring) -> Person | None:
    """Return the person whose keys these are, if they are (still) here; the keyring learns who came since it was made."""
    learn_cards(keyring)
    return Person.objects.select_related("record", "team").filter(pk=keyring.person_id, active=True).first()


def people_here() -> QuerySet[Person]:
    """Return everybody who is here, in the order in which they came."""
    return Person.objects.filter(active=True).select_related("record", "team").order_by("joined_at", "pk")


def cards() -> list[Card]:
    """Return every card in the store, trusted or not; a person's present one is the last of theirs, the one that counts."""
    return former_cards() + [person.card for person in Person.objects.order_by("joined_at", "pk")]


def learn_cards(keyring: Keyring) -> None:
    """Let a keyring believe the cards that were made since, as far as a chain leads to them; others stay strangers."""
    known = keyring.cards
    now = Person.objects.values_list("pk", "sign_public")
    new = {pk for pk, sign_public in now if pk not in known or known[pk].sign_public != bytes(sign_public)}
    waiting = [person.card for person in Person.objects.filter(pk__in=new).order_by("joined_at", "pk")] if new else []
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


def former_cards() -> list[Card]:
    """Return the cards people had before they were given new keys, trusted or not."""
    return [former.card for former in FormerCard.objects.order_by("pk")]


def keyring_of(opened: Opened) -> Keyring:
    """Return the keyring of whoever opened a device: it trusts the cards that lead to the device's root."""
    trusted = trusted_cards(cards(), opened.root_public, opened.recovery.sign_public)
    return Keyring(opened.identity, opened.root_public, opened.recovery, trusted, former=former_cards())


def signers(root_public: bytes, recovery_sign_public: bytes) -> list[Signer]:
    """Return whose signatures the log may bear, and in which stretch of it."""
    everything = cards()
    trusted = trusted_cards(everything, root_public, recovery_sign_public)
    found = [
        Signer(person.card, person.since_seq, person.until_seq)
        for person in Person.objects.all()
        if trusted.get(person.pk) == person.card
    ]
    for former in FormerCard.objects.all():
        others = [card for card in everything if card.person_id != former.person_id]
        if trusted_cards([former.card, *others], root_public, recovery_sign_public).get(former.person_id):
            found.append(Signer(former.card, former.since_seq, former.until_seq))
    organisation_row = Organisation.objects.first()
    if organisation_row is not None:
        public = Card(RECOVERY, organisation_row.recovery.box_public, recovery_sign_public, RECOVERY, b"")
        found.append(Signer(public))
    return found


def in_good_standing(keyring: Keyring) -> dict[UUID, Person]:
    """Return the people to whom keys may be given: here, trusted, and their roles signed by a director."""
    learn_cards(keyring)
    return people_in_good_standing(keyring.cards, keyring.root_public, keyring.recovery.sign_public)


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
    """Return people's names by id; empty where this keyring cannot open them. Every colleague may: no entry is written."""
    return {person.pk: _name(keyring, person) for person in people}


def team_names(keyring: Keyring) -> dict[UUID, str]:
    """Return the names of the teams that are not closed."""
    teams = Team.objects.filter(closed_at=None).select_related("record").order_by("made_at", "pk")
    return {team.pk: _name(keyring, team) for team in teams}


def _name(keyring: Keyring, row: Person | Team) -> str:
    try:
        return str(keyring.open(row, "name")["name"])
    except NoKeyError:
        return ""


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
    records = Record.objects.filter(shredded_at=None)
    parts = ((record, tier) for record in records for tier in keyring.tiers_of(record))
    return sum(person.pk in keyring.holders(record, tier) for record, tier in parts)
