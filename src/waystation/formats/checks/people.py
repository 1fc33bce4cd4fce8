from collections.abc import Iterator

from waystation.formats.checks.known import Known
from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables, Row


def people_faults(tables: FolderTables) -> Iterator[Fault]:
    """Complain of groups without travellers and of travellers whose company cannot be."""
    travellers = tables.by_id("travellers.csv")
    for row in tables.rows("travellers.csv"):
        other = travellers.get(row["accompanied_by"])
        if other is not None:
            yield from _company(row, other)
    if tables["travellers.csv"].whole:
        yield from _without_travellers(tables)


def _company(row: Row, other: Row) -> Iterator[Fault]:
    name = "accompanied_by"
    if row["id"] == row[name]:
        yield row.fault(
            name, f"{row['id']} is accompanied by nobody else", "name another traveller, or leave it blank for alone"
        )
    elif row.has("group") and other.has("group") and row["group"] != other["group"]:
        what = f"{other['id']} travels with the group {other['group']}, not with {row['group']}"
        yield row.fault(name, what, f"name a traveller of {row['group']}, or leave it blank for alone")
    elif other.has("age_band") and other["age_band"].is_child:
        what = f"{other['id']} is a child or of disputed age and cannot accompany"
        yield row.fault(name, what, "name an adult of the group, or leave it blank for alone")


def _without_travellers(tables: FolderTables) -> Iterator[Fault]:
    groups = tables.by_id("groups.csv")
    named = {row["group"] for row in tables.rows("travellers.csv") if row.has("group")}
    # A misspelt group is complained of where it stands; the group that was meant is not empty.
    known = Known(groups)
    meant = {known.nearest(name) for name in sorted(named - groups.keys())}
    for name, row in groups.items():
        if name not in named | meant:
            yield row.fault("id", f"the group {name} has no travellers", "add a row to travellers.csv for each person")
