from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.accounts.services.honey import honey_among
from waystation.audit.services import append
from waystation.cases.glance import Glance
from waystation.cases.models import Case
from waystation.cases.queries import all_cases, visible_ids
from waystation.continuity.steps import Steps
from waystation.exchange.exporting.purposes import FIELDS, PLAIN, Purpose, needed_for
from waystation.exchange.fresh import fresh_keyring
from waystation.intake.writing.cells import Cell
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

AT_ONCE = 400
"""Cases that are open in memory at one time."""

STATES = ("open", "closed", "all")


def exportable(*, keyring: Keyring, person: Person, purpose: Purpose, state: str) -> list[UUID]:
    """Return the cases of which a person may export all that a purpose needs, the newest first; nothing is opened."""
    cases = all_cases()
    if state != "all":
        cases = cases.filter(closed_at__isnull=state == "open")
    ids = visible_ids(person, keyring, cases)
    tiers = needed_for(purpose).tiers
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


def collected(
    *, keyring: Keyring, purpose: Purpose, ids: Sequence[UUID], clock: Callable[[], datetime], steps: Steps
) -> Iterator[list[Cell]]:
    """Yield the rows of an export. The log names the cases before they are opened; `AT_ONCE` of them are in memory."""
    done = 0
    for chunk in chunks(ids):
        steps("rows", done, len(ids))
        keys = fresh_keyring(keyring)
        cases = {case.pk: case for case in Case.objects.filter(pk__in=chunk).select_related("record")}
        _note(keys, list(cases.values()), purpose, clock())
        fields = needed_for(purpose).sealed
        opened = keys.open_many(cases.values(), *fields) if fields else {case_id: {} for case_id in cases}
        for case_id in chunk:
            if case_id in opened:
                yield [_cell(name, cases[case_id], opened[case_id]) for name in FIELDS[purpose]]
        done += len(chunk)


@transaction.atomic
def _note(keys: Keyring, cases: list[Case], purpose: Purpose, at: datetime) -> None:
    """Write into the log whose cases are opened; each one's identity by itself, and each that nobody has reason to open."""
    needed = needed_for(purpose)
    honey = honey_among(keys, [case.record for case in cases])
    identity = Tier.IDENTITY in needed.tiers
    for case in cases:
        if case.record_id in honey:
            kind = "honey.touched" if identity else "honey.glanced"
        elif identity:
            kind = "identity.opened"
        else:
            continue
        details = {"fields": sorted(needed.sealed), "purpose": purpose.value}
        append(keyring=keys, kind=kind, at=at, record=case.record, details=details)
    ids = [str(case.pk) for case in cases]
    append(keyring=keys, kind="export.taken", at=at, details={"records": ids, "purpose": purpose.value})


def _cell(name: str, case: Case, opened: dict[str, object]) -> Cell:
    if name in PLAIN:
        moment = {"entered": case.created_at, "closed": case.closed_at}.get(name)
        return case.code if name == "code" else f"{moment:%Y-%m}" if moment else None
    value = opened.get(name)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return value  # type: ignore[return-value] # texts, days and exact numbers are what these fields hold
