"""One change to any number of cases, each in a transaction of its own, some 20 ms; and the way back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.cases.errors import CaseClosedError, CaseShreddedError
from waystation.cases.models import Case, EventKind, Flag
from waystation.cases.services.flags import lower_flag, raise_flag
from waystation.cases.services.hand_over import hand_over
from waystation.cases.services.priority import set_priority
from waystation.cases.services.work import begin, finish
from waystation.cases.steps.vocabulary import Priority
from waystation.cases.summary import Summary
from waystation.continuity.errors import StoppedError
from waystation.continuity.steps import Steps, quiet
from waystation.kernel import BadInputError
from waystation.store.keyring import Keyring
from waystation.vault import NoKeyError

KINDS: Final = ("priority", "owner", "flag")
"""What may be changed in many at once."""
_REFUSED = (NotPermittedError, NoKeyError, CaseClosedError, CaseShreddedError, Case.DoesNotExist, Flag.DoesNotExist)


@dataclass(frozen=True)
class Way:
    """The way back for one case: what stood there before (a priority, a person's id, or nothing), or the flag that was raised."""

    case_id: UUID
    before: str


@dataclass(frozen=True)
class Changed:
    """What became of a change to many cases.

    Attributes
    ----------
    kind, to
        One of `KINDS`, and what was set: a priority, a person's id, or a flag's coded reason.
    ways
        The way back for each case that was changed. One that stood so already is not among them.
    refused
        How many the person may not change, or were closed meanwhile.
    left
        How many were not come to, because somebody asked to stop.
    """

    kind: str
    to: str
    ways: tuple[Way, ...]
    refused: int = 0
    left: int = 0


@dataclass(frozen=True)
class TakenBack:
    """What became of taking a change back: in how many cases it was, and in how many it stays as it is."""

    done: int
    stayed: int


def change_many(
    *, keyring: Keyring, case_ids: Collection[UUID], kind: str, to: str, at: datetime, steps: Steps = quiet
) -> Changed:
    """Set the priority, the owner or a flag of many cases. What is refused for one of them is no hindrance to the others.

    Stopped on the way, it returns what was changed by then, so that this too can be taken back.

    Raises
    ------
    BadInputError
        If ``kind`` or ``to`` is not declared. Nothing is changed.
    """
    if kind not in KINDS:
        raise BadInputError("this is not changed in many cases at once")
    person = _person(to) if kind == "owner" else None
    ways: list[Way] = []
    refused = 0
    for done, case_id in enumerate(case_ids):
        try:
            steps("change", done, len(case_ids))
        except StoppedError:
            return Changed(kind, to, tuple(ways), refused, len(case_ids) - done)
        try:
            way = _changed(keyring, case_id, kind, to, person, at)
        except _REFUSED:
            refused += 1
        else:
            ways += [way] if way else []
    return Changed(kind, to, tuple(ways), refused)


def take_back(*, keyring: Keyring, changed: Changed, at: datetime, steps: Steps = quiet) -> TakenBack:
    """Put back what stood before where nobody has changed it since. Keys that were given stay.

    Stopped on the way, the rest stays as it is.
    """
    back = 0
    for done, way in enumerate(changed.ways):
        try:
            steps("undo", done, len(changed.ways))
        except StoppedError:
            break
        try:
            back += _taken_back(keyring, changed, way, at)
        except _REFUSED:
            continue
    return TakenBack(back, len(changed.ways) - back)


@transaction.atomic
def _changed(keyring: Keyring, case_id: UUID, kind: str, to: str, person: Person | None, at: datetime) -> Way | None:
    case = Case.objects.select_related("record").get(pk=case_id)
    if kind == "flag":
        return Way(case_id, str(raise_flag(keyring=keyring, case=case, reason=to, at=at).pk))
    summary = Summary.from_json(keyring.open(case, "summary")["summary"])  # type: ignore[arg-type] # what was sealed there
    if kind == "priority":
        set_priority(keyring=keyring, case=case, priority=_priority(to), at=at)
        return Way(case_id, str(summary.priority)) if summary.priority is not _priority(to) else None
    if person is None or summary.owner == person.pk:
        return None
    hand_over(keyring=keyring, case=case, to=person, at=at)
    return Way(case_id, str(summary.owner or ""))


@transaction.atomic
def _taken_back(keyring: Keyring, changed: Changed, way: Way, at: datetime) -> bool:
    case = Case.objects.select_related("record").get(pk=way.case_id)
    if changed.kind == "flag":
        flag = Flag.objects.get(pk=UUID(way.before), record=case.record)
        if flag.gone_at is None:
            lower_flag(keyring=keyring, case=case, flag_id=flag.pk, at=at)
        return True
    if changed.kind == "priority":
        work = begin(keyring, case, Action.CASE_CHANGE, at)
        if str(work.summary.priority) != changed.to:
            return False
        work.update(priority=Priority(way.before))
        finish(work, EventKind.PRIORITY_SET, before=changed.to, to=way.before)
        return True
    work = begin(keyring, case, Action.CASE_HAND_OVER, at)
    if str(work.summary.owner) != changed.to:
        return False
    work.update(owner=UUID(way.before) if way.before else None)
    finish(work, EventKind.HANDED_OVER, to=way.before, before=changed.to)
    return True


def _priority(to: str) -> Priority:
    if to not in set(Priority):
        raise BadInputError("priority: emergency, urgent or normal")
    return Priority(to)


def _person(to: str) -> Person:
    try:
        found = Person.objects.filter(pk=UUID(to), active=True).first()
    except ValueError:
        found = None
    if found is None:
        raise BadInputError("owner: somebody who works here")
    return found
