"""Give and take keys of records: one by one, and as the permission table says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, Kind, receivable_tiers, standing_tiers, tiers_of_roles
from waystation.accounts.policies import readers_of_the_log, require_confirmed_recovery
from waystation.accounts.queries import in_good_standing
from waystation.accounts.roles import Role
from waystation.accounts.services.demands import demand
from waystation.audit.models import LogBox
from waystation.audit.services import append, renew_box
from waystation.store.keyring import Keyring
from waystation.store.models import Record, TierKey
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError

FEW: Final = 500
"""Cases that are settled before the first page is shown."""


@dataclass(frozen=True)
class Taking:
    """What became of keys that were taken.

    Attributes
    ----------
    renewed
        Parts of records that have a new key already.
    owed
        Parts this keyring cannot open: whoever holds them makes the new key when they unlock next.
    """

    renewed: int = 0
    owed: int = 0


@transaction.atomic
def give_access(*, keyring: Keyring, record: Record, person: Person, tiers: Collection[Tier], at: datetime) -> None:
    """Make somebody a member of a record: give them the keys of ``tiers`` that this keyring holds.

    Raises
    ------
    NotPermittedError
        If the giver may not give, or the receiver's roles do not allow the tiers, or no director signed those roles.
    NoKeyError
        If the giver does not hold one of the tiers. Nothing is given.
    """
    require_confirmed_recovery()
    demand(keyring, Action.ACCESS_GIVE, record)
    receiver = in_good_standing(keyring).get(person.pk)
    if receiver is None or not set(tiers) <= receivable_tiers(receiver, record):
        raise NotPermittedError("this person's roles do not allow these parts of the record")
    _demand_keys(keyring, record, tiers)
    new = sorted(tier for tier in set(tiers) if receiver.pk not in keyring.holders(record, tier))
    if not new:
        return
    append(
        keyring=keyring, kind="grant.given", at=at, record=record, details={"person": str(receiver.pk), "tiers": new}
    )
    for tier in new:
        keyring.give(record, tier, receiver.card)


@transaction.atomic
def take_access(*, keyring: Keyring, record: Record, person: Person, tiers: Collection[Tier], at: datetime) -> Taking:
    """Take keys of a record from somebody: new ones are made and everything is sealed again.

    Of tiers that the taker cannot open, the new key is owed: whoever holds the tier makes it when they unlock next. What the
    person read before stays read.

    Raises
    ------
    NotPermittedError
        If the taker may not, or the tiers are the person's by office: then their roles would have to change.
    """
    demand(keyring, Action.ACCESS_TAKE, record)
    if person.active and set(tiers) & standing_tiers(person, record):
        raise NotPermittedError("these parts are theirs by office: change their roles instead")
    holders = keyring.holders_of_many([record])[record.pk]
    return _take(keyring, record, person.pk, tiers, holders, at)


@transaction.atomic
def settle(*, keyring: Keyring, at: datetime) -> int:
    """Bring the keys this keyring holds to where the permission table says they belong; return how many grants changed.

    Takes them from whoever may no longer hold them, makes the keys that are owed, gives them to whoever is to have them by
    office. Run after unlocking and after every change among the people.
    """
    return _settle(keyring, None, at)


@transaction.atomic
def settle_first(*, keyring: Keyring, at: datetime) -> bool:
    """Settle all there is where that is little; of very many records only what is no case, and tell that the rest is to come.

    The rest is done by `settle_some` while the person already works: to look at tens of thousands takes seconds.
    """
    cases = Record.objects.filter(shredded_at=None, kind=Kind.CASE)
    if cases.count() <= FEW:
        _settle(keyring, None, at)
        return False
    _settle(
        keyring, list(Record.objects.filter(shredded_at=None).exclude(kind=Kind.CASE).values_list("pk", flat=True)), at
    )
    return True


def settle_some(*, keyring: Keyring, record_ids: Collection[UUID], at: datetime) -> int:
    """Settle a few hundred records; return how many grants changed. Nothing is locked where nothing is to be done."""
    records = list(Record.objects.filter(pk__in=record_ids, shredded_at=None))
    held, good = keyring.holders_of_many(records), in_good_standing(keyring)
    owed = TierKey.objects.filter(stale=True, record_id__in=record_ids).values_list("record_id", flat=True)
    bare = {record_id for record_id, tier in keyring.sealed_only(record_ids) if tier in held.get(record_id, {})}
    wrong = {
        record.pk
        for record in records
        for tier, holders in held[record.pk].items()
        if any(_differing(record, tier, holders, good))
    }
    needed = sorted(wrong | bare | set(owed))
    if not needed:
        return 0
    with transaction.atomic():
        return _settle(keyring, needed, at)


def _settle(keyring: Keyring, record_ids: Collection[UUID] | None, at: datetime) -> int:
    good = in_good_standing(keyring)
    changed = 0
    records = _locked_records(record_ids)
    held = keyring.holders_of_many(records)
    bare = keyring.sealed_only(record_ids)
    for record in records:
        for tier, holders in sorted(held[record.pk].items()):
            changed += _settle_tier(keyring, record, tier, holders, good, at)
            if (record.pk, tier) in bare and keyring.may_open(record, tier):
                keyring.hand_over(record, tier)
    if renewed := keyring.renew_stale(at=at, record_ids=record_ids):
        append(keyring=keyring, kind="keys.renewed", at=at, details={"count": renewed})
    renew_box(keyring=keyring, at=at)
    return changed + renewed


def take_all(*, keyring: Keyring, person: Person, at: datetime) -> Taking:
    """Take every key that somebody may hold, by the roles on their row."""
    return _take_beyond(keyring, person, person.role_set, None, at)


def take_what_is_no_longer_theirs(
    *, keyring: Keyring, person: Person, roles_before: Collection[Role], team_before: UUID | None, at: datetime
) -> Taking:
    """Take the keys that somebody could hold with the roles they had and cannot with those they have.

    Parameters
    ----------
    team_before
        The team they left, or None if they left none: its records are no longer theirs unless their new place gives them.
    """
    return _take_beyond(keyring, person, roles_before, team_before, at)


def give_up_the_log(*, keyring: Keyring, at: datetime) -> None:
    """Take the log's key from the director who kept it for the first reader, once there is one who holds it."""
    box = LogBox.objects.select_related("record").order_by("-number").first()
    if box is None or not keyring.may_open(box.record, Tier.EVIDENCE):
        return
    record, good = box.record, in_good_standing(keyring)
    holders = keyring.holders(record, Tier.EVIDENCE)
    readers = {pk for pk in holders if pk in good and good[pk].role_set & readers_of_the_log()}
    for keeper in holders - readers if readers else ():
        append(keyring=keyring, kind="grant.taken", at=at, record=record, details={"person": str(keeper)})
        keyring.take(record, Tier.EVIDENCE, keeper, at=at)


