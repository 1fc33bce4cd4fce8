"""Very many first calls at once: the same rows and the same log as `take_request` makes of each, in few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.queries import recipients_for
from waystation.accounts.services.demands import demand
from waystation.audit.payload import Detail
from waystation.audit.services import Told, append_many
from waystation.cases.due_dates import due_on
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import CHILDREN, KIND, Case, Change, ChangeKind, Event, EventKind, Request, Task
from waystation.cases.services.create import free_codes
from waystation.cases.services.request import ALL_BUT_EVIDENCE, FirstCall, request_values
from waystation.cases.services.steps import permit, tiers_of_fields
from waystation.cases.steps.vocabulary import Step
from waystation.cases.summary import Outline, Summary
from waystation.store.keyring import Keyring, NewRecords, write_new
from waystation.store.models import Record

REQUESTED_AT = 2
"""The version of a case whose first call was taken: made, then requested."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Cases in the order of their calls, and their records with keys in hand, for more rows in the same transaction."""

    cases: tuple[Case, ...]
    new: NewRecords


@dataclass
class _Made:
    """Rows that wait to be written."""

    by: UUID
    new: NewRecords
    cases: list[Case]
    changes: list[Change]
    requests: list[Request]
    tasks: list[Task]
    events: list[Event]
    told: list[Told]


@transaction.atomic
def take_requests(
    *,
    keyring: Keyring,
    calls: Sequence[FirstCall],
    at: Sequence[datetime],
    beside: Sequence[Mapping[str, object]] = (),
) -> Taken:
    """Enter many first calls, each at its moment: all of them or none.

    Parameters
    ----------
    beside
        What else is known of each, by sealed fields of the case: of people whom somebody else verified before. None: nothing.

    Raises
    ------
    NotAllOfItError, NotPermittedError, RecoveryNotConfirmedError, BadInputError, NoKeyError
        As `take_request` does for one of them. Nothing is written.
    """
    for call in calls:
        if missing := call.missing():
            raise NotAllOfItError(*missing)
    require_confirmed_recovery()
    person = demand(keyring, Action.CASE_CREATE)
    recipients = recipients_for(person.team_id, person, keyring)
    new = keyring.create_records(kind=KIND, recipients=recipients, team_id=person.team_id, at=at)
    made = _Made(person.pk, new, [], [], [], [], [], [])
    known = beside or [{}] * len(calls)
    for record, call, more, code in zip(new.records, calls, known, free_codes(len(calls)), strict=True):
        _put(made, record, call, more, code)
    if made.cases:
        # They are alike: same maker, team and keys. What holds for one holds for all.
        permit(keyring, Action.CASE_CHANGE, made.cases[0], ALL_BUT_EVIDENCE)
    _write(keyring, made, person)
    return Taken(tuple(made.cases), new)


def _write(keyring: Keyring, made: _Made, person: Person) -> None:
    for rows in (made.cases, made.requests, made.tasks, made.events):
        write_new(rows)
        if rows is made.cases:
            Change.objects.bulk_create(made.changes, batch_size=500)
    append_many(keyring=keyring, told=made.told)


def _put(made: _Made, record: Record, call: FirstCall, beside: Mapping[str, object], code: str) -> None:
    at, day = record.created_at, record.created_at.date()
    heads = {band: count for band, count in call.heads.items() if count}
    values = {"name": call.for_whom, "party_size": sum(heads.values()), "whereabouts": call.region, **beside}
    given = {name: value for name, value in values.items() if value}
    due = due_on("first_answer", call.priority, day, deadline=call.deadline)
    summary = Summary(
        step=Step.REQUEST,
        priority=call.priority,
        since=day,
        owner=made.by,
        due=due,
        tasks=1,
        heads=sum(heads.values()),
        children=bool(CHILDREN & heads.keys()),
    )
    outline = Outline(call.region, summary.heads, summary.step, summary.priority)
    case = Case(id=record.pk, record=record, code=code, updated_at=at, version=REQUESTED_AT)
    made.new.seal(case, {**given, "summary": summary.to_json(), "outline": outline.to_json()})
    made.cases.append(case)
    made.requests.append(_row(made, Request(record=record, by=made.by, at=at), request_values(call, heads)))
    task = {"what": "first_answer", "owner": str(made.by), "due": due}
    made.tasks.append(_row(made, Task(record=record, by=made.by, at=at), task))
    event = Event(record=record, by=made.by, at=at, case_version=REQUESTED_AT)
    told = {"kind": str(EventKind.REQUESTED), "asker": call.asker, "heads": summary.heads}
    made.events.append(_row(made, event, {"told": told}))
    _history(made, case, sorted(given), at)


def _history(made: _Made, case: Case, fields: list[str], at: datetime) -> None:
    first = sorted(tier.value for tier in tiers_of_fields(fields))
    made.changes += [
        Change(case=case, version=1, kind=ChangeKind.MADE, by=made.by, at=at, tiers=first, fields=fields),
        Change(
            case=case,
            version=REQUESTED_AT,
            kind=ChangeKind.WORKED,
            by=made.by,
            at=at,
            tiers=sorted(tier.value for tier in ALL_BUT_EVIDENCE),
        ),
    ]
    did: dict[str, Detail] = {"did": str(EventKind.REQUESTED), "version": REQUESTED_AT}
    made.told += [
        Told("record.made", at, case.record, details={"fields": fields}),
        Told("record.changed", at, case.record, details=did),
    ]


def _row(made: _Made, row: Any, values: dict[str, object]) -> Any:
    made.new.seal(row, {name: value for name, value in values.items() if value not in ("", None, [], {})})
    return row
