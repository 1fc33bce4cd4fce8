"""Give keys, take them, and make those that are owed; each with the record's row locked."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.store.keyring.keys import OpenKey, demand_statement
from waystation.store.keyring.making import grant_rows, make_key, save_grants
from waystation.store.keyring.places import Place
from waystation.store.keyring.reach import Reach
from waystation.store.keyring.rotation import Taken, seal_again
from waystation.store.keyring.withdrawals import leave_withdrawal, waiting_for, withdrawn_people
from waystation.store.models import Grant, Record, TierKey, Withdrawal
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, Card, NoKeyError, TamperedError


def lock(record_id: UUID) -> Record:
    """Lock a record's keys until the transaction ends; return the record as it is now."""
    return Record.objects.select_for_update(no_key=True).get(pk=record_id)


@transaction.atomic
def give(reach: Reach, place: Place, to: Card) -> None:
    """Give somebody the newest key of a tier; if they hold it already, only see that nobody takes it any more.

    Raises
    ------
    NoKeyError
        If the giver does not hold it.
    TamperedError
        If the receiver's card is not trusted.
    """
    reach.trust.learn(to)
    lock(place.record_id)
    opened = reach.demand(place)
    waiting = waiting_for([place.record_id]).get(place, [])
    mine = withdrawn_people(opened, waiting, reach.trust).get(to.person_id, [])
    if mine:
        Withdrawal.objects.filter(pk__in=[row.pk for row in mine]).delete()
        if len(mine) == len(waiting):
            TierKey.objects.filter(pk=opened.row.pk).update(stale=False)
    same = Grant.objects.filter(record_id=place.record_id, tier=place.tier, version=opened.version)
    if not same.filter(tag=opened.tag_of(to.person_id)).exists():
        save_grants(grant_rows(opened, reach.trust, [to.person_id], reach.handings))


@transaction.atomic
def hand_over(reach: Reach, place: Place) -> int:
    """Hand over what was only sealed to people, so that they find it at once from now on; return how many grants that were.

    Who holds the key does not change. Grants of people who are not known here stay as they are.

    Raises
    ------
    NoKeyError
        If this person does not hold the key.
    """
    lock(place.record_id)
    opened = reach.demand(place)
    bare = Grant.objects.filter(record_id=place.record_id, tier=place.tier, version=opened.version, hint=None)
    tags = {bytes(tag): pk for pk, tag in bare.values_list("pk", "tag")}
    if not tags:
        return 0
    present, _ = reach.holders(place, opened)
    known = {person_id: pk for person_id in present if (pk := tags.get(opened.tag_of(person_id))) is not None}
    bare.filter(pk__in=known.values()).delete()
    save_grants(grant_rows(opened, reach.trust, known, reach.handings))
    return len(known)


@transaction.atomic
def take(reach: Reach, place: Place, person_id: UUID, at: datetime) -> Taken:
    """Take a tier's key from somebody: make a new one for the others, or leave a withdrawal if the taker cannot open the tier.

    Raises
    ------
    NoKeyError
        If the tier has no keys: the record was shredded.
    """
    lock(place.record_id)
    opened = reach.usable([place]).get(place)
    if opened is None:
        row = _newest_row(place)
        demand_statement(row, reach.trust)
        leave_withdrawal(reach.identity, row, person_id, at)
        return Taken(place.record_id, place.tier, person_id, held=None, renewed=False, version=row.version)
    leaving = reach.leaving(place, opened) | {person_id}
    present, _ = reach.holders(place, opened)
    if not leaving & present:
        return Taken(place.record_id, place.tier, person_id, held=False, renewed=False, version=opened.version)
    return _renew(reach, place, opened, leaving, at, person_id)


def renew_stale(reach: Reach, at: datetime, record_ids: Collection[UUID] | None = None) -> int:
    """Make the keys that are owed, of tiers this person can open, each in a transaction of its own; return how many were made.

    ``record_ids`` are the records looked at; None looks at all.

    A tier whose rows were tampered with is left as it is: it is told when somebody opens it.
    """
    made = 0
    owed = TierKey.objects.filter(stale=True)
    if record_ids is not None:
        owed = owed.filter(record_id__in=list(record_ids))
    stale = owed.order_by("record_id", "tier").values_list("record_id", "tier")
    for place in sorted({Place(record_id, Tier(tier)) for record_id, tier in stale}):
        try:
            with transaction.atomic():
                made += _renew_if_owed(reach, place, at)
        except (NoKeyError, TamperedError):
            continue
    return made


def _renew_if_owed(reach: Reach, place: Place, at: datetime) -> bool:
    lock(place.record_id)
    opened = reach.demand(place)
    if not opened.row.stale:
        TierKey.objects.filter(record_id=place.record_id, tier=place.tier).update(stale=False)
        return False
    leaving = reach.leaving(place, opened)
    present, _ = reach.holders(place, opened)
    if leaving and not leaving & present:
        # Whoever was to lose the key never held it: there is nothing to renew.
        Withdrawal.objects.filter(record_id=place.record_id, tier=place.tier).delete()
        TierKey.objects.filter(pk=opened.row.pk).update(stale=False)
        return False
    _renew(reach, place, opened, leaving, at, None)
    return True


def _renew(
    reach: Reach, place: Place, opened: OpenKey, leaving: set[UUID], at: datetime, person_id: UUID | None
) -> Taken:
    reach.keys.prove(opened)
    present, strangers = reach.holders(place, opened)
    staying = (present - leaving) | {RECOVERY}
    mine = reach.identity.person_id in staying
    new = make_key(reach.identity, place, before=opened, at=at)
    done = seal_again(place, new, opened.versions)
    rows = {"record_id": place.record_id, "tier": place.tier}
    Grant.objects.filter(**rows).delete()
    Withdrawal.objects.filter(**rows).delete()
    TierKey.objects.filter(**rows).update(stale=False)
    save_grants(grant_rows(new, reach.trust, staying, reach.handings if mine else None))
    if mine:
        reach.keys.remember(new)
    return Taken(
        place.record_id,
        place.tier,
        person_id or RECOVERY,
        held=person_id in present,
        renewed=True,
        version=new.version,
        fields=done.fields,
        files=done.files,
        damaged=done.damaged,
        strangers=strangers,
    )


def _newest_row(place: Place) -> TierKey:
    row = TierKey.objects.filter(record_id=place.record_id, tier=place.tier).order_by("-version").first()
    if row is None:
        raise NoKeyError("this record's keys were destroyed")
    return row
