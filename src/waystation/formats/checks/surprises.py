from collections.abc import Iterator

from waystation.engine.journeys.eligibility import Rule, broken_rules
from waystation.engine.model import Network
from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables

_PROCEDURE = {
    Rule.ASSESSMENT: "a best interests assessment",
    Rule.DETERMINATION: "an adult of the group and without a best interests determination",
}


def surprises(tables: FolderTables, network: Network) -> Iterator[Fault]:
    """Yield what a plan will rest on without anybody having said it, of a folder without faults."""
    yield from _unseen_conditions(tables)
    yield from _unstated_risks(tables)
    yield from _unused_places(tables)
    yield from _expired_partners(tables)
    yield from _unreadable_restrictions(tables)
    yield from _unready_people(tables, network)


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


def _unreadable_restrictions(tables: FolderTables) -> Iterator[Fault]:
    for row in tables.rows("budget.csv"):
        if row.has("restriction") and row.is_blank("only_for"):
            what = f"the restriction of {row['fund']} is in words only"
            yield row.fault("restriction", what, "no choice uses it; say in only_for which purposes it is for")


def _unready_people(tables: FolderTables, network: Network) -> Iterator[Fault]:
    """Yield the rules of the work that a group does not meet yet: it is in the folder, and cannot be planned for."""
    groups, travellers = tables.by_id("groups.csv"), tables.by_id("travellers.csv")
    for group in network.groups:
        for broken in broken_rules(group):
            if broken.traveller is None:
                what = f"the group {group.id} has not agreed to be planned for"
                yield groups[group.id].fault("consent_on", what, "no plan is made; record consent_on once they agree")
            else:
                what = f"{broken.traveller} is a child or of disputed age without {_PROCEDURE[broken.rule]}"
                right = "no plan is made for the group; record the procedure once it is approved"
                yield travellers[broken.traveller].fault("best_interests", what, right)
