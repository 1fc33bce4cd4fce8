from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from waystation.accounts.models import Person
from waystation.cases.duplicates.book import opened_book
from waystation.continuity.steps import Steps
from waystation.exchange.fresh import fresh_keyring
from waystation.exchange.importing.alike import Alike, Like
from waystation.exchange.importing.columns import Entry, columns_of, entry_of, missing_of
from waystation.exchange.importing.known import Known, what_is_known
from waystation.exchange.importing.updates import TAKEN, Changed, changes_of, newer, shown, standing
from waystation.intake.faults import Fault, FaultCode, fault, stops
from waystation.intake.tables.row import Headed, Row
from waystation.store.keyring import Keyring

EVERY = 200
"""Rows between two tellings of how far it is."""


class Verdict(StrEnum):
    """What an import would do with a row."""

    CREATE = "create"
    UPDATE = "update"
    DOUBTFUL = "doubtful"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview.

    Attributes
    ----------
    case_id
        The case it would change, or already made.
    like
        For a doubtful one, the cases and earlier rows of the file that may be the same person, each with the reason.
    like_row
        The earlier row that says just the same; 0 for none.
    fields
        What an update would change.
    changes
        The same with the old value beside the new.
    newer
        Those of them that somebody changed here since the row was imported last: the row is doubtful then.
    not_taken
        Columns that a row about a case that is here fills in, and that stay as the first call said them.
    """

    row: int
    verdict: Verdict
    name: str = field(default="", repr=False)
    faults: tuple[Fault, ...] = ()
    case_id: UUID | None = None
    like: tuple[Like, ...] = ()
    like_row: int = 0
    fields: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()
    changes: tuple[Changed, ...] = field(default=(), repr=False)
    newer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, row by row; nothing was written.

    Attributes
    ----------
    faults
        Of the file as a whole: with one that stops it, there are no lines.
    """

    lines: tuple[Line, ...] = field(default=(), repr=False)
    faults: tuple[Fault, ...] = ()

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many rows of each verdict, every verdict named."""
        counted = Counter(line.verdict for line in self.lines)
        return {verdict: counted[verdict] for verdict in Verdict}


def preview(*, keyring: Keyring, person: Person, sheet: Headed, at: datetime, steps: Steps) -> Preview:
    """Say what would become of each row of a table. Cancelling raises StoppedError; nothing is ever written.

    Memory: one row of the table, a short line for each, the names that are here, and what is compared of the rows of the file,
    up to `waystation.exchange.importing.alike.ROWS_KEPT` of them.
    """
    columns, faults = columns_of(sheet.columns, sheet.sheet)
    faults = [*sheet.faults, *faults]
    if not {"name", "code", "reference"} & {column.name for column in columns.values()}:
        faults.append(fault(FaultCode.NO_HEADER, sheet=sheet.sheet))
    if stops(faults):
        return Preview((), tuple(faults))
    known = what_is_known(keyring=keyring, person=person, at=at)
    standing_of = partial(_standing, fresh_keyring(keyring), person, known)
    alike = Alike(opened_book(keyring=keyring, person=person, at=at), known)
    digests: dict[str, int] = {}
    lines: list[Line] = []
    for count, row in enumerate(sheet.rows()):
        if count % EVERY == 0:
            steps("rows", count, count + EVERY)
        if isinstance(row, Row):
            lines.append(_line(entry_of(row, columns), known, alike, digests, standing_of))
        elif stops([row]):
            return Preview((), (*faults, row))
        else:
            lines.append(Line(row.row, Verdict.WRONG, faults=(row,)))
    return Preview(tuple(lines), tuple(faults))


def _standing(keyring: Keyring, person: Person, known: Known, case_id: UUID) -> dict[str, Any]:
    keyring.forget()
    return standing(keyring, person, known.cases[case_id])


def _line(
    entry: Entry,
    known: Known,
    alike: Alike,
    digests: dict[str, int],
    standing_of: Callable[[UUID], dict[str, Any]],
) -> Line:
    name = entry.text("name")
    if entry.faults:
        return Line(entry.row, Verdict.WRONG, name, entry.faults)
    if entry.digest in known.digests:
        return Line(entry.row, Verdict.SAME, name, case_id=known.digests[entry.digest])
    if entry.digest in digests:
        return Line(entry.row, Verdict.SAME, name, like_row=digests[entry.digest])
    digests[entry.digest] = entry.row
    if entry.text("code") or entry.text("reference") in known.references:
        return _update(entry, known, name, standing_of)
    missing = missing_of(entry)
    if missing:
        return Line(entry.row, Verdict.WRONG, name, tuple(missing))
    like = alike.of(entry)
    return Line(entry.row, Verdict.DOUBTFUL if like else Verdict.CREATE, name, like=like)


def _update(entry: Entry, known: Known, name: str, standing_of: Callable[[UUID], dict[str, Any]]) -> Line:
    code = entry.text("code")
    case_id = known.codes.get(code) if code else known.references.get(entry.text("reference"))
    if case_id is None:
        wrong = fault(FaultCode.PARENT_UNKNOWN, row=entry.row, column="code")
        return Line(entry.row, Verdict.WRONG, name, (wrong,))
    now = standing_of(case_id)
    changes = changes_of(entry, now)
    not_taken = tuple(column for column in entry.values if column not in TAKEN)
    later = newer(case_id, known.seen[case_id], changes) if case_id in known.seen and changes else ()
    verdict = Verdict.DOUBTFUL if later else Verdict.UPDATE if changes else Verdict.SAME
    return Line(
        entry.row,
        verdict,
        name,
        case_id=case_id,
        fields=tuple(changes),
        not_taken=not_taken,
        changes=shown(changes, now),
        newer=later,
    )
