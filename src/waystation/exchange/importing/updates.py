"""What a row about a case that is here would change in it: every column that the case itself holds, old value beside new."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.cases.models import AGE_BANDS, Case, Contact, Request
from waystation.cases.services import change_case, set_contact, set_priority, take_off_contact
from waystation.cases.steps.vocabulary import Priority
from waystation.cases.summary import Summary
from waystation.exchange.importing.columns import Entry
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

CASE_COLUMNS: Final[Mapping[str, str]] = {
    "name": "name",
    "region": "whereabouts",
    "birth_date": "birth_date",
    "party_size": "party_size",
    "urgency": "urgency",
    "needs": "needs",
    "note": "note",
}
"""Columns that are fields of the case; numbers of people of each band are added up to how many they are."""
ANSWERING: Final = ("answer_address", "answer_way", "answer_time", "asker_name")
"""Columns that become a contact of the case, where it has none of this address yet."""
TAKEN: Final = frozenset(
    {"reference", "code", "priority", *CASE_COLUMNS, *ANSWERING, *(f"people {band}" for band in AGE_BANDS)}
)
"""Columns of a row about a case that is here which say which case, or change it. What else a first call says stays as it was."""
TIERS: Final[Mapping[str, Tier]] = {
    **{name: Case.sealed_fields()[name].tier for name in CASE_COLUMNS.values()},
    "priority": Tier.WELFARE,
    "contact": Tier.IDENTITY,
}
"""Everything that a row may change, by the tier that keeps what stood there before."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing a row would change: old and new, as text."""

    what: str
    before: str = field(repr=False)
    after: str = field(repr=False)


def standing(keyring: Keyring, person: Person, case: Case) -> dict[str, Any]:
    """Return what stands in a case now of what a row may change, as far as the person may open and change it.

    ``contact`` is every address that is known of the case.
    """
    tiers = keyring.tiers_of(case.record) & allowed_tiers(person, Action.CASE_CHANGE, case.record, keyring)
    names = [name for name in CASE_COLUMNS.values() if TIERS[name] in tiers]
    found: dict[str, Any] = keyring.open(case, *names) if names else {}
    if Tier.WELFARE in tiers:
        summary: Any = keyring.open(case, "summary")["summary"]
        found["priority"] = Summary.from_json(summary).priority.value
    if {Tier.IDENTITY, Tier.WELFARE} <= tiers:
        asked = Request.objects.filter(record=case.record).select_related("record")
        contacts = Contact.objects.filter(record=case.record, gone_at=None).select_related("record")
        known = [each["answer_address"] for each in keyring.open_many(asked, "answer_address").values()]
        known += [each["address"] for each in keyring.open_many(contacts, "address").values()]
        found["contact"] = frozenset(str(each) for each in known if each)
    return found


def changes_of(entry: Entry, now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row would change, by `TIERS`' names; a cell that is empty changes nothing."""
    told: dict[str, Any] = {
        name: entry.values[column] for column, name in CASE_COLUMNS.items() if column in entry.values
    }
    bands = sum(int(str(entry.values.get(f"people {band}", 0))) for band in AGE_BANDS)
    if bands:
        told.setdefault("party_size", bands)
    if "priority" in entry.values:
        told["priority"] = entry.text("priority")
    found = {name: value for name, value in told.items() if name in now and _plain(value) != _plain(now[name])}
    address = entry.text("answer_address")
    if address and "contact" in now and address not in now["contact"]:
        found["contact"] = address
    return found


def shown(changes: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Changed, ...]:
    """Return changes as text, old beside new."""
    return tuple(Changed(name, "" if name == "contact" else _text(now[name]), _text(changes[name])) for name in changes)


def newer(case_id: UUID, since: int, names: Collection[str]) -> tuple[str, ...]:
    """Return those of some fields that somebody changed here after the version that an import made of the case."""
    made = Case(id=case_id).changes.filter(version__gt=since).values_list("fields", flat=True)
    later = {name for fields in made for name in fields}
    return tuple(name for name in names if name in later)


@transaction.atomic
def make_changes(
    *, keyring: Keyring, case: Case, entry: Entry, changes: Mapping[str, Any], at: datetime
) -> tuple[Case, UUID | None]:
    """Write what a row changes, by the desk's own services; return the case as it is then, and a contact that was added."""
    contact_id = None
    values = {name: value for name, value in changes.items() if name not in {"priority", "contact"}}
    if values:
        values = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
        case = change_case(keyring=keyring, case=case, seen_version=case.version, values=values, at=at)
    if "priority" in changes:
        case = set_priority(keyring=keyring, case=case, priority=Priority(changes["priority"]), at=at)
    if "contact" in changes:
        reach = {
            "whose": entry.text("asker_name") or entry.text("name"),
            "way": entry.text("answer_way"),
            "address": entry.text("answer_address"),
            "safe_time": entry.text("answer_time"),
        }
        contact_id = set_contact(keyring=keyring, case=case, values=reach, at=at).pk
        case = Case.objects.select_related("record").get(pk=case.pk)
    return case, contact_id


@transaction.atomic
def take_changes_back(*, keyring: Keyring, case: Case, before: Mapping[str, Any], at: datetime) -> Case:
    """Put back what `kept_before` kept; return the case as it is then."""
    values = {name: _read(name, value) for name, value in before.items() if name not in {"priority", "contact"}}
    if values:
        case = change_case(keyring=keyring, case=case, seen_version=case.version, values=values, at=at)
    if before.get("priority"):
        case = set_priority(keyring=keyring, case=case, priority=Priority(before["priority"]), at=at)
    if before.get("contact"):
        take_off_contact(keyring=keyring, case=case, contact_id=UUID(before["contact"]), at=at)
        case = Case.objects.select_related("record").get(pk=case.pk)
    return case


def kept_before(changes: Mapping[str, Any], now: Mapping[str, Any], contact_id: UUID | None) -> dict[str, object]:
    """Return what stood in the changed fields, for the sealed fields of an `ImportLine`, by tier."""
    kept: dict[str, dict[str, Any]] = {}
    for name in changes:
        value = str(contact_id) if name == "contact" else _plain(now[name])
        kept.setdefault(f"{TIERS[name]}_before", {})[name] = value
    return dict(kept)


def _plain(value: Any) -> Any:
    """Return a value as JSON has it, so that equal ones are equal however they came."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value)
    if isinstance(value, list | tuple):
        return sorted(str(each) for each in value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _text(value: Any) -> str:
    plain = _plain(value)
    return ", ".join(plain) if isinstance(plain, list) else "" if plain is None else str(plain)


def _read(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "birth_date" and value else value
