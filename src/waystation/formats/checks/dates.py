from collections.abc import Iterator

from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables


def later_than_as_of(tables: FolderTables) -> Iterator[Fault]:
    """Complain of what is said to have happened after the day on which the folder was true."""
    as_of = tables.settings["as_of"]
    if as_of is None:
        return
    for sheet in tables:
        for column in (column for column in sheet.table.columns if column.past):
            for row in sheet.rows:
                if row.has(column.name) and row[column.name] > as_of:
                    what = f"{column.name} {row[column.name]} is later than as_of {as_of} in network.toml"
                    yield row.fault(column.name, what, "correct the date, or set as_of to the day of this folder")
