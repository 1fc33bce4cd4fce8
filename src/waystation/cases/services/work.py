"""How every service of the desk begins and ends: permitted, the case locked, what happened appended, the summary made anew."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.cases.errors import RowChangedError
from waystation.cases.models import Case, CaseRow, ChangeKind, Event, EventKind
from waystation.cases.policies import refuse_closed, refuse_shredded
from waystation.cases.services.steps import locked_case, permit, take_step
from waystation.cases.summary import Outline, Summary
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

Row = TypeVar("Row", bound=CaseRow)


@dataclass
class Work:
    """One service at work on one case, which is locked: what the case says of itself now, and who works on it.

    Attributes
    ----------
    summary, outline
        As opened; a service puts others in their place and `finish` seals them. ``outline`` is None for somebody who may not
        know where people are: it then stays as it is.
    """

    keyring: Keyring = field(repr=False)
    case: Case
    person: Person
    at: datetime
    summary: Summary
    outline: Outline | None

    def update(self, **values: Any) -> None:
        """Put other values into the summary."""
        self.summary = replace(self.summary, **values)


def begin(
    keyring: Keyring,
    case: Case,
    action: Action,
    at: datetime,
    *,
    tiers: Collection[Tier] = (Tier.WELFARE,),
    closed: bool = False,
) -> Work:
    """Lock a case and open its summary for somebody who may do ``action`` in each of ``tiers``.

    Parameters
    ----------
    closed
        Whether it may be closed.

    Raises
    ------
    NotPermittedError, NoKeyError
        If the person may not, or holds no key of tier welfare, in which it stands how the case does.
    CaseClosedError, CaseShreddedError
        If it takes no changes any more.
    """
    now = locked_case(keyring, case)
    (refuse_shredded if closed else refuse_closed)(now)
    person = permit(keyring, action, now, tiers)
    where = keyring.may_open(now.record, Tier.MOVEMENT)
    stands = keyring.open(now, *(("summary", "outline") if where else ("summary",)))
    summary = Summary.from_json(stands["summary"])  # type: ignore[arg-type] # what was sealed there
    outline = Outline.from_json(stands["outline"]) if where else None  # type: ignore[arg-type] # the same
    return Work(keyring, now, person, at, summary, outline)


def finish(
    work: Work,
    kind: EventKind,
    *,
    tiers: Collection[Tier] = (Tier.WELFARE,),
    change: ChangeKind = ChangeKind.WORKED,
    log: str = "record.changed",
    **told: Any,
) -> Event:
    """Seal the summary, append what happened, save the case as its next version, and write the log.

    ``told`` holds no names; ``log`` is empty where what was done wrote its own entry.
    """
    seal_summary(work)
    if change is not ChangeKind.WORKED:
        tiers = ()  # that a case was closed or opened again, everybody sees who sees the case
    take_step(work.case, kind=change, by=work.person.pk, at=work.at, tiers=tiers)
    event = Event(record=work.case.record, by=work.person.pk, at=work.at, case_version=work.case.version)
    facts = {name: _plain(value) for name, value in told.items() if value not in (None, "", (), {})}
    work.keyring.seal(event, told={"kind": str(kind), **facts})
    event.save(force_insert=True)
    details: dict[str, Detail] = {"did": str(kind), "version": work.case.version}
    if change is ChangeKind.REOPENED:
        details["fields"] = ["closed_at"]
    if log:
        append(keyring=work.keyring, kind=log, at=work.at, record=work.case.record, details=details)
    return event


def seal_summary(work: Work) -> None:
    """Seal where the case stands, for both who may know; nothing is saved."""
    stands = {"summary": work.summary.to_json()}
    if work.outline is not None:
        work.outline = replace(
            work.outline, heads=work.summary.heads, step=work.summary.step, priority=work.summary.priority
        )
        stands["outline"] = work.outline.to_json()
    work.keyring.seal(work.case, **stands)


def new_row(work: Work, row: Row, values: Mapping[str, object]) -> Row:
    """Seal values into a new row of the case and save it; empty ones are left out."""
    row.record, row.by, row.at = work.case.record, work.person.pk, work.at
    work.keyring.seal(row, **_given(values))
    row.save(force_insert=True)
    return row


def changed_row(work: Work, row: Row, seen_version: int, values: Mapping[str, object]) -> Row:
    """Seal other values into a row and save it as its next version.

    Raises
    ------
    RowChangedError
        If somebody saved it since ``seen_version``. Nothing is written.
    """
    now = own_row(work, type(row), row.pk)
    if now.version != seen_version:
        raise RowChangedError(now)
    work.keyring.seal(now, **_given(values))
    return kept_row(work, now)


def kept_row(work: Work, row: Row) -> Row:
    """Save a row as its next version."""
    row.version += 1
    row.by, row.at = work.person.pk, work.at
    row.save(force_update=True)
    return row


def own_row(work: Work, kind: type[Row], row_id: UUID) -> Row:
    """Return a row of the case, locked; its DoesNotExist if the case has no such row."""
    rows = kind._default_manager.select_for_update(of=("self",)).select_related("record")
    found: Row = rows.get(pk=row_id, record=work.case.record)
    return found


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {name: None if value in ("", [], {}) else value for name, value in values.items()}


def _plain(value: object) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return value  # plain already
    return value if isinstance(value, bool | int) else str(value)
