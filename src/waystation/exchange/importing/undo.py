from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.cases.models import Case
from waystation.cases.services import change_case
from waystation.continuity.steps import Steps
from waystation.exchange.errors import AlreadyUndoneError
from waystation.exchange.models import Import, ImportLine, Submission
from waystation.kernel import RuleRefusedError
from waystation.store.keyring import Keyring
from waystation.vault import NoKeyError

LONGEST = timedelta(days=7)
"""So long after an import its maker may take it back."""


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
    """
    person = demand(keyring, Action.CASE_IMPORT)
    if source.undone_at is not None:
        raise AlreadyUndoneError("the import was taken back before")
    if not may_undo(source, person.pk, at):
        raise NotPermittedError("only who made an import takes it back, within a week")
    stayed: list[UUID] = []
    taken = 0
    total = source.lines.count()
    for done, line in enumerate(_lines(source)):
        steps("undo", done, total)
        if _back(keyring, line, at):
            taken += 1
        else:
            stayed.append(line.record_id)
    with transaction.atomic():
        Import.objects.filter(pk=source.pk).update(undone_at=at)
        details: dict[str, Detail] = {"import": str(source.pk), "count": taken, "stayed": len(stayed)}
        append(keyring=keyring, kind="import.undone", at=at, details=details)
    return Undone(taken, tuple(stayed))


def _lines(source: Import) -> Iterator[ImportLine]:
    """Yield the lines in the order opposite to the file's, so that two rows of one case are taken back one after the other."""
    ids = list(source.lines.order_by("-row").values_list("pk", flat=True))
    for line_id in ids:
        yield ImportLine.objects.select_related("record").get(pk=line_id)


def _back(keyring: Keyring, line: ImportLine, at: datetime) -> bool:
    try:
        with transaction.atomic(), keyring.locked(line.record):
            case = Case.objects.select_related("record").get(pk=line.record_id)
            if case.record.shredded_at is not None:
                return True
            filled = Submission.objects.filter(record=case.record).exists()
            if filled or case.version != line.case_version or case.record.hold or case.closed_at is not None:
                return False
            if line.made:
                keyring.shred(case.record, at=at)
                append(keyring=keyring, kind="record.shredded", at=at, record=case.record, details={"purpose": "undo"})
                return True
            _restore(keyring, line, case, at)
            return True
    except (RuleRefusedError, NoKeyError):
        return False


def _restore(keyring: Keyring, line: ImportLine, case: Case, at: datetime) -> None:
    fields = {"name": "name_before", "whereabouts": "where_before"}
    held = {name: kept for name, kept in fields.items() if getattr(line, kept) is not None}
    opened = keyring.open(line, *held.values())
    values = {name: opened[kept] for name, kept in held.items()}
    case = change_case(keyring=keyring, case=case, seen_version=case.version, values=values, at=at)
    earlier = (
        ImportLine.objects.filter(source=line.source, record=line.record, row__lt=line.row).order_by("-row").first()
    )
    if earlier is not None:
        ImportLine.objects.filter(pk=earlier.pk).update(case_version=case.version)
