from collections.abc import Iterator

from waystation.formats.checks.known import Known
from waystation.formats.faults import Fault
from waystation.formats.kinds import did_you_mean
from waystation.formats.rows import FolderTables, Row, Sheet
from waystation.formats.tables import SETTINGS, TABLES


def source_faults(tables: FolderTables) -> Iterator[Fault]:
    """Complain of sources of values that do not exist, of unknown sources, and of assumptions without a reason."""
    sources = Known([*tables.settings.sources, "assumed"], "add it to [sources] in network.toml")
    ids = {sheet.table.file: _ids(sheet) for sheet in tables}
    for row in tables.rows("sources.csv"):
        if row.has("file"):
            yield from _value(row, tables, ids)
        if row["source"] == "assumed" and row.is_blank("note"):
            yield row.fault("note", "an assumption without a reason", "say why it was assumed")
        elif row.has("source") and tables.settings.whole and row["source"] not in sources:
            yield row.fault("source", f"network.toml has no source {row['source']}", sources.advice(row["source"]))


def _ids(sheet: Sheet) -> Known:
    if sheet.table.has_ids:
        return Known(sheet.ids(), "give the id of one of its rows")
    return Known(sheet.ids(), f"give the number of one of its rows, 1 to {len(sheet.rows)}")


def _value(row: Row, tables: FolderTables, ids: dict[str, Known]) -> Iterator[Fault]:
    file = row["file"]
    if file == SETTINGS.file:
        yield from _setting(row, tables)
    elif file not in TABLES:
        yield row.fault("file", f"the network folder has no file {file!r}", did_you_mean(file, tuple(TABLES)))
    else:
        yield from _cell(row, tables[file], ids[file])


def _setting(row: Row, tables: FolderTables) -> Iterator[Fault]:
    known = (*SETTINGS.names, *tables.settings.extra)
    if row.has("row") and row["row"] not in known:
        yield row.fault("row", f"network.toml has no key {row['row']!r}", did_you_mean(row["row"], known))
    elif row.has("column") and row["column"] != row["row"]:
        yield row.fault("column", "a value of network.toml is named by its key in row", "leave column blank")


def _cell(row: Row, sheet: Sheet, ids: Known) -> Iterator[Fault]:
    if row.has("row") and sheet.whole and row["row"] not in ids:
        yield row.fault("row", f"{sheet.table.file} has no row {row['row']!r}", ids.advice(row["row"]))
    if row.is_blank("column"):
        yield row.fault("column", "column is blank", f"give the column of {sheet.table.file} that the source is for")
    elif row.has("column") and row["column"] not in {*sheet.table.names, *sheet.extra}:
        right = did_you_mean(row["column"], sheet.table.names)
        yield row.fault("column", f"{sheet.table.file} has no column {row['column']!r}", right)
