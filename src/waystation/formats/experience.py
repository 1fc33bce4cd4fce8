"""What a folder holds for learning, made from typed rows that have no fault, and how what was learned goes back into them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from waystation.engine.learning.result import Learned, Lessons
from waystation.engine.model import (
    ClosedAnswer,
    Estimate,
    Experience,
    Judgement,
    LearningRules,
    PastBelief,
    Quantity,
    Regime,
    Stated,
    Subject,
)
from waystation.formats.checks import faults_across
from waystation.formats.faults import Fault
from waystation.formats.rows import Cell, FolderTables, Row, Sheet
from waystation.formats.sheets import read_sheet
from waystation.formats.tables import TABLES
from waystation.formats.writer import sheet_text
from waystation.kernel import BadInputError

LEARNED_COLUMNS: Mapping[Quantity, tuple[str, ...]] = {
    Quantity.INTERCEPTED: ("intercepted", "intercepted_weight"),
    Quantity.TURNED_BACK: ("turned_back", "turned_back_weight"),
    Quantity.DEMAND: ("demand", "demand_weight"),
    Quantity.DAYS: ("days_low", "days_likely", "days_high"),
}
"""The columns of legs.csv that learning writes; no other cell of the file changes its value."""

_LEGS, _BELIEFS = "legs.csv", "beliefs.csv"
_DIGITS, _DAYS_DIGITS = 6, 4


class LearnedFaultError(BadInputError):
    """What was learned makes a folder that a plan could not use; ``faults`` says where. Nothing was written."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def experience_of(tables: FolderTables) -> Experience:
    """Return what a folder without faults holds for learning beside its outcomes."""
    settings = tables.settings
    return Experience(
        regimes=tuple(
            Regime(row["id"], row["begins"], float(row["discount"]), frozenset(row["legs"] or ()))
            for row in tables.rows("regimes.csv")
        ),
        judgements=tuple(_judgement(row) for row in tables.rows("judgements.csv")),
        closed_answers=tuple(
            ClosedAnswer(row["expert"], row["question"], float(row["chance"]), row["date"], row["true"])
            for row in tables.rows("calibration.csv")
        ),
        past=tuple(_past(row) for row in tables.rows(_BELIEFS)),
        rules=LearningRules(
            judgement_cap=float(settings["judgement_cap"]),
            near_miss_ratio=float(settings["near_miss_ratio"]),
            near_miss_strength=float(settings["near_miss_strength"]),
            near_miss_cap=float(settings["near_miss_cap"]),
        ),
        unstated=frozenset(
            (row["id"], quantity)
            for row in tables.rows(_LEGS)
            for quantity, columns in LEARNED_COLUMNS.items()
            if row.is_blank(columns[0])
        ),
    )


def _judgement(row: Row) -> Judgement:
    estimate = None
    if row.has("best"):
        lowest, highest, best, sure = (float(row[name]) for name in ("lowest", "highest", "best", "sure"))
        estimate = Estimate(row["out_of"], lowest, highest, best, sure / 100.0)
    return Judgement(
        expert=row["expert"],
        leg=row["leg"],
        asked=row["asked"],
        round=row["round"],
        on=row["date"],
        estimate=estimate,
        silent_days=row["silent_days"],
        signed=row["signed"] or "",
    )


def _past(row: Row) -> PastBelief:
    return PastBelief(
        subject=row["subject"],
        id=row["id"],
        quantity=row["quantity"],
        on=row["date"],
        value=float(row["mean"]),
        weight=float(row["weight"]),
        missions=row["missions"],
        events=float(row["events"]),
        judged=_stated(row, "judged"),
        stated=_stated(row, "stated"),
        regimes=tuple(row["regimes"] or ()),
    )


def _stated(row: Row, column: str) -> Stated | None:
    if row[column] is None or row[f"{column}_weight"] is None:
        return None
    return Stated(float(row[column]), float(row[f"{column}_weight"]))


