from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.accounts.services.honey import honey_among
from waystation.audit.payload import Detail
from waystation.audit.services import Told, append_many
from waystation.cases.glance import Glance
from waystation.cases.models import Case
from waystation.cases.queries import all_cases, visible_ids
from waystation.continuity.steps import Steps
from waystation.exchange.exporting.purposes import FIELDS, PLAIN, TABLES, Purpose, What, needed_for
from waystation.exchange.fresh import fresh_keyring
from waystation.intake.writing.cells import Cell
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

AT_ONCE = 400
"""Cases that are open in memory at one time."""

STATES = ("open", "closed", "all")


def exportable(
    *, keyring: Keyring, person: Person, purpose: Purpose, state: str, what: What = What.CASES
) -> list[UUID]:
    """Return the cases of which a person may export all that a purpose needs, the newest first; nothing is opened."""
    cases = all_cases()
    if state != "all":
        cases = cases.filter(closed_at__isnull=state == "open")
    ids = visible_ids(person, keyring, cases)
    tiers = needed_for(purpose, what).tiers
    found: list[UUID] = []
    for chunk in chunks(ids):
        keys = fresh_keyring(keyring)
        rows = {
            case.pk: case for case in Case.objects.filter(pk__in=chunk).select_related("record").only("id", "record")
        }
        glance = Glance(keys, [case.record for case in rows.values()])
        found += [case_id for case_id in chunk if case_id in rows and _may(person, rows[case_id], glance, tiers)]
    return found


def _may(person: Person, case: Case, glance: Glance, tiers: frozenset[Tier]) -> bool:
    allowed = allowed_tiers(person, Action.CASE_EXPORT, case.record, glance)
    held = all(glance.may_open(case.record, tier) for tier in tiers)
    rules = tiers <= allowed if tiers else bool(allowed)
    return held and rules


def chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Yield ids, `AT_ONCE` at a time."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def rows_of(what: What, ids: Sequence[UUID]) -> int:
    """Count the rows of one kind in cases; nothing is opened."""
    if what is What.CASES:
        return len(ids)
    return sum(_rows(what, chunk).count() for chunk in chunks(ids))


def collected(
    *,
    keyring: Keyring,
    purpose: Purpose,
    ids: Sequence[UUID],
    clock: Callable[[], datetime],
    steps: Steps,
    what: What = What.CASES,
) -> Iterator[list[Cell]]:
    """Yield the rows of an export, those of one case together. The log names the cases before they are opened.

    The rows of `AT_ONCE` cases are in memory.
    """
    done = 0
    for chunk in chunks(ids):
        steps("rows", done, len(ids))
        keys = fresh_keyring(keyring)
        cases = {case.pk: case for case in Case.objects.filter(pk__in=chunk).select_related("record")}
        _note(keys, list(cases.values()), purpose, what, clock())
        rows = list(cases.values()) if what is What.CASES else _of_cases(what, cases)
        place = {case_id: at for at, case_id in enumerate(chunk)}
        rows.sort(key=lambda row: place[row.record_id])
        fields = needed_for(purpose, what).sealed
        opened = keys.open_many(rows, *fields) if fields else {row.pk: {} for row in rows}
        for row in rows:
            if row.pk in opened:
                case = cases[row.record_id]
                yield [_cell(name, case, row, opened[row.pk]) for name in FIELDS[purpose, what]]
        done += len(chunk)


def _rows(what: What, case_ids: Sequence[UUID]) -> QuerySet[Any]:
    table: Any = TABLES[what]
    found: QuerySet[Any] = table.objects.filter(record_id__in=case_ids, gone_at=None)
    return found


def _of_cases(what: What, cases: dict[UUID, Case]) -> list[Any]:
    """Return the rows of cases, each with its record, in the order in which they were written."""
    rows = list(_rows(what, list(cases)).order_by("at", "pk"))
    for row in rows:
        row.record = cases[row.record_id].record
    return rows


@transaction.atomic
def _note(keys: Keyring, cases: list[Case], purpose: Purpose, what: What, at: datetime) -> None:
    """Write into the log whose cases are opened; each one's identity by itself, and each that nobody has reason to open."""
    needed = needed_for(purpose, what)
    honey = honey_among(keys, [case.record for case in cases])
    identity = Tier.IDENTITY in needed.tiers
    details: dict[str, Detail] = {"fields": sorted(needed.sealed), "purpose": purpose.value, "kind": what.value}
    told = []
    for case in cases:
        if case.record_id in honey:
            told.append(Told("honey.touched" if identity else "honey.glanced", at, case.record, details=details))
        elif identity:
            told.append(Told("identity.opened", at, case.record, details=details))
    ids = [str(case.pk) for case in cases]
    told.append(Told("export.taken", at, details={"records": ids, "purpose": purpose.value, "kind": what.value}))
    append_many(keyring=keys, told=told)


def _cell(name: str, case: Case, row: Any, opened: dict[str, object]) -> Cell:
    if name in PLAIN:
        moments = {"entered": case.created_at, "closed": case.closed_at, "decided": getattr(row, "decided_at", None)}
        moment = moments.get(name)
        return case.code if name == "code" else f"{moment:%Y-%m}" if moment else None
    return _plain(opened.get(name))


def _plain(value: object) -> Cell:
    """Return a value as one cell: lists and small tables as their words, a birth as far as it is known."""
    if isinstance(value, list):
        return ", ".join(str(_plain(each)) for each in value)
    if isinstance(value, dict):
        if "text" in value or "date" in value:
            return str(value.get("text", value.get("date")))
        return ", ".join(f"{key}: {each}" for key, each in value.items())
    return value  # type: ignore[return-value] # texts, days and exact numbers are what these fields hold
