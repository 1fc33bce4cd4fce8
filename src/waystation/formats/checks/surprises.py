from collections.abc import Iterator

from waystation.engine.model import BestInterests
from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables


def surprises(tables: FolderTables) -> Iterator[Fault]:
    """Yield what a plan will rest on without anybody having said it, of a folder without faults."""
    yield from _unseen_conditions(tables)
    yield from _unstated_risks(tables)
    yield from _unused_places(tables)
    yield from _expired_partners(tables)
    yield from _unready_people(tables)


def _unseen_conditions(tables: FolderTables) -> Iterator[Fault]:
    seen = {row["condition"] for row in tables.rows("observations.csv")}
    for name, row in tables.by_id("conditions.csv").items():
        if name not in seen:
            right = "plans start from its long-run share of each level; add what was seen to observations.csv"
            yield row.fault("id", f"the condition {name} was never observed", right)


def _unstated_risks(tables: FolderTables) -> Iterator[Fault]:
    for row in tables.rows("legs.csv"):
        if row.is_blank("intercepted"):
            right = "it is read as 0, no risk at all; write 0 if that is meant"
            yield row.fault("intercepted", f"the leg {row['id']} states no chance of interception", right)


def _unused_places(tables: FolderTables) -> Iterator[Fault]:
    used = {row[end] for row in tables.rows("legs.csv") for end in ("from", "to")}
    for name, row in tables.by_id("places.csv").items():
        if name not in used:
            yield row.fault("id", f"no leg leads to or from {name}", "no plan will pass it; add legs or remove it")


def _expired_partners(tables: FolderTables) -> Iterator[Fault]:
    for row in tables.rows("partners.csv"):
        if row.has("vetted_until") and row["vetted_until"] < tables.settings["as_of"]:
            what = f"the vetting of {row['id']} ended on {row['vetted_until']}"
            yield row.fault("vetted_until", what, "no plan will use the partner's legs; vet again")


def _unready_people(tables: FolderTables) -> Iterator[Fault]:
    for row in tables.rows("groups.csv"):
        if row.is_blank("consent_on"):
            right = "no mission may start; record consent_on once they agree"
            yield row.fault("consent_on", f"the group {row['id']} has not agreed to be planned for", right)
    for row in tables.rows("travellers.csv"):
        if row["age_band"].is_child and row["best_interests"] is BestInterests.NONE:
            right = "no mission may start without an approved best interests assessment"
            what = f"{row['id']} is a child or of disputed age without a best interests procedure"
            yield row.fault("best_interests", what, right)
