from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.cases.models import Case
from waystation.cases.services import change_case, take_request
from waystation.continuity.errors import StoppedError
from waystation.continuity.steps import Steps
from waystation.exchange.fresh import fresh_keyring
from waystation.exchange.importing.columns import Entry, columns_of, entry_of
from waystation.exchange.importing.preview import Line, Preview, Verdict, changes_of
from waystation.exchange.models import Import, ImportLine
from waystation.intake.tables.row import Headed, Row
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError

Clock = Callable[[], datetime]

TOGETHER = 10
"""Rows in one transaction, each within a savepoint of its own. Others who write wait that long, some tenths of a second."""
RENEWED = 200
"""After so many rows the keys opened on the way are let go."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of an import; ``refused`` are rows that could not be written after all, by number."""

    source: Import
    refused: tuple[int, ...] = field(default=())


def apply_import(
    *,
    keyring: Keyring,
    sheet: Headed,
    looked_at: Preview,
    accepted: Collection[int],
    clock: Clock,
    steps: Steps,
) -> Applied:
    """Write the rows of a table that was looked at: each whole or not at all, `TOGETHER` of them synced to the disk at once.

    Parameters
    ----------
    accepted
        Rows that a person says are nobody who is here, though they look like somebody.

    Notes
    -----
    Few rows are in memory. When it is stopped, what was written by then stays, and is taken back with `undo_import` like any
    other.

    Raises
    ------
    NotPermittedError
        If the person may not import. Nothing is written.
    """
    person = demand(keyring, Action.CASE_IMPORT)
    with transaction.atomic():
        source = Import.objects.create(by=person.pk, at=clock())
        append(keyring=keyring, kind="import.begun", at=source.at, details={"import": str(source.pk)})
    columns, _ = columns_of(sheet.columns, sheet.sheet)
    lines = {line.row: line for line in looked_at.lines}
    work = _Work(keyring, source, lines, accepted, clock)
    for at, some in enumerate(_parts(sheet.rows())):
        if at * TOGETHER % RENEWED == 0:
            work.keys = fresh_keyring(keyring)
        entries = [entry_of(row, columns) if isinstance(row, Row) and row.number in lines else None for row in some]
        work.take(entries, at * TOGETHER, steps)
        if source.stopped:
            break
    _finish(keyring, source, work.counts, clock())
    return Applied(source, tuple(work.refused))


@dataclass
class _Work:
    """An import at work: what became of the rows so far."""

    keys: Keyring
    source: Import
    lines: Mapping[int, Line]
    accepted: Collection[int]
    clock: Clock
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[int] = field(default_factory=list)

    @transaction.atomic
    def take(self, entries: Sequence[Entry | None], before: int, steps: Steps) -> None:
        """Write some rows; when it is stopped, those before that stay. ``before`` is how many were there already."""
        for done, entry in enumerate(entries, start=before):
            try:
                steps("rows", done, len(self.lines))
            except StoppedError:
                self.source.stopped = True
                return
            self.counts["left_out" if entry is None else self._row(entry)] += 1

    def _row(self, entry: Entry) -> str:
        line, at = self.lines[entry.row], self.clock()
        if line.verdict is Verdict.SAME:
            return "same"
        create = line.verdict is Verdict.CREATE or (line.verdict is Verdict.DOUBTFUL and line.row in self.accepted)
        try:
            if create:
                _create(self.keys, self.source, entry, at)
                return "created"
            if line.verdict is Verdict.UPDATE and line.case_id is not None:
                return _update(self.keys, self.source, entry, line.case_id, at)
        except (BadInputError, RuleRefusedError, NoKeyError):
            self.refused.append(line.row)
        return "left_out"


def _parts(rows: Iterable[object]) -> Iterator[list[object]]:
    left = iter(rows)
    while some := list(islice(left, TOGETHER)):
        yield some


@transaction.atomic
def _create(keyring: Keyring, source: Import, entry: Entry, at: datetime) -> None:
    case = take_request(keyring=keyring, call=entry.call(), at=at)
    _keep(keyring, source, entry, case, made=True)


@transaction.atomic
def _update(keyring: Keyring, source: Import, entry: Entry, case_id: UUID, at: datetime) -> str:
    case = Case.objects.select_related("record").get(pk=case_id)
    tiers = keyring.tiers_of(case.record)
    names = [name for name, tier in (("name", Tier.IDENTITY), ("whereabouts", Tier.MOVEMENT)) if tier in tiers]
    now = {name: str(value or "") for name, value in keyring.open(case, *names).items()}
    changes = changes_of(entry, now)
    if not changes:
        return "same"
    before = {name: now[name] for name in changes}
    case = change_case(keyring=keyring, case=case, seen_version=case.version, values=changes, at=at)
    _keep(keyring, source, entry, case, made=False, before=before)
    return "updated"


def _keep(
    keyring: Keyring, source: Import, entry: Entry, case: Case, made: bool, before: dict[str, str] | None = None
) -> None:
    line = ImportLine(record=case.record, source=source, row=entry.row, made=made, case_version=case.version)
    values: dict[str, object] = {"digest": entry.digest, "reference": entry.text("reference") or None}
    for name, field_name in (("name", "name_before"), ("whereabouts", "where_before")):
        if before and name in before:
            values[field_name] = before[name]
    keyring.seal(line, **values)
    line.save(force_insert=True)


@transaction.atomic
def _finish(keyring: Keyring, source: Import, counts: Counter[str], at: datetime) -> None:
    for name in ("created", "updated", "same", "left_out"):
        setattr(source, name, counts[name])
    source.save()
    append(
        keyring=keyring,
        kind="import.done",
        at=at,
        details={"import": str(source.pk), **{name: counts[name] for name in sorted(counts)}},
    )
