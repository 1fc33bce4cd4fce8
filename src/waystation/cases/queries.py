"""Read cases without opening what is sealed in them: codes, ages, who holds what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, allowed_tiers, may
from waystation.cases.glance import Glance
from waystation.cases.models import KIND, Case, Change
from waystation.store.keyring import Keyring
from waystation.store.models import Record, TierKey
from waystation.store.retention import due
from waystation.store.tiers import Tier

AT_ONCE = 400
"""Ids in one query."""
QUIET_AFTER = timedelta(days=30)
"""A case nobody changed for so long is quiet: it may be well, or forgotten."""


@dataclass(frozen=True)
class Line:
    """What a list tells of a case.

    Attributes
    ----------
    case
        Its row, its record with it.
    maker
        Who entered it.
    mine
        Whether that is the reader.
    age_days, unchanged_days
        Whole days since it was entered, and since anybody changed it.
    quiet
        Whether it is open and nobody changed it for `QUIET_AFTER`.
    """

    case: Case
    maker: UUID
    mine: bool
    age_days: int
    unchanged_days: int
    quiet: bool


def with_makers() -> QuerySet[Case]:
    """Return every case with its record and ``maker``, the id of who entered it."""
    made = Change.objects.filter(case=OuterRef("pk"), version=1).values("by")[:1]
    return Case.objects.select_related("record").annotate(maker=Subquery(made))


def all_cases() -> QuerySet[Case]:
    """Return every case that was not shredded, the one changed last first, with ``maker``; sealed fields are not fetched."""
    rows = with_makers().filter(record__shredded_at=None).order_by("-updated_at", "code")
    return rows.defer(*Case.sealed_fields())


def visible_ids(person: Person, keyring: Keyring, rows: QuerySet[Case]) -> list[UUID]:
    """Return the ids of those of some cases whose codes a person may see, in their order; no sealed field is opened.

    The permission table is asked once for each team, with and without a key; keys are looked for only where they decide.
    """
    if not may(person, Action.CASE_LIST):
        return []
    records = [
        Record(id=record_id, kind=KIND, team_id=team_id)
        for record_id, team_id in rows.values_list("record_id", "record__team_id")
    ]
    by_office = {
        record.team_id: may(person, Action.CASE_LIST, record)
        for record in {each.team_id: each for each in records}.values()
    }
    asked = [record for record in records if not by_office[record.team_id]]
    glance = Glance(keyring, asked)
    held = {record.pk for record in asked if glance.tiers_of(record) and may(person, Action.CASE_LIST, record, glance)}
    return [record.pk for record in records if by_office[record.team_id] or record.pk in held]


def visible_cases(person: Person, keyring: Keyring) -> list[Case]:
    """Return the cases whose codes a person may see, the one changed last first; no sealed field is opened."""
    return fetched(visible_ids(person, keyring, all_cases()))


def fetched(case_ids: Iterable[UUID]) -> list[Case]:
    """Return cases by their ids, in that order, without their sealed fields."""
    ids = list(case_ids)
    found = {case.pk: case for case in (all_cases().filter(pk__in=ids) if len(ids) <= AT_ONCE else all_cases())}
    return [found[case_id] for case_id in ids if case_id in found]


def line(case: Case, person: Person, now: datetime) -> Line:
    """Return what a list tells a person of a case from `with_makers`."""
    maker = UUID(str(getattr(case, "maker", None) or UUID(int=0)))
    unchanged = now - case.updated_at
    quiet = case.closed_at is None and unchanged >= QUIET_AFTER
    return Line(case, maker, maker == person.pk, (now - case.created_at).days, unchanged.days, quiet)


def openable(cases: Iterable[Case], person: Person, keyring: Keyring, tier: Tier) -> list[Case]:
    """Return those of some cases of which a person may open a tier, by the table and by the keys they hold."""
    rows = list(cases)
    glance = Glance(keyring, [case.record for case in rows])
    return [
        case
        for case in rows
        if glance.may_open(case.record, tier) and tier in allowed_tiers(person, Action.CASE_OPEN, case.record, glance)
    ]


def history(case: Case, tiers: Iterable[Tier]) -> list[Change]:
    """Return what was done to a case, the newest first: to it as a whole, and to those ``tiers`` of it."""
    shown = {tier.value for tier in tiers}
    return [change for change in case.changes.order_by("-version") if not change.tiers or shown & set(change.tiers)]


def owed_tiers(case: Case) -> frozenset[Tier]:
    """Return the parts whose key somebody who lost it may still know: whoever holds it makes a new one when they unlock next."""
    stale = TierKey.objects.filter(record=case.record, stale=True)
    return frozenset(Tier(tier) for tier in stale.values_list("tier", flat=True))


def due_cases(now: datetime) -> list[Case]:
    """Return the cases kept as long as the rules allow, the longest first; none on legal hold."""
    ids = [record.pk for record in due(now, KIND)]
    cases = Case.objects.select_related("record").in_bulk(ids)
    return [cases[record_id] for record_id in ids]
