"""What is compared of a case, so that nobody is entered twice: whom it is about, and each of its travellers."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from waystation.cases.models import Case, Contact, Request, Traveller
from waystation.matching.entry import Entry
from waystation.store.models import SealedModel

LONGEST_PLACE: Final = 60
"""Letters of a whereabouts that is still a place's name; a longer one is a description."""
COMPARED: Final[dict[type[SealedModel], tuple[str, ...]]] = {
    Case: ("name", "birth_date", "whereabouts"),
    Request: ("for_whom", "answer_address", "region"),
    Traveller: ("names", "birth"),
    Contact: ("address",),
}
"""What is opened for comparing, each field by whoever may open its tier; somebody without the one still compares by the other."""

Told = Mapping[type[SealedModel], Mapping[UUID, Mapping[str, object]]]
"""Opened values of one case: by their table, their row's id and their field."""


def people_of(case_id: UUID, told: Told) -> tuple[Entry, ...]:
    """Return what is compared of one case, its keys beginning with the case's id; nobody without a name is compared."""
    case, request = told.get(Case, {}).values(), told.get(Request, {}).values()
    contacts = [*_texts(request, "answer_address"), *_texts(told.get(Contact, {}).values(), "address")]
    places = [*_texts(case, "whereabouts"), *_texts(request, "region")]
    shared = {"place": _given(each for each in places if len(each) <= LONGEST_PLACE), "contact": _given(contacts)}
    names = [*_texts(case, "name"), *_texts(request, "for_whom")]
    born = [day.isoformat() for row in case if isinstance(day := row.get("birth_date"), date)]
    people = [("case", _given(names), _given(born))]
    for row_id, row in told.get(Traveller, {}).items():
        people.append((str(row_id), _called(row.get("names")), _born(row.get("birth"))))
    return tuple(
        Entry(f"{case_id}/{who}", {"name": called, "born": birth, **shared}) for who, called, birth in people if called
    )


def _texts(rows: Iterable[Mapping[str, object]], field: str) -> list[str]:
    return [str(row.get(field) or "") for row in rows]


def _called(names: object) -> tuple[str, ...]:
    return _given(str(name.get("text", "")) for name in names) if isinstance(names, list) else ()


def _born(birth: object) -> tuple[str, ...]:
    return _given([str(birth.get("date", ""))]) if isinstance(birth, dict) else ()


def _given(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
