from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person, Team
from waystation.accounts.permissions import Action
from waystation.accounts.policies import readers_of_the_log, refuse_union, require_another
from waystation.accounts.queries import organisation
from waystation.accounts.roles import Role
from waystation.accounts.services.demands import demand
from waystation.accounts.services.keys import Taking, settle, take_all, take_what_is_no_longer_theirs
from waystation.accounts.standing import believed, sign_standing, vouch_again
from waystation.audit.services import append
from waystation.kernel import BadInputError
from waystation.store.keyring import Keyring
from waystation.vault import Identity, admit, seal_to


@dataclass(frozen=True)
class Publics:
    """The public half of somebody's keys, made on their own device, with their box key already sealed to the recovery key."""

    person_id: UUID
    box_public: bytes
    sign_public: bytes
    escrow: bytes


@transaction.atomic
def admit_person(
    *,
    keyring: Keyring,
    name: str,
    roles: Collection[Role],
    team_id: UUID | None,
    identity_or_publics: Identity | Publics,
    at: datetime,
    language: str = "en",
) -> Person:
    """Admit somebody: sign their card and their roles, and give them the keys their roles bring.

    Keys that this keyring does not hold are given by whoever holds them, when they unlock next (`settle`).

    Raises
    ------
    NotPermittedError, RolesRefusedError, BadInputError
        If it is not a director who admits, the roles may not go together, there is no name, or the team is unknown or closed.
    """
    demand(keyring, Action.PEOPLE_ADMIT)
    refuse_union(roles)
    _demand_team(team_id)
    if not name.strip():
        raise BadInputError("name: must not be empty")
    newcomer = identity_or_publics
    card = admit(keyring.identity, newcomer.person_id, newcomer.box_public, newcomer.sign_public)
    record = organisation().record
    person = Person(
        pk=card.person_id,
        record=record,
        roles=sorted(roles),
        team_id=team_id,
        box_public=card.box_public,
        sign_public=card.sign_public,
        admitted_by=card.admitted_by,
        card_signature=card.signature,
        escrow=_escrow(keyring, newcomer),
        joined_at=at,
        language=language,
    )
    keyring.seal(person, name=name.strip())
    sign_standing(person, keyring.identity)
    entry = append(
        keyring=keyring,
        kind="person.admitted",
        at=at,
        record=record,
        details={"person": str(person.pk), "roles": sorted(roles), "sign_public": card.sign_public.hex()},
    )
    person.since_seq = entry.seq
    person.save(force_insert=True)
    keyring.learn_card(card)
    settle(keyring=keyring, at=at)
    _hand_on_the_log(keyring, person, at)
    return person


@transaction.atomic
def change_roles(
    *, keyring: Keyring, person: Person, roles: Collection[Role], team_id: UUID | None, at: datetime
) -> Taking:
    """Give somebody other roles or another team. Keys they may no longer hold are taken, keys they may now hold given.

    Raises
    ------
    NotPermittedError, RolesRefusedError, LastOneError, BadInputError
        Nothing is changed.
    """
    demand(keyring, Action.PEOPLE_CHANGE)
    person = Person.objects.select_for_update().select_related("record").get(pk=person.pk, active=True)
    refuse_union(roles)
    _demand_team(team_id, but=person.team_id)
    require_another(person, roles)
    left_team = person.team_id != team_id
    was_director = Role.DIRECTOR in person.role_set
    believed_before = believed(keyring.root_public, keyring.recovery.sign_public)
    append(
        keyring=keyring,
        kind="role.changed",
        at=at,
        record=person.record,
        details={"person": str(person.pk), "roles": sorted(roles), "team": str(team_id or "")},
    )
    before, former_team = person.role_set, person.team_id
    person.roles, person.team_id = sorted(roles), team_id
    sign_standing(person, keyring.identity)
    person.save(update_fields=("roles", "team", "standing_by", "standing_signature"))
    if was_director and Role.DIRECTOR not in roles:
        vouch_again(believed_before, person.pk, keyring.identity)
    taking = take_what_is_no_longer_theirs(
        keyring=keyring, person=person, roles_before=before, team_before=former_team if left_team else None, at=at
    )
    settle(keyring=keyring, at=at)
    _hand_on_the_log(keyring, person, at)
    return taking


@transaction.atomic
def remove_person(*, keyring: Keyring, person: Person, at: datetime) -> Taking:
    """Let somebody go: they may do nothing from now on, and every key they held is taken.

    Keys this keyring holds are made anew at once; others are owed, and made by whoever holds them when they unlock next. What the
    person read, copied or printed cannot be called back.

    Raises
    ------
    NotPermittedError, LastOneError
        If it is not a director, it is oneself, or nobody else would be left to do their work.
    """
    remover = demand(keyring, Action.PEOPLE_REMOVE)
    if remover.pk == person.pk:
        raise NotPermittedError("nobody removes themselves")
    person = Person.objects.select_for_update().select_related("record").get(pk=person.pk, active=True)
    require_another(person, ())
    believed_before = believed(keyring.root_public, keyring.recovery.sign_public)
    entry = append(
        keyring=keyring, kind="person.removed", at=at, record=person.record, details={"person": str(person.pk)}
    )
    person.active, person.left_at, person.until_seq = False, at, entry.seq
    sign_standing(person, keyring.identity)
    person.save(update_fields=("active", "left_at", "until_seq", "standing_by", "standing_signature"))
    vouch_again(believed_before, person.pk, keyring.identity)
    return take_all(keyring=keyring, person=person, at=at)


def _escrow(keyring: Keyring, newcomer: Identity | Publics) -> bytes:
    if isinstance(newcomer, Publics):
        return newcomer.escrow
    return seal_to(keyring.recovery.box_public, newcomer.box_secret)


def _demand_team(team_id: UUID | None, but: UUID | None = None) -> None:
    if team_id is not None and team_id != but and not Team.objects.filter(pk=team_id, closed_at=None).exists():
        raise BadInputError("team: there is no such team")


def _hand_on_the_log(keyring: Keyring, person: Person, at: datetime) -> None:
    """Let the director who kept the log's key for the first reader give it up, once that reader has it."""
    from waystation.accounts.services.keys import give_up_the_log

    if person.role_set & readers_of_the_log() and keyring.person_id != person.pk:
        give_up_the_log(keyring=keyring, at=at)