def with_lessons(tables: FolderTables, lessons: Lessons) -> FolderTables:
    """Return the rows of a folder with what was learned in legs.csv, and all of it in beliefs.csv.

    Only learned columns of legs.csv change, and only of legs that something was learned about; the chance of an extra demand only
    where the leg says how much is demanded.

    Raises
    ------
    LearnedFaultError
        If the folder would have a fault then, such as chances that sum to more than 1 with their factors.
    """
    by_leg: dict[str, list[Learned]] = {}
    for each in lessons.beliefs:
        if each.subject is Subject.LEG:
            by_leg.setdefault(each.id, []).append(each)
    legs = tables[_LEGS]
    rows = tuple(_learned_row(row, by_leg.get(row["id"], ())) for row in legs.rows)
    columns = tuple(name for name in legs.table.names if name in legs.columns or any(row.has(name) for row in rows))
    written = {row["id"]: row for row in rows}
    past = tuple(_belief_row(number, each, lessons, written) for number, each in enumerate(lessons.beliefs, start=1))
    sheets = {
        **tables.sheets,
        _LEGS: replace(legs, rows=rows, columns=_in_use(columns, legs)),
        _BELIEFS: Sheet(TABLES[_BELIEFS], past, TABLES[_BELIEFS].names if past else ()),
    }
    made = FolderTables(tables.settings, sheets)
    faults = {*faults_across(made), *_unreadable(made)}
    if faults:
        raise LearnedFaultError(tuple(sorted(faults)))
    return made


def _unreadable(tables: FolderTables) -> Iterator[Fault]:
    """Yield what could not be read again of the two files, such as days beyond their range."""
    for name in (_LEGS, _BELIEFS):
        if tables[name].columns:
            numerals = tables.settings.numerals
            yield from read_sheet(tables[name].table, sheet_text(tables[name], numerals), numerals)[1]


def _in_use(columns: Iterable[str], legs: Sheet) -> tuple[str, ...]:
    """Return the columns that were there, and learned ones that were not; no other column appears."""
    learned = {name for names in LEARNED_COLUMNS.values() for name in names}
    return tuple(name for name in columns if name in legs.columns or name in learned)


def _learned_row(row: Row, learned: Iterable[Learned]) -> Row:
    cells = dict(row.cells)
    for each in learned:
        if each.quantity is Quantity.DEMAND and not (row["demand_group"] or row["demand_person"]):
            continue
        columns = LEARNED_COLUMNS[each.quantity]
        if each.quantity is Quantity.DAYS:
            factor = each.mean / (float(sum(row[name] for name in columns)) / 3.0)
            values = [_decimal(float(row[name]) * factor, _DAYS_DIGITS) for name in columns]
        else:
            values = [_decimal(each.mean), _decimal(each.weight)]
        for name, value in zip(columns, values, strict=True):
            cells[name] = _cell(value, cells[name])
    return replace(row, cells=cells)


def _decimal(value: float, digits: int = _DIGITS) -> Decimal:
    return Decimal(f"{value:.{digits}g}")


def _cell(value: Any, at: Cell) -> Cell:
    return Cell(str(value), value, at.line, at.column)


def _belief_row(number: int, each: Learned, lessons: Lessons, legs: Mapping[str, Row]) -> Row:
    mean = _decimal(each.mean)
    if each.subject is Subject.LEG and each.quantity is Quantity.DAYS:
        row = legs[each.id]  # the three days were rounded; what stands there now is what was learned
        mean = _decimal(float(sum(row[name] for name in LEARNED_COLUMNS[Quantity.DAYS])) / 3.0)
    values: dict[str, Any] = {
        "subject": each.subject,
        "id": each.id,
        "quantity": each.quantity,
        "date": lessons.on,
        "mean": mean,
        "low": _decimal(each.low),
        "high": _decimal(each.high),
        "weight": _decimal(each.weight),
        "missions": each.missions,
        "events": each.events,
        "judgement_share": _decimal(each.judgement_share, 3),
        "judged": None if each.judged is None else _decimal(each.judged.value),
        "judged_weight": None if each.judged is None else _decimal(each.judged.weight),
        "stated": None if each.stated is None else _decimal(each.stated.value),
        "stated_weight": None if each.stated is None else _decimal(each.stated.weight),
        "regimes": each.regimes or None,
    }
    cells = {name: Cell("" if value is None else str(value), value, number + 1, 1) for name, value in values.items()}
    return Row(_BELIEFS, number, cells)


def learned_files(folder: Path, tables: FolderTables) -> dict[str, bytes]:
    """Return the files of a folder with the two that learning writes; every other file is as it is on disk, byte for byte."""
    files = {name: (folder / name).read_bytes() for name in TABLES if (folder / name).is_file()}
    for name in (_LEGS, _BELIEFS):
        if tables[name].columns:
            files[name] = sheet_text(tables[name], tables.settings.numerals).encode()
        else:
            files.pop(name, None)
    return files
