from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.payload import Detail
from waystation.audit.services import Told, append, append_many
from waystation.cases.models import Case
from waystation.continuity.steps import Steps
from waystation.exchange.errors import AlreadyUndoneError
from waystation.exchange.fresh import fresh_keyring
from waystation.exchange.importing.updates import take_changes_back
from waystation.exchange.models import BEFORE, Import, ImportLine, Submission
from waystation.kernel import RuleRefusedError
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.vault import NoKeyError

LONGEST = timedelta(days=7)
"""So long after an import its maker may take it back."""
TOGETHER = 100
"""Lines taken back in one transaction, in few statements."""


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows were taken back, and the cases that somebody has worked on since: those stay as they are."""

    taken_back: int
    stayed: tuple[UUID, ...]


def may_undo(source: Import, person_id: UUID, at: datetime) -> bool:
    """Tell whether an import may still be taken back by somebody: by who made it, within `LONGEST`."""
    return source.undone_at is None and source.by == person_id and at - source.at <= LONGEST


def undo_import(*, keyring: Keyring, source: Import, at: datetime, steps: Steps) -> Undone:
    """Take back every row of an import that nobody has touched since.

    A case that the import made is destroyed with its keys: its maker alone put it in, from a file, and nobody has added to it, so
    no second person is asked for. A case that it changed gets back what stood there.

    Raises
    ------
    NotPermittedError
        If somebody else made it, or it is longer ago than `LONGEST`.
    AlreadyUndoneError
        If it was taken back before.

    Notes
    -----
    `TOGETHER` lines are taken back in one transaction. When it is stopped half way, it goes on where it was the next time.
    """
    person = demand(keyring, Action.CASE_IMPORT)
    if source.undone_at is not None:
        raise AlreadyUndoneError("the import was taken back before")
    if not may_undo(source, person.pk, at):
        raise NotPermittedError("only who made an import takes it back, within a week")
    stayed: list[UUID] = []
    taken = 0
    # In the order opposite to the file's, so that two rows of one case are taken back one after the other.
    ids = list(source.lines.order_by("-row").values_list("pk", flat=True))
    for start in range(0, len(ids), TOGETHER):
        steps("undo", start, len(ids))
        some = ids[start : start + TOGETHER]
        stay = _take_back(fresh_keyring(keyring), some, at)
        taken += len(some) - len(stay)
        stayed += stay
    with transaction.atomic():
        Import.objects.filter(pk=source.pk).update(undone_at=at)
        details: dict[str, Detail] = {"import": str(source.pk), "count": taken, "stayed": len(stayed)}
        append(keyring=keyring, kind="import.undone", at=at, details=details)
    return Undone(taken, tuple(stayed))


@transaction.atomic
def _take_back(keyring: Keyring, ids: list[UUID], at: datetime) -> list[UUID]:
    """Take some lines back at once; return the cases that stay as they are."""
    lines = list(ImportLine.objects.filter(pk__in=ids).select_related("record").order_by("-row"))
    records = Record.objects.select_for_update(no_key=True).filter(pk__in=[line.record_id for line in lines])
    now = {record.pk: record for record in records.order_by("pk")}
    cases = Case.objects.in_bulk([line.record_id for line in lines])
    filled = set(Submission.objects.filter(record__in=now).values_list("record_id", flat=True))
    stayed: list[UUID] = []
    going: list[Record] = []
    for line in lines:
        record, case = now[line.record_id], cases[line.record_id]
        if record.shredded_at is not None:
            continue
        if line.made and case.pk not in filled and _untouched(record, case, line):
            going.append(record)
        elif line.made or case.pk in filled or not _restored(keyring, line, at):
            stayed.append(case.pk)
    keyring.shred(*going, at=at)
    append_many(
        keyring=keyring, told=[Told("record.shredded", at, record, details={"purpose": "undo"}) for record in going]
    )
    return stayed


def _untouched(record: Record, case: Case, line: ImportLine) -> bool:
    return case.version == line.case_version and not record.hold and case.closed_at is None


def _restored(keyring: Keyring, line: ImportLine, at: datetime) -> bool:
    """Give a case back what stood there, unless somebody has worked on it since."""
    try:
        with transaction.atomic():
            # A row of the same case that stood below was just taken back: both are read anew.
            line.refresh_from_db(fields=("case_version",))
            case = Case.objects.select_related("record").get(pk=line.record_id)
            if not _untouched(case.record, case, line):
                return False
            _restore(keyring, line, case, at)
    except (RuleRefusedError, NoKeyError):
        return False
    return True


def _restore(keyring: Keyring, line: ImportLine, case: Case, at: datetime) -> None:
    held = [f"{tier}_before" for tier in BEFORE if getattr(line, f"{tier}_before") is not None]
    opened: dict[str, Any] = keyring.open(line, *held) if held else {}
    before = {name: value for kept in opened.values() for name, value in kept.items()}
    case = take_changes_back(keyring=keyring, case=case, before=before, at=at)
    earlier = (
        ImportLine.objects.filter(source=line.source, record=line.record, row__lt=line.row).order_by("-row").first()
    )
    if earlier is not None:
        ImportLine.objects.filter(pk=earlier.pk).update(case_version=case.version)
