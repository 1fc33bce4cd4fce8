from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.cases.models import Case
from waystation.cases.services import take_requests
from waystation.continuity.errors import StoppedError
from waystation.continuity.steps import Steps
from waystation.exchange.fresh import fresh_keyring
from waystation.exchange.importing.columns import Entry, columns_of, entry_of
from waystation.exchange.importing.preview import Line, Preview, Verdict
from waystation.exchange.importing.updates import changes_of, kept_before, make_changes, standing
from waystation.exchange.models import Import, ImportLine
from waystation.intake.tables.row import Headed, Row
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.store.keyring import Keyring, write_new
from waystation.vault import NoKeyError

Clock = Callable[[], datetime]

TOGETHER = 100
"""Rows in one transaction, written in few statements. Others who write wait that long, some tenths of a second."""
RENEWED = 200
"""After so many rows the keys opened on the way are let go."""
REFUSALS = (BadInputError, RuleRefusedError, NoKeyError)


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
    """Write the rows of a table that was looked at: each whole or not at all, `TOGETHER` of them in one transaction.

    Parameters
    ----------
    accepted
        Doubtful rows that a person lets through: they are nobody who is here, though they look like somebody; or what they
        say holds, though somebody changed it here since.

    Notes
    -----
    Few rows are in memory. When it is stopped, or the process is killed, what was written by then stands as one import, marked as
    not finished, and is taken back whole with `undo_import` like any other.

    Raises
    ------
    NotPermittedError
        If the person may not import. Nothing is written.
    """
    person = demand(keyring, Action.CASE_IMPORT)
    with transaction.atomic():
        source = Import.objects.create(by=person.pk, at=clock(), stopped=True)
        append(keyring=keyring, kind="import.begun", at=source.at, details={"import": str(source.pk)})
    columns, _ = columns_of(sheet.columns, sheet.sheet)
    lines = {line.row: line for line in looked_at.lines}
    work = _Work(keyring, person, source, lines, accepted, clock)
    for at, some in enumerate(_parts(sheet.rows())):
        if at * TOGETHER % RENEWED == 0:
            work.keys = fresh_keyring(keyring)
        entries = [entry_of(row, columns) if isinstance(row, Row) and row.number in lines else None for row in some]
        going = _until_stopped(entries, steps, at * TOGETHER, len(lines))
        work.take(going)
        if len(going) < len(entries):
            break
    else:
        source.stopped = False
    _finish(keyring, source, work.counts, clock())
    return Applied(source, tuple(work.refused))


@dataclass
class _Work:
    """An import at work: what became of the rows so far."""

    keys: Keyring
    person: Person
    source: Import
    lines: Mapping[int, Line]
    accepted: Collection[int]
    clock: Clock
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[int] = field(default_factory=list)

    @transaction.atomic
    def take(self, entries: Sequence[Entry | None]) -> None:
        """Write some rows, and how many they were, at once."""
        new = [entry for entry in entries if entry is not None and self._is_new(self.lines[entry.row])]
        self._create(new)
        made = {entry.row for entry in new}
        for entry in entries:
            if entry is None or entry.row not in made:
                self.counts["left_out" if entry is None else self._change(entry)] += 1
        self.source.save(update_fields=_count(self.source, self.counts))

    def _is_new(self, line: Line) -> bool:
        return line.case_id is None and (line.verdict is Verdict.CREATE or self._is_accepted(line))

    def _is_accepted(self, line: Line) -> bool:
        return line.verdict is Verdict.DOUBTFUL and line.row in self.accepted

    def _create(self, entries: Sequence[Entry]) -> None:
        try:
            _create(self.keys, self.source, entries, self.clock)
        except REFUSALS:
            if len(entries) > 1:
                # One of them cannot be written: each by itself, so that it loses no other.
                for entry in entries:
                    self._create([entry])
                return
            self.refused += [entry.row for entry in entries]
            self.counts["left_out"] += len(entries)
            return
        self.counts["created"] += len(entries)

    def _change(self, entry: Entry) -> str:
        line = self.lines[entry.row]
        if line.verdict is Verdict.SAME:
            return "same"
        if line.case_id is not None and (line.verdict is Verdict.UPDATE or self._is_accepted(line)):
            try:
                return self._update(entry, line.case_id)
            except REFUSALS:
                self.refused.append(line.row)
        return "left_out"

    @transaction.atomic
    def _update(self, entry: Entry, case_id: UUID) -> str:
        case = Case.objects.select_related("record").get(pk=case_id)
        now = standing(self.keys, self.person, case)
        changes = changes_of(entry, now)
        if not changes:
            return "same"
        at = self.clock()
        case, contact_id = make_changes(keyring=self.keys, case=case, entry=entry, changes=changes, at=at)
        line = ImportLine(record=case.record, source=self.source, row=entry.row, made=False, case_version=case.version)
        told = {"digest": entry.digest, "reference": entry.text("reference") or None}
        self.keys.seal(line, **told, **kept_before(changes, now, contact_id))
        line.save(force_insert=True)
        return "updated"


def _until_stopped(entries: list[Entry | None], steps: Steps, before: int, total: int) -> list[Entry | None]:
    """Tell of each row that it comes next; return those before it was said to stop. ``before`` is how many were there already."""
    for at in range(len(entries)):
        try:
            steps("rows", before + at, total)
        except StoppedError:
            return entries[:at]
    return entries


def _parts(rows: Iterable[object]) -> Iterator[list[object]]:
    left = iter(rows)
    while some := list(islice(left, TOGETHER)):
        yield some


@transaction.atomic
def _create(keyring: Keyring, source: Import, entries: Sequence[Entry], clock: Clock) -> None:
    if not entries:
        return
    calls = [entry.call() for entry in entries]
    taken = take_requests(
        keyring=keyring, calls=calls, at=[clock() for _ in entries], beside=[entry.beside() for entry in entries]
    )
    lines = []
    for entry, case in zip(entries, taken.cases, strict=True):
        line = ImportLine(record=case.record, source=source, row=entry.row, made=True, case_version=case.version)
        taken.new.seal(line, {"digest": entry.digest, "reference": entry.text("reference") or None})
        lines.append(line)
    write_new(lines)


@transaction.atomic
def _finish(keyring: Keyring, source: Import, counts: Counter[str], at: datetime) -> None:
    source.save(update_fields=("stopped", *_count(source, counts)))
    append(
        keyring=keyring,
        kind="import.done",
        at=at,
        details={"import": str(source.pk), **{name: counts[name] for name in sorted(counts)}},
    )


def _count(source: Import, counts: Counter[str]) -> tuple[str, ...]:
    names = ("created", "updated", "same", "left_out")
    for name in names:
        setattr(source, name, counts[name])
    return names
