"""Fill a store with tens of thousands of invented cases, sealed as the services seal them and written many rows at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from tests.office import Office

    from waystation.store.keyring.keys import OpenKey
    from waystation.store.models import SealedModel
    from waystation.store.tiers import Tier

OWN = 200
"""Cases of one caseworker; the rest is another's. The case lead opens all of them."""
AT_ONCE = 1_000
FAMILIES = ("Pak", "Nguyen", "Kang", "Quispe", "สมศรี", "ນາງ", "김", "박", "이", "محمد", "Haddad", "Oyelaran")
GIVEN = ("Un-ju", "Thi Mai", "Hae-won", "Maria", "มีสุข", "ບຸນມີ", "하나", "은주", "서윤", "علي", "Salma", "Adeyemi")
REGIONS = ("the northern province", "the river valley", "the coast", "the old city", "the hills")
BANDS = ("18-59", "5-11", "60-74", "12-17", "0-4", "18-59", "18-59")


@dataclass
class Rows:
    """Rows that wait to be written."""

    by_kind: dict[type, list[Any]] = field(default_factory=dict)

    def add(self, *rows: Any) -> None:
        """Put rows with those of their kind."""
        for row in rows:
            self.by_kind.setdefault(type(row), []).append(row)

    def write(self, *kinds: type) -> None:
        """Write all, in the order of ``kinds``."""
        for kind in kinds:
            kind._base_manager.bulk_create(self.by_kind.pop(kind, []), batch_size=500)  # type: ignore[attr-defined] # a table


def fill(office: "Office", cases: int, say: Callable[[str], None]) -> list[UUID]:
    """Enter so many cases, two and a half people in each in the mean; return their ids, the caseworker's own last."""
    from django.db import transaction

    from waystation.cases.models import Case, Change, Task, Traveller
    from waystation.store.models import Grant, Record, TierKey

    made: list[UUID] = []
    for start in range(0, cases, AT_ONCE):
        rows = Rows()
        for number in range(start, min(start + AT_ONCE, cases)):
            maker = "caseworker" if number >= cases - OWN else "other"
            made.append(_case(office, rows, maker, number, cases))
        with transaction.atomic():
            rows.write(Record, TierKey, Grant, Case, Change, Traveller, Task)
        if start % 5_000 == 0:
            say(f"{start} of {cases} cases entered")
    return made


def _case(office: "Office", rows: Rows, maker: str, number: int, cases: int) -> UUID:
    from waystation.accounts.queries import recipients_for
    from waystation.cases.models import KIND, Case, Change, ChangeKind
    from waystation.store.keyring.finding import Handings
    from waystation.store.keyring.making import grant_rows, unsaved_key
    from waystation.store.keyring.places import Place
    from waystation.store.keyring.trust import Trust
    from waystation.store.models import Record
    from waystation.store.tiers import Tier
    from waystation.vault import RECOVERY

    known = _KNOWN.setdefault((id(office), maker), {})
    if not known:
        ring, person = office.keyring(maker), office.person(maker)
        known |= {
            "person": person,
            "handings": Handings(ring.identity),
            "trust": Trust(ring.root_public, ring.recovery, ring.cards),
            "recipients": recipients_for(person.team_id, person, ring),
        }
    person, handings, trust = known["person"], known["handings"], known["trust"]
    case_id, at = uuid4(), datetime.now(UTC) - timedelta(minutes=20 * (cases - number))
    record = Record(id=case_id, kind=KIND, team_id=person.team_id, created_at=at)
    keys: dict[Tier, OpenKey] = {}
    for tier in Tier:
        keys[tier] = unsaved_key(handings.identity, Place(case_id, tier), before=None, at=at)
        people = {person_id for person_id, tiers in known["recipients"].items() if tier in tiers}
        giver = handings if person.pk in people else None
        rows.add(keys[tier].row, *sorted(grant_rows(keys[tier], trust, people | {RECOVERY}, giver), key=lambda g: g.id))
    case = Case(id=case_id, record=record, code=f"{number:05d}-invented", updated_at=at)
    seal(case, keys, _values(number, person.pk, at))
    change = Change(case=case, version=1, kind=ChangeKind.MADE, by=person.pk, at=at)
    rows.add(record, case, change, *_people(record, keys, number, person.pk, at), _task(record, keys, person.pk, at))
    return case_id


_KNOWN: dict[tuple[int, str], dict[str, Any]] = {}


def _values(number: int, owner: UUID, at: datetime) -> dict[str, object]:
    from waystation.cases.steps.vocabulary import Priority, Step
    from waystation.cases.summary import Outline, Summary

    steps, priorities = list(Step)[:9], list(Priority)
    due = at.date() + timedelta(days=number % 40)
    step, priority = steps[number % len(steps)], priorities[min(number % 11, 2)]
    flags = ("medical",) if number % 17 == 0 else ()
    summary = Summary(step, priority=priority, since=at.date(), owner=owner, due=due, tasks=1, flags=flags, heads=3)
    outline = Outline(REGIONS[number % len(REGIONS)], 3, step, priority)
    return {
        "name": _name(number),
        "whereabouts": f"{REGIONS[number % len(REGIONS)]}, house {number % 90}",
        "note": "asks for a quiet room and a doctor who listens " * 4,
        "summary": summary.to_json(),
        "outline": outline.to_json(),
    }


def _name(number: int) -> str:
    return f"{FAMILIES[number % len(FAMILIES)]} {GIVEN[number * 7 // 3 % len(GIVEN)]} {number}"


def _people(record: Any, keys: "dict[Tier, OpenKey]", number: int, by: UUID, at: datetime) -> "Iterator[SealedModel]":
    from waystation.cases.models import Traveller

    for place in range(2 + number % 2):
        row = Traveller(id=uuid4(), record=record, by=by, at=at)
        names = [{"text": _name(3 * number + place), "script": "latin", "kind": "full"}]
        seal(row, keys, {"names": names, "age_band": BANDS[(number + place) % len(BANDS)], "mobility": "full"})
        yield row


def _task(record: Any, keys: "dict[Tier, OpenKey]", owner: UUID, at: datetime) -> "SealedModel":
    from waystation.cases.models import Task

    row = Task(id=uuid4(), record=record, by=owner, at=at)
    seal(row, keys, {"what": "verify", "owner": str(owner), "due": at.date()})
    return row


def seal(row: "SealedModel", keys: "dict[Tier, OpenKey]", values: dict[str, object]) -> None:
    """Seal values into a row with keys in hand: the same ciphertext as `Keyring.seal` makes."""
    from waystation.store.keyring.sealing import sealed_value

    for name, value in values.items():
        field_ = row.sealed_fields()[name]
        key = keys[field_.tier]
        setattr(row, name, sealed_value(row, field_, key.version, key.key, field_.encode(value)))
