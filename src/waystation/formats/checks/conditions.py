from collections.abc import Iterator

from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables, Row
from waystation.formats.vocabulary import chain_of

_YEAR = frozenset(range(1, 13))


def condition_faults(tables: FolderTables) -> Iterator[Fault]:
    """Complain of conditions whose rows do not make one chain for each month."""
    by_id: dict[str, list[Row]] = {}
    for row in tables.rows("conditions.csv"):
        yield from _chain(row, tables.settings["slot_hours"])
        if row.has("id"):
            by_id.setdefault(row["id"], []).append(row)
    for rows in by_id.values():
        yield from _same_levels(rows)
        yield from _months_twice(rows)
        if tables["conditions.csv"].whole:
            yield from _months_missing(rows)


def _chain(row: Row, slot_hours: int | None) -> Iterator[Fault]:
    if row.is_blank("persistence") and row.is_blank("transitions"):
        right = "give persistence (such as 0.9) or transitions (such as 0.9 0.1|0.3 0.7)"
        yield row.fault("persistence", "the condition does not say how it changes", right)
    elif not row.is_blank("persistence") and not row.is_blank("transitions"):
        yield row.fault("transitions", "both persistence and transitions are given", "keep one of them")
    elif row.has("transitions") and row.has("levels"):
        yield from _matrix(row, slot_hours)


def _matrix(row: Row, slot_hours: int | None) -> Iterator[Fault]:
    size, levels = len(row["transitions"]), len(row["levels"])
    if size != levels:
        right = f"give {levels} rows of {levels} numbers"
        yield row.fault("transitions", f"a matrix of {size} rows for {levels} levels", right)
    elif slot_hours is not None and slot_hours < 24 and not _has_step(row, slot_hours):
        right = "raise the chances of staying, or set slot_hours = 24"
        yield row.fault("transitions", f"this daily matrix has no step of {slot_hours} hours", right)


def _has_step(row: Row, slot_hours: int) -> bool:
    # Imported here: NumPy is slow to start, and only folders with a matrix need it.
    from waystation.engine.journeys.chains import slot_step

    try:
        slot_step(chain_of(row), slot_hours)
    except ValueError:
        return False
    return True


def _same_levels(rows: list[Row]) -> Iterator[Fault]:
    readable = [row for row in rows if row.has("levels")]
    for row in readable[1:]:
        if row["levels"] != readable[0]["levels"]:
            right = f"write {'|'.join(readable[0]['levels'])}, as in line {readable[0].cells['levels'].line}"
            yield row.fault("levels", f"the condition {row['id']} has other levels in another row", right)


def _months_twice(rows: list[Row]) -> Iterator[Fault]:
    first: dict[int, int] = {}
    for row in rows:
        if not row.is_blank("months") and row["months"] is None:
            continue
        twice = sorted(month for month in row["months"] or (0,) if month in first)
        if twice:
            line = first[twice[0]]
            named = "all other months" if twice == [0] else f"month {', '.join(map(str, twice))}"
            what = f"the condition {row['id']} has a row for {named} in line {line} already"
            yield row.fault("months", what, "let each month stand in one row")
        for month in row["months"] or (0,):
            first.setdefault(month, row.cells["id"].line)


def _months_missing(rows: list[Row]) -> Iterator[Fault]:
    if any(row["months"] is None for row in rows):
        return
    missing = sorted(_YEAR - {month for row in rows for month in row["months"]})
    if missing:
        what = f"no row of the condition {rows[0]['id']} holds in month {', '.join(map(str, missing))}"
        yield rows[0].fault("months", what, "name them too, or leave months blank in one row")
