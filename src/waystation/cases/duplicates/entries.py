"""What is compared of a case: whom it is about and each of its travellers, read in memory by somebody who may open it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from waystation.accounts.models import Person
from waystation.accounts.openings import look_through, open_rows
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.cases.models import Case, CaseRow, Contact, Request, Traveller
from waystation.cases.queries import AT_ONCE
from waystation.matching.entry import Entry
from waystation.store.keyring import Keyring
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier

LONGEST_PLACE = 60
"""Letters of a whereabouts that is still a place's name; a longer one is a description."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a first call says so far of somebody who may be known already."""

    name: str = field(repr=False)
    born: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)

    def entry(self) -> Entry:
        """Return it as what is compared."""
        values = {"name": self.name, "born": self.born, "place": self.place, "contact": self.contact}
        return Entry("", {name: (value,) for name, value in values.items() if value.strip()})


def case_of_key(key: str) -> UUID:
    """Return the id of the case that an entry belongs to."""
    return UUID(key.partition("/")[0])


def read_entries(keyring: Keyring, cases: Iterable[Case], at: datetime) -> dict[UUID, list[Entry]]:
    """Return the entries of some cases by the case's id; what the person may not open is left out, or with it the whole case.

    The log tells how many rows were looked through.
    """
    records = {case.pk: case.record for case in cases}
    opened = {name: _look(keyring, records, model, fields, at) for name, (model, fields) in _READ.items()}
    found = {}
    for case_id in records:
        told = {name: rows.get(case_id, []) for name, rows in opened.items()}
        entries = _entries(case_id, told)
        if entries:
            found[case_id] = entries
    return found


def open_entries(*, keyring: Keyring, person: Person, case: Case, at: datetime) -> list[Entry]:
    """Open what is compared of one case so as to show it, after one entry in the log that names each field.

    Raises
    ------
    NotPermittedError, NoKeyError, SecondPersonNeededError
        If the person may not open whom the case is about, or not now. Nothing is opened.
    """
    where = keyring.may_open(case.record, Tier.MOVEMENT)
    where = where and Tier.MOVEMENT in allowed_tiers(person, Action.CASE_OPEN, case.record, keyring)
    asked: dict[UUID, tuple[SealedModel, tuple[str, ...]]] = {}
    parts: dict[str, list[UUID]] = {}
    for part, (model, fields) in _READ.items():
        if part not in WHERE or where:
            rows = _rows(model, {case.pk: case.record}, fields)
            parts[part] = [row.pk for row in rows]
            asked |= {row.pk: (row, (*asked.get(row.pk, (row, ()))[1], *fields)) for row in rows}
    opened = open_rows(keyring=keyring, record=case.record, rows=list(asked.values()), at=at)
    told = {part: [{"id": row, **opened[row]} for row in rows] for part, rows in parts.items()}
    return _entries(case.pk, {part: told.get(part, []) for part in _READ})


WHERE = frozenset({"where", "region"})
"""Parts that tell where somebody is."""
_READ: dict[str, tuple[type[SealedModel], tuple[str, ...]]] = {
    "case": (Case, ("name", "birth_date")),
    "where": (Case, ("whereabouts",)),
    "call": (Request, ("for_whom", "answer_address")),
    "region": (Request, ("region",)),
    "traveller": (Traveller, ("names", "birth")),
    "contact": (Contact, ("address",)),
}
"""What is opened for comparing: each row belongs to one tier, so that somebody without the other still compares by this one."""


def _look(
    keyring: Keyring, records: Mapping[UUID, Any], model: type[SealedModel], fields: Sequence[str], at: datetime
) -> dict[UUID, list[dict[str, object]]]:
    rows = _rows(model, records, fields)
    if not rows:
        return {}
    owner = {row.pk: row.record.pk for row in rows}
    found: dict[UUID, list[dict[str, object]]] = {}
    for row_id, told in look_through(keyring=keyring, rows=rows, fields=fields, at=at).items():
        found.setdefault(owner[row_id], []).append({"id": row_id, **told})
    return found


def _rows(model: type[SealedModel], records: Mapping[UUID, Any], fields: Sequence[str]) -> list[Any]:
    """Return the rows of some cases that count, their records with them."""
    read = model._default_manager.only("record_id", *fields, *(("gone_at",) if issubclass(model, CaseRow) else ()))
    if len(records) <= AT_ONCE:
        read = read.filter(record_id__in=list(records))
    rows = [row for row in read if row.record_id in records and getattr(row, "gone_at", None) is None]
    for row in rows:
        row.record = records[row.record_id]
    return rows


def _entries(case_id: UUID, told: Mapping[str, list[dict[str, object]]]) -> list[Entry]:
    places = [str(row["whereabouts"] or "") for row in told["where"]] + [
        str(row["region"] or "") for row in told["region"]
    ]
    contacts = [str(row["answer_address"] or "") for row in told["call"]]
    contacts += [str(row["address"] or "") for row in told["contact"]]
    shared = {
        "place": _given(place for place in places if len(place) <= LONGEST_PLACE),
        "contact": _given(contacts),
    }
    names = [str(row["name"] or "") for row in told["case"]] + [str(row["for_whom"] or "") for row in told["call"]]
    born = [row["birth_date"].isoformat() for row in told["case"] if isinstance(row["birth_date"], date)]
    people = [("case", _given(names), _given(born))]
    for row in told["traveller"]:
        birth = row["birth"] if isinstance(row["birth"], dict) else {}
        people.append((str(row["id"]), _texts(row["names"]), _given([str(birth.get("date", ""))])))
    return [
        Entry(f"{case_id}/{who}", {"name": called, "born": birth, **shared}) for who, called, birth in people if called
    ]


def _texts(names: object) -> tuple[str, ...]:
    return _given(str(name.get("text", "")) for name in names) if isinstance(names, list) else ()


def _given(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
