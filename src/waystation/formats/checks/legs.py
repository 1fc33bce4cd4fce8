from collections.abc import Iterator

from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables, Row

_AMOUNTS = ("demand_group", "demand_person")
_COMPANY = ("company_risk_factor", "company_price_factor")


def leg_faults(tables: FolderTables) -> Iterator[Fault]:
    """Complain of cells of one leg that do not go together."""
    for row in tables.rows("legs.csv"):
        yield from _ends(row)
        yield from _duration(row)
        yield from _party(row)
        yield from _demand(row)
        yield from _company(row)


def _ends(row: Row) -> Iterator[Fault]:
    if row.has("from") and row["from"] == row["to"]:
        yield row.fault("to", f"the leg goes from {row['from']} to itself", "give another place; staying is not a leg")


def _duration(row: Row) -> Iterator[Fault]:
    for lower, upper in (("days_low", "days_likely"), ("days_likely", "days_high")):
        if row.has(lower) and row.has(upper) and row[lower] > row[upper]:
            what = f"{upper} {row[upper]:f} is below {lower} {row[lower]:f}"
            yield row.fault(upper, what, "give days_low <= days_likely <= days_high")


def _party(row: Row) -> Iterator[Fault]:
    if row.has("customary_party") and row.has("largest_party") and row["customary_party"] > row["largest_party"]:
        what = f"customary_party {row['customary_party']} is above largest_party {row['largest_party']}"
        yield row.fault("customary_party", what, "give a customary party that the leg can carry")
    if row.is_blank("customary_party") and row.has("extra_person_factor") and row["extra_person_factor"] != 1:
        what = "extra_person_factor is given without customary_party"
        yield row.fault("customary_party", what, "give the party size that the chance of interception is stated for")


def _demand(row: Row) -> Iterator[Fault]:
    sums = [row[name] for name in _AMOUNTS]
    if row.is_blank("demand") and any(sums):
        right = "give the chance that it is made, or remove its amount"
        yield row.fault("demand", "an extra demand has an amount but no chance", right)
    if row.has("demand") and row["demand"] > 0 and None not in sums and not any(sums):
        right = "give demand_group or demand_person, or leave demand blank"
        yield row.fault("demand", "an extra demand has a chance but no amount", right)


def _company(row: Row) -> Iterator[Fault]:
    for given, other in (_COMPANY, _COMPANY[::-1]):
        if not row.is_blank(given) and row.is_blank(other):
            right = "give both factors, or neither if nobody can go along"
            yield row.fault(other, f"{given} is given without {other}", right)
