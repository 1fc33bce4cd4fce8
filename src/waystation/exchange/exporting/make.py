import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, BinaryIO, cast
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.accounts.queries import organisation
from waystation.accounts.services.demands import demand
from waystation.accounts.services.leave import check_velocity
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.continuity.steps import Steps
from waystation.exchange.errors import CountsDifferError
from waystation.exchange.exporting.collect import collected, exportable, rows_of
from waystation.exchange.exporting.purposes import FIELDS, Purpose, What, needed_for
from waystation.exchange.models import Export
from waystation.intake.writing.cells import Cell
from waystation.intake.writing.csv_writer import csv_bytes
from waystation.intake.writing.xlsx_writer import write_xlsx
from waystation.kernel import BadInputError
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier
from waystation.vault import seal_parcel

LONGEST_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to export.

    Attributes
    ----------
    recipient, reason
        To whom, and why, in words; kept sealed.
    key
        The recipient's age key (``age1...``): only its owner opens the file.
    form
        ``csv`` or ``xlsx``.
    state
        Which cases: ``open``, ``closed`` or ``all``.
    what
        What one row is about.
    kept
        How long the file may be kept, here and there; at most `LONGEST_KEPT`.
    """

    purpose: Purpose
    recipient: str = field(repr=False)
    key: str
    reason: str = field(repr=False)
    form: str = "csv"
    state: str = "open"
    kept: timedelta = timedelta(days=30)
    what: What = What.CASES


@dataclass(frozen=True, slots=True)
class Typed:
    """The numbers of rows and columns, typed by a hand that has read them."""

    rows: int
    columns: int


def make_export(
    *,
    keyring: Keyring,
    asked: Asked,
    typed: Typed,
    folder: Path,
    make_spool: Callable[[], BinaryIO],
    clock: Callable[[], datetime],
    steps: Steps,
) -> Export:
    """Write an export, encrypted to its recipient, into ``folder``, and enter it in the register; nothing is in the clear.

    Parameters
    ----------
    make_spool
        Makes a sealed file to put a workbook together in.

    Raises
    ------
    NotPermittedError
        If the person may not export.
    CountsDifferError
        If the numbers typed are not those of the export, which may have grown since they were shown.
    SecondPersonNeededError
        If it would open more identities in an hour than one person may alone.
    BadInputError
        If the key is none, it is to be kept too long, or the purpose does not need such rows.
    """
    person = demand(keyring, Action.CASE_EXPORT)
    if not timedelta(0) < asked.kept <= LONGEST_KEPT or asked.form not in {"csv", "xlsx"}:
        raise BadInputError(f"an export is kept for 1 to {LONGEST_KEPT.days} days")
    if (asked.purpose, asked.what) not in FIELDS:
        raise BadInputError("this purpose does not need such rows")
    ids = exportable(keyring=keyring, person=person, purpose=asked.purpose, state=asked.state, what=asked.what)
    columns, count = FIELDS[asked.purpose, asked.what], rows_of(asked.what, ids)
    if (typed.rows, typed.columns) != (count, len(columns)) or not count:
        raise CountsDifferError(count, len(columns))
    if Tier.IDENTITY in needed_for(asked.purpose, asked.what).tiers:
        check_velocity(keyring=keyring, at=clock(), more=len(ids))
    rows = Counted(
        collected(keyring=keyring, purpose=asked.purpose, ids=ids, clock=clock, steps=steps, what=asked.what)
    )
    export_id = uuid4()
    path = path_of(folder, export_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        _write(part, asked, columns, rows, make_spool)
        rows.demand(typed)
        part.replace(path)
        return _enter(keyring, export_id, asked, count, clock())
    except BaseException:
        part.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise


def path_of(folder: Path, export_id: UUID) -> Path:
    """Return where an export's file lies."""
    return folder / f"{export_id.hex}.age"


def _write(
    path: Path,
    asked: Asked,
    columns: tuple[str, ...],
    rows: Iterator[list[Cell]],
    make_spool: Callable[[], BinaryIO],
) -> None:
    with path.open("xb") as target:
        if asked.form == "csv":
            source: BinaryIO = cast("BinaryIO", Pieces(csv_bytes(columns, rows)))
            seal_parcel(source, target, [asked.key])
            return
        with closing(make_spool()) as spool:
            write_xlsx(cast("IO[bytes]", _Forward(spool)), columns, rows)
            spool.seek(0)
            seal_parcel(spool, target, [asked.key])


@transaction.atomic
def _enter(keyring: Keyring, export_id: UUID, asked: Asked, rows: int, at: datetime) -> Export:
    export = Export(
        id=export_id,
        record=organisation().record,
        purpose=asked.purpose.value,
        what=asked.what.value,
        fields=list(FIELDS[asked.purpose, asked.what]),
        rows=rows,
        form=asked.form,
        by=keyring.person_id,
        at=at,
        expires_at=at + asked.kept,
    )
    keyring.seal(export, recipient=asked.recipient, reason=asked.reason)
    export.save(force_insert=True)
    details: dict[str, Detail] = {
        "export": str(export_id),
        "purpose": asked.purpose.value,
        "kind": asked.what.value,
        "count": rows,
        "fields": list(export.fields),
    }
    append(keyring=keyring, kind="export.made", at=at, details=details)
    return export


class Counted:
    """Yields rows and counts them."""

    def __init__(self, rows: Iterator[list[Cell]]) -> None:
        self._rows = rows
        self.count = 0

    def demand(self, typed: Typed) -> None:
        """Raise CountsDifferError if somebody added or took off a row since the numbers were typed."""
        if self.count != typed.rows:
            raise CountsDifferError(self.count, typed.columns)

    def __iter__(self) -> Iterator[list[Cell]]:
        """Yield what is left."""
        return self

    def __next__(self) -> list[Cell]:
        """Return the next row."""
        row = next(self._rows)
        self.count += 1
        return row


class Pieces(io.RawIOBase):
    """Reads what an iterator yields as one stream; a piece is asked for when it is needed."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object, /) -> int:
        """Fill ``buffer``; return how many bytes that were, 0 at the end."""
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type] # a buffer
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        given, self._rest = self._rest[: len(target)], self._rest[len(target) :]
        target[: len(given)] = given
        return len(given)


class _Forward(io.RawIOBase):
    """Writes on, and does not let zipfile go back: the spool is appended to alone."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        return self._target.write(data)  # type: ignore[call-overload, no-any-return] # bytes
