"""Read some cases for one person: a few queries for hundreds, keys found by their hints, the small sealed summaries opened."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, allowed_tiers, may
from waystation.cases.glance import Glance
from waystation.cases.index.consents import consents_end
from waystation.cases.index.entry import Entry
from waystation.cases.index.people import COMPARED, people_of
from waystation.cases.models import KIND, Case, Change, Contact, Request, Traveller
from waystation.cases.summary import Outline, Summary
from waystation.store.keyring import Keyring
from waystation.store.models import Record, SealedModel
from waystation.store.sealed_value import SealedValue
from waystation.store.search import searchable
from waystation.store.tiers import Tier

NOBODY: Final = UUID(int=0)


@dataclass(frozen=True)
class Looked:
    """One field that is opened: ``name`` says that it holds people's names, ``words`` that a search looks through it."""

    model: type[SealedModel]
    field: str
    name: bool = False
    words: bool = True


LOOKED: Final[tuple[Looked, ...]] = (
    Looked(Case, "name", name=True),
    Looked(Traveller, "names", name=True),
    Looked(Request, "for_whom", name=True),
    Looked(Request, "asker_name", name=True),
    Looked(Request, "answer_address"),
    Looked(Request, "region"),
    Looked(Case, "whereabouts"),
    Looked(Request, "danger"),
    Looked(Case, "note"),
    Looked(Case, "testimony"),
    Looked(Case, "birth_date", words=False),
    Looked(Traveller, "birth", words=False),
    Looked(Contact, "address", words=False),
)
"""What is looked through and what is compared, each field by whoever may open its tier."""


@dataclass
class Texts:
    """What was opened of one case, in memory."""

    names: list[str] = field(default_factory=list, repr=False)
    words: list[object] = field(default_factory=list, repr=False)
    told: dict[type[SealedModel], dict[UUID, dict[str, object]]] = field(default_factory=dict, repr=False)

    def put(self, looked: Looked, row_id: UUID, value: object) -> None:
        """Keep one value of a row."""
        if looked.words:
            self.words.append(_said(value))
        if looked.name:
            self.names += _said(value)
        if looked.field in COMPARED.get(looked.model, ()):
            self.told.setdefault(looked.model, {}).setdefault(row_id, {})[looked.field] = value


