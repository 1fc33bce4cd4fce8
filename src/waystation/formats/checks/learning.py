from collections.abc import Iterator

from waystation.engine.model import Asked, Quantity
from waystation.formats.checks.known import Known
from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables, Row

_ANSWER = ("lowest", "highest", "best", "sure")


def learning_faults(tables: FolderTables) -> Iterator[Fault]:
    """Complain of regimes and judgements that contradict themselves or name what is not there, and of impossible past beliefs."""
    yield from _regimes(tables)
    first: dict[tuple[object, ...], list[Row]] = {}
    for row in tables.rows("judgements.csv"):
        if row["round"] == 1:
            first.setdefault(_question(row), []).append(row)
    for row in tables.rows("judgements.csv"):
        yield from _judgement(row)
        yield from _after_the_first(row, first.get(_question(row), []))
    yield from _beliefs(tables)


def _regimes(tables: FolderTables) -> Iterator[Fault]:
    """Complain of unknown legs of a regime, and of outcomes of an unknown regime where regimes are declared at all."""
    legs = Known(tables["legs.csv"].ids(), "add it to legs.csv")
    for row in tables.rows("regimes.csv"):
        for leg in row["legs"] or ():
            if tables["legs.csv"].whole and leg not in legs:
                yield row.fault("legs", f"legs.csv has no row {leg} (legs)", legs.advice(leg))
    known = Known(tables["regimes.csv"].ids(), "add it to regimes.csv, or leave it blank")
    if not tables["regimes.csv"].rows:
        return
    for row in tables.rows("outcomes.csv"):
        if row.has("regime") and row["regime"] not in known:
            yield row.fault("regime", f"regimes.csv has no row {row['regime']} (regime)", known.advice(row["regime"]))


def _question(row: Row) -> tuple[object, ...]:
    return (row["leg"], row["asked"], row["silent_days"])


def _judgement(row: Row) -> Iterator[Fault]:
    if row.has("asked") and (row["asked"] is Asked.SILENT) == row.is_blank("silent_days"):
        if row["asked"] is Asked.SILENT:
            yield row.fault("silent_days", "a silence of no length", "give the days without news, such as 30")
        else:
            yield row.fault("silent_days", "days of silence, but no silence was asked about", "leave silent_days blank")
    given = [name for name in _ANSWER if not row.is_blank(name)]
    if given and len(given) < len(_ANSWER):
        missing = next(name for name in _ANSWER if name not in given)
        right = "give lowest, highest, best and sure; leave all four blank while the answer is awaited"
        yield row.fault(missing, f"an answer without {missing}", right)
    elif given and all(row.has(name) for name in (*_ANSWER, "out_of")):
        yield from _counts(row)


def _counts(row: Row) -> Iterator[Fault]:
    lowest, best, highest, out_of = (row[name] for name in ("lowest", "best", "highest", "out_of"))
    if not lowest <= best <= highest:
        what = f"lowest {lowest}, best {best} and highest {highest} are not in order"
        yield row.fault("best", what, "give lowest <= best <= highest")
    elif highest > out_of:
        yield row.fault("highest", f"{highest} of {out_of} missions", "give a number that is no more than out_of")


def _after_the_first(row: Row, first: list[Row]) -> Iterator[Fault]:
    """Complain of a second answer of somebody who gave no first one, or gave it before all first answers of that day were in."""
    if row["round"] != 2 or row.is_blank("best") or not row.has("date"):
        return
    before = [each for each in first if each.has("date") and each["date"] <= row["date"]]
    if not any(each["expert"] == row["expert"] and not each.is_blank("best") for each in before):
        what = f"{row['expert']} answers in round 2 without a private answer of round 1"
        yield row.fault("round", what, "add the answer of round 1, dated no later")
    if row.is_blank("signed"):
        return
    if any(each.is_blank("best") and not _answered_later(each, first) for each in before):
        what = "round 2 was answered while somebody's private answer was awaited"
        yield row.fault("round", what, "wait for every answer of round 1, or take out the question nobody answers")


def _answered_later(open_row: Row, rows: list[Row]) -> bool:
    return any(each["expert"] == open_row["expert"] and not each.is_blank("best") for each in rows)


def _beliefs(tables: FolderTables) -> Iterator[Fault]:
    for row in tables.rows("beliefs.csv"):
        if row.has("quantity") and row["quantity"] is not Quantity.DAYS and row.has("mean") and row["mean"] > 1:
            yield row.fault("mean", f"a chance of {row['mean']}", "give a chance from 0 to 1")
