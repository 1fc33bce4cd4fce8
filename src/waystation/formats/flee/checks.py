"""What must hold between the rows of Flee's files."""

from collections.abc import Iterable, Iterator, Mapping

from waystation.formats.checks.known import Known
from waystation.formats.faults import Fault
from waystation.formats.flee.network import ClosureType, reached_from
from waystation.formats.rows import Row

Rows = Mapping[str, tuple[Row, ...]]
"""The rows of each file by its name."""


def flee_faults(rows: Rows) -> Iterator[Fault]:
    """Yield what is wrong between rows; what a single cell says wrongly is a fault already and is passed over."""
    names = _Names(rows["locations.csv"])
    yield from names.faults()
    for row in rows["locations.csv"]:
        yield from _conflict(row)
    yield from _ends(rows["routes.csv"], names)
    yield from _routes_twice(rows["routes.csv"])
    ways = _ways(rows["routes.csv"], names.locations)
    joined = frozenset(frozenset(way) for way in ways)
    for row in rows["closures.csv"]:
        yield from _closed_names(row, names, joined)
        yield from _closed_span(row)
    yield from _reach(rows, ways)


class _Names:
    """The locations and countries that may be named."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self._rows = rows
        self.locations = Known((row["name"] for row in rows if row.has("name")), "add it to locations.csv")
        self.countries = Known((row["country"] for row in rows if row.has("country")), "use a country of locations.csv")

    def faults(self) -> Iterator[Fault]:
        """Yield the names that stand twice."""
        first: dict[str, int] = {}
        for row in self._rows:
            if row.has("name"):
                line = first.setdefault(row["name"], row.cells["name"].line)
                if line != row.cells["name"].line:
                    what = f"the location {row['name']} stands in line {line} already"
                    yield row.fault("name", what, "keep one of them, or give the other another name")


def _conflict(row: Row) -> Iterator[Fault]:
    if row.has("location_type") and row["location_type"].is_fled and row.is_blank("conflict_date"):
        what = f"the {row['location_type']} {row['name']} does not say since when"
        yield row.fault("conflict_date", what, "give the day on which conflict begins, 0 for the first")


def _ends(rows: Iterable[Row], names: _Names) -> Iterator[Fault]:
    for row in rows:
        for end in ("name1", "name2"):
            yield from _unknown(row, end, names.locations, "locations.csv has no location")
        if row.has("name1") and row["name1"] == row["name2"]:
            yield row.fault("name2", f"the route goes from {row['name1']} to itself", "give another location")


def _unknown(row: Row, column: str, known: Known, what: str) -> Iterator[Fault]:
    if row.has(column) and row[column] not in known:
        yield row.fault(column, f"{what} {row[column]} ({column})", known.advice(row[column]))


def _ways(rows: Iterable[Row], known: Known) -> list[tuple[str, str]]:
    """Return the ends of each route; a misspelt one counts as the location that was meant: it is complained of already."""
    ways = []
    for row in rows:
        texts = [row.cells[end].text for end in ("name1", "name2")]
        first, second = (text if text in known else known.nearest(text) for text in texts)
        if first is not None and second is not None:
            ways.append((first, second))
    return ways


def _routes_twice(rows: Iterable[Row]) -> Iterator[Fault]:
    first: dict[frozenset[str], int] = {}
    for row in rows:
        if row.has("name1") and row.has("name2"):
            pair = frozenset((row["name1"], row["name2"]))
            line = first.setdefault(pair, row.cells["name1"].line)
            if line != row.cells["name1"].line:
                what = f"a route between {row['name1']} and {row['name2']} stands in line {line} already"
                yield row.fault("name1", what, "keep one of them: a route leads both ways")


def _closed_names(row: Row, names: _Names, routes: frozenset[frozenset[str]]) -> Iterator[Fault]:
    kind: ClosureType | None = row["closure_type"]
    if kind is None:
        return
    if kind.needs_two and row.is_blank("name2"):
        other = "country" if kind.names_a_country else "location"
        yield row.fault("name2", f"a closure of type {kind} names one {other} only", f"give the other {other}")
    columns = ("name1", "name2") if kind.needs_two else ("name1",)
    known, what = names.locations, "locations.csv has no location"
    if kind.names_a_country:
        known, what = names.countries, "no location lies in the country"
    unknown = [fault for column in columns for fault in _unknown(row, column, known, what)]
    yield from unknown
    ends = frozenset(row.cells[column].text for column in columns)
    if kind.names_a_link and not unknown and row.has("name2") and ends not in routes:
        what = f"there is no route between {row['name1']} and {row['name2']}"
        yield row.fault("name1", what, "add it to routes.csv, or close a route that is there")


def _closed_span(row: Row) -> Iterator[Fault]:
    start, end = row["closure_start"], row["closure_end"]
    if start is None or end is None or row["closure_type"] is ClosureType.REMOVE_FORCED_REDIRECTION:
        return
    if end != -1 and end <= start:
        what = f"closure_end {end} is not after closure_start {start}"
        yield row.fault("closure_end", what, "give the day on which it opens again, or -1 if it never does")


def _reach(rows: Rows, ways: list[tuple[str, str]]) -> Iterator[Fault]:
    """Complain where nobody flees, nobody is received, or no routes lead to a camp."""
    locations = [row for row in rows["locations.csv"] if row.has("name")]
    if not locations or not rows["routes.csv"] or any(row["location_type"] is None for row in rows["locations.csv"]):
        return
    fled = [row["name"] for row in locations if row["location_type"].is_fled]
    camps = [row for row in locations if row["location_type"].is_camp]
    if not fled:
        right = "give the places people flee from the type conflict_zone (a file conflicts.csv is not read)"
        yield locations[0].fault("location_type", "no location is a conflict zone", right)
    if not camps:
        yield locations[0].fault("location_type", "no location is a camp", "give the places people reach the type camp")
    if fled:
        reached = reached_from(fled, ways)
        for row in camps:
            if row["name"] not in reached:
                what = f"no routes lead from a conflict zone to the camp {row['name']}"
                yield row.fault("name", what, "add routes that lead there, or remove it")