def _settle_tier(
    keyring: Keyring, record: Record, tier: Tier, holders: frozenset[UUID], good: dict[UUID, Person], at: datetime
) -> int:
    surplus, missing = _differing(record, tier, holders, good)
    for pk in sorted(surplus):
        append(keyring=keyring, kind="grant.taken", at=at, record=record, tier=tier, details={"person": str(pk)})
        keyring.take(record, tier, pk, at=at)
    if keyring.person_id in surplus:
        return len(surplus)
    for pk in sorted(missing):
        append(keyring=keyring, kind="grant.given", at=at, record=record, tier=tier, details={"person": str(pk)})
        keyring.give(record, tier, good[pk].card)
    return len(surplus) + len(missing)


def _differing(
    record: Record, tier: Tier, holders: frozenset[UUID], good: dict[UUID, Person]
) -> tuple[set[UUID], set[UUID]]:
    """Return who holds a key and may not, and who is to have it by office and does not."""
    surplus = {pk for pk in holders if pk not in good or tier not in receivable_tiers(good[pk], record)}
    return surplus, {pk for pk, person in good.items() if tier in standing_tiers(person, record)} - holders


def _take(
    keyring: Keyring,
    record: Record,
    person_id: UUID,
    tiers: Collection[Tier],
    holders: Mapping[Tier, frozenset[UUID]],
    at: datetime,
) -> Taking:
    """Take tiers of one record from somebody, as far as they hold them or this keyring cannot tell."""
    held = [tier for tier in sorted(set(tiers)) if tier not in holders or person_id in holders[tier]]
    if not held:
        return Taking()
    details = {"person": str(person_id), "tiers": held}
    with keyring.locked(record):
        append(keyring=keyring, kind="grant.taken", at=at, record=record, details=details)
        taken = [keyring.take(record, tier, person_id, at=at) for tier in held]
    renewed = sum(each.renewed for each in taken)
    return Taking(renewed, len(taken) - renewed)


def _take_beyond(
    keyring: Keyring, person: Person, roles_before: Collection[Role], team_before: UUID | None, at: datetime
) -> Taking:
    renewed = owed = 0
    records = _locked_records()
    holders = keyring.holders_of_many(records)
    for record in records:
        tiers = _held_before(roles_before, record) - _kept(person, record, team_before)
        taking = _take(keyring, record, person.pk, tiers, holders[record.pk], at)
        renewed, owed = renewed + taking.renewed, owed + taking.owed
    renew_box(keyring=keyring, at=at)
    return Taking(renewed, owed)


def _locked_records(record_ids: Collection[UUID] | None = None) -> list[Record]:
    """Lock the keys of some records, or all, in one order and before the end of the log is.

    So two who settle never wait for each other.
    """
    records = Record.objects.select_for_update(no_key=True).filter(shredded_at=None).order_by("pk")
    return list(records if record_ids is None else records.filter(pk__in=list(record_ids)))


def _held_before(roles: Collection[Role], record: Record) -> frozenset[Tier]:
    return tiers_of_roles(roles, Kind(record.kind)) if record.kind in set(Kind) else frozenset()


def _kept(person: Person, record: Record, team_before: UUID | None) -> frozenset[Tier]:
    if team_before is not None and record.team_id == team_before:
        return standing_tiers(person, record)
    return receivable_tiers(person, record)


def _demand_keys(keyring: Keyring, record: Record, tiers: Collection[Tier]) -> None:
    for tier in tiers:
        if not keyring.may_open(record, tier):
            raise NoKeyError(f"only who holds the key of {tier} can give or take it")
