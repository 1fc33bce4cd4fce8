from collections.abc import Iterator

from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables, Sheet


def shared_ids(tables: FolderTables) -> Iterator[Fault]:
    """Complain of every row whose id another row above has too, or has but for its capitals."""
    for sheet in tables:
        if sheet.table.has_ids:
            yield from _shared_in(sheet)


def _shared_in(sheet: Sheet) -> Iterator[Fault]:
    first: dict[str, tuple[str, int]] = {}
    for row in sheet.rows:
        if not row.has("id"):
            continue
        name, line = first.setdefault(row["id"].casefold(), (row["id"], row.cells["id"].line))
        if name != row["id"]:
            what = f"the id {row['id']} differs from {name} in line {line} by capitals only"
            yield row.fault("id", what, f"write {name} for the same, or another id")
        elif line != row.cells["id"].line and not sheet.table.ids_repeat:
            yield row.fault("id", f"the id {name} stands in line {line} already", "give each row an id of its own")