class Reading:
    """Reads cases as one person may see them: what the permission table says is asked once for each team, not for each case."""

    def __init__(self, keyring: Keyring, person: Person) -> None:
        """Read as ``person``, whose keyring it is."""
        self._keyring, self._person = keyring, person
        self._most = allowed_tiers(person, Action.CASE_OPEN)
        self._answers: dict[tuple[UUID | None, frozenset[Tier]], tuple[bool, frozenset[Tier]]] = {}

    def entries(self, case_ids: Collection[UUID]) -> dict[UUID, Entry]:
        """Return what the person may see of some cases; those whose codes they may not see are left out.

        Cost: some ten queries for any number up to a few hundred, and 10 us for each key and each value.
        """
        ids = list(case_ids)
        rows = _rows(ids)
        held = self._keyring.tiers_in((row["record_id"] for row in rows), self._most) if self._most else {}
        seen, tiers = [], {}
        for row in rows:
            listed, opened = self._asked(row["record__team_id"], held.get(row["record_id"], frozenset()))
            if listed:
                seen.append(row)
                tiers[row["record_id"]] = opened
        makers = dict(Change.objects.filter(case_id__in=ids, version=1).values_list("case_id", "by"))
        small = self._small(seen, tiers)
        texts = self._texts(tiers)
        ends = consents_end([row["record_id"] for row in seen if Tier.WELFARE in tiers[row["record_id"]]])
        return {
            row["id"]: Entry(
                id=row["id"],
                code=row["code"],
                version=row["version"],
                team_id=row["record__team_id"],
                created_at=row["record__created_at"],
                updated_at=row["updated_at"],
                closed_at=row["closed_at"],
                maker=makers.get(row["id"], NOBODY),
                held=row["record__hold"],
                tiers=tiers[row["record_id"]],
                summary=small["summary"].get(row["id"]),
                outline=small["outline"].get(row["id"]),
                names=tuple(texts[row["record_id"]].names),
                people=people_of(row["id"], texts[row["record_id"]].told),
                words=searchable([row["code"], *texts[row["record_id"]].words]),
                consent_until=ends.get(row["record_id"]),
            )
            for row in seen
        }

    def _asked(self, team_id: UUID | None, held: frozenset[Tier]) -> tuple[bool, frozenset[Tier]]:
        """Return whether the code may be seen, and which parts may be opened, of a team's case of which these keys are held."""
        if (team_id, held) not in self._answers:
            record = Record(kind=KIND, team_id=team_id)
            glance = Glance.of(self._keyring, {record.pk: held})
            listed = may(self._person, Action.CASE_LIST, record, glance)
            opened = allowed_tiers(self._person, Action.CASE_OPEN, record, glance) & held
            self._answers[team_id, held] = (listed, opened)
        return self._answers[team_id, held]

    def _small(self, rows: list[dict[str, Any]], tiers: Mapping[UUID, frozenset[Tier]]) -> dict[str, dict[UUID, Any]]:
        found: dict[str, dict[UUID, Any]] = {}
        for name, kind in (("summary", Summary), ("outline", Outline)):
            tier = Case.sealed_fields()[name].tier
            mine = [row for row in rows if tier in tiers[row["record_id"]]]
            values = [(row["id"], row["record_id"], row[name]) for row in mine if row[name] is not None]
            opened = self._keyring.open_values(Case, name, values)
            # A case that was entered before summaries were kept has none: it stands where every case begins.
            found[name] = {row["id"]: kind.from_json(None) for row in mine if row[name] is None}
            found[name] |= {case_id: kind.from_json(value) for case_id, value in opened.items()}  # type: ignore[arg-type] # what was sealed there
        return found

    def _texts(self, tiers: Mapping[UUID, frozenset[Tier]]) -> dict[UUID, Texts]:
        """Return what is opened of each record: names, what is looked through, what is compared."""
        texts: dict[UUID, Texts] = defaultdict(Texts)
        for model in dict.fromkeys(each.model for each in LOOKED):
            looked = [
                each for each in LOOKED if each.model is model and model.sealed_fields()[each.field].tier in self._most
            ]
            for each, values in self._values(model, looked, tiers).items():
                for row_id, record_id, value in values:
                    texts[record_id].put(each, row_id, value)
        return texts

    def _values(
        self, model: type[SealedModel], looked: list[Looked], tiers: Mapping[UUID, frozenset[Tier]]
    ) -> dict[Looked, list[tuple[UUID, UUID, object]]]:
        if not looked:
            return {}
        counts = Q(gone_at=None) if any(field.name == "gone_at" for field in model._meta.fields) else Q()
        given = Q()
        for each in looked:
            given |= Q(**{f"{each.field}__isnull": False})
        rows = list(
            model._base_manager.filter(counts, given, record_id__in=list(tiers)).values_list(
                "id", "record_id", *(each.field for each in looked)
            )
        )
        records = {row[0]: row[1] for row in rows}
        found = {}
        for at, each in enumerate(looked, start=2):
            tier = model.sealed_fields()[each.field].tier
            values: list[tuple[UUID, UUID, SealedValue]] = [
                (row[0], row[1], row[at]) for row in rows if row[at] is not None and tier in tiers[row[1]]
            ]
            opened = self._keyring.open_values(model, each.field, values)
            found[each] = [(row_id, records[row_id], value) for row_id, value in opened.items()]
        return found


def _rows(case_ids: Collection[UUID]) -> list[dict[str, Any]]:
    columns = ("id", "record_id", "code", "version", "updated_at", "closed_at", "summary", "outline")
    of_record = ("record__team_id", "record__created_at", "record__hold")
    return list(Case.objects.filter(pk__in=case_ids, record__shredded_at=None).values(*columns, *of_record))


def _said(value: object) -> list[str]:
    """Return the texts of a value: a text itself, or each name of a list of names."""
    if isinstance(value, list):
        return [str(each["text"]) if isinstance(each, dict) and "text" in each else str(each) for each in value]
    return [str(value)]
