"""What is compared of a case, opened so as to show it; and what a first call says so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from waystation.accounts.models import Person
from waystation.accounts.openings import open_rows
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.cases.index.people import COMPARED, people_of
from waystation.cases.models import Case, CaseRow
from waystation.matching.entry import Entry
from waystation.store.keyring import Keyring
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier


@dataclass(frozen=True, slots=True)
class Asked:
    """What a first call says so far of somebody who may be known already."""

    name: str = field(repr=False)
    born: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)

    @property
    def name_alone(self) -> bool:
        """Whether nothing but a name was said yet."""
        return not (self.born.strip() or self.place.strip() or self.contact.strip())

    def entry(self) -> Entry:
        """Return it as what is compared."""
        values = {"name": self.name, "born": self.born, "place": self.place, "contact": self.contact}
        return Entry("", {name: (value,) for name, value in values.items() if value.strip()})


def case_of_key(key: str) -> UUID:
    """Return the id of the case that an entry belongs to."""
    return UUID(key.partition("/")[0])


def open_entries(*, keyring: Keyring, person: Person, case: Case, at: datetime) -> list[Entry]:
    """Open what is compared of one case so as to show it, after one entry in the log that names each field.

    Raises
    ------
    NotPermittedError, NoKeyError, SecondPersonNeededError
        If the person may not open whom the case is about, or not now. Nothing is opened.
    """
    where = keyring.may_open(case.record, Tier.MOVEMENT)
    where = where and Tier.MOVEMENT in allowed_tiers(person, Action.CASE_OPEN, case.record, keyring)
    asked: list[tuple[SealedModel, tuple[str, ...]]] = []
    tables: dict[UUID, type[SealedModel]] = {}
    for model, compared in COMPARED.items():
        fields = tuple(name for name in compared if where or model.sealed_fields()[name].tier is not Tier.MOVEMENT)
        for row in _rows(model, case, fields):
            asked.append((row, fields))
            tables[row.pk] = model
    opened = open_rows(keyring=keyring, record=case.record, rows=asked, at=at)
    told: dict[type[SealedModel], dict[UUID, Mapping[str, object]]] = {}
    for row_id, values in opened.items():
        told.setdefault(tables[row_id], {})[row_id] = values
    return list(people_of(case.pk, told))


def _rows(model: type[SealedModel], case: Case, fields: tuple[str, ...]) -> list[SealedModel]:
    """Return the rows of a case that count, its record with them."""
    counts = {"gone_at": None} if issubclass(model, CaseRow) else {}
    rows = list(model._default_manager.filter(record_id=case.pk, **counts).only("record_id", *fields))
    for row in rows:
        row.record = case.record
    return rows
