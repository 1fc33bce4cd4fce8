from collections.abc import Iterator

from waystation.engine.model import LevelRef
from waystation.formats.checks.known import Known
from waystation.formats.faults import Fault
from waystation.formats.kinds import Code, LevelFactors, LevelRefs
from waystation.formats.rows import FolderTables, Row, Sheet


def unknown_ids(tables: FolderTables) -> Iterator[Fault]:
    """Complain of each cell that names a row of another file which does not exist."""
    for sheet in tables:
        for column in sheet.table.columns:
            if isinstance(column.kind, Code) and column.kind.of and tables[column.kind.of].whole:
                yield from _unknown_in(sheet, column.name, tables[column.kind.of])


def _unknown_in(sheet: Sheet, column: str, target: Sheet) -> Iterator[Fault]:
    known = Known(target.ids(), f"add it to {target.table.file}")
    for row in sheet.rows:
        if row.has(column) and row[column] not in known:
            what = f"{target.table.file} has no row {row[column]} ({column})"
            yield row.fault(column, what, known.advice(row[column]))


def unknown_levels(tables: FolderTables) -> Iterator[Fault]:
    """Complain of each level of a condition that is named and that nobody declares."""
    if not tables["conditions.csv"].whole:
        return
    levels = declared_levels(tables)
    for sheet in tables:
        for column in sheet.table.columns:
            if isinstance(column.kind, LevelFactors | LevelRefs):
                for row in sheet.rows:
                    yield from _unknown_refs(row, column.name, levels)
    for row in tables.rows("observations.csv"):
        if row.has("condition") and row.has("level") and row["condition"] in levels:
            yield from _unknown_level(row, "level", LevelRef(row["condition"], row["level"]), levels)


def declared_levels(tables: FolderTables) -> dict[str, tuple[str, ...]]:
    """Return the levels of each condition, as its first row with readable levels gives them."""
    levels: dict[str, tuple[str, ...]] = {}
    for row in tables.rows("conditions.csv"):
        if row.has("id"):
            levels.setdefault(row["id"], row["levels"] or ())
            levels[row["id"]] = levels[row["id"]] or row["levels"] or ()
    return levels


def refs_in(row: Row, column: str) -> list[LevelRef]:
    """Return the levels that a cell of level factors or of levels names."""
    return [part if isinstance(part, LevelRef) else part[0] for part in row[column] or ()]


def _unknown_refs(row: Row, column: str, levels: dict[str, tuple[str, ...]]) -> Iterator[Fault]:
    for ref in refs_in(row, column):
        if ref.condition in levels:
            yield from _unknown_level(row, column, ref, levels)
        else:
            what = f"nobody declares the condition {ref.condition} ({column})"
            yield row.fault(column, what, Known(levels, "add it to conditions.csv").advice(ref.condition))


def _unknown_level(row: Row, column: str, ref: LevelRef, levels: dict[str, tuple[str, ...]]) -> Iterator[Fault]:
    known = levels[ref.condition]
    if known and ref.level not in known:
        what = f"the condition {ref.condition} has no level {ref.level} ({column})"
        yield row.fault(column, what, Known(known, "add it to its levels").advice(ref.level))
