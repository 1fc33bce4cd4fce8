"""The three files of Flee as declared tables. Flee reads its columns by their place, not by their names."""

from waystation.formats.flee.network import ClosureType, LocationType
from waystation.formats.kinds import Number, OneOf, Text, Whole
from waystation.formats.tables import Column, Table

_LAST_DAY = 100_000

LOCATIONS = Table(
    file="locations.csv",
    row="a location",
    required=True,
    columns=(
        Column("name", Text(), "Its name.", "Gao", required=True),
        Column("region", Text(), "The region it lies in.", "Gao"),
        Column("country", Text(), "The country it lies in.", "Mali"),
        Column("latitude", Number(-90, 90), "Degrees north.", "16", required=True),
        Column("longitude", Number(-180, 180), "Degrees east.", "0", required=True),
        Column("location_type", OneOf.of(LocationType), "What it is.", "town", required=True),
        Column("conflict_date", Whole(0, _LAST_DAY), "Day on which conflict begins, 0 for the first.", "23"),
        Column("population", Whole(0, 10**9), "People who live there; of a camp, people it can hold.", "86633"),
    ),
)

ROUTES = Table(
    file="routes.csv",
    row="a way between two locations",
    required=True,
    columns=(
        Column("name1", Text(), "Where it begins.", "Gao", required=True),
        Column("name2", Text(), "Where it ends.", "Ansongo", required=True),
        Column("distance", Number(0, 100_000, above=True), "Its length in kilometres.", "100", required=True),
        Column("forced_redirection", Whole(choices=(0, 1, 2)), "Whether everybody is taken along it.", "0"),
    ),
)

CLOSURES = Table(
    file="closures.csv",
    row="something that is closed for some days",
    columns=(
        Column("closure_type", OneOf.of(ClosureType), "What is closed.", "country", required=True),
        Column("name1", Text(), "The country or location.", "Mali", required=True),
        Column("name2", Text(), "The other country, or the other end of the link.", "Niger"),
        Column("closure_start", Whole(0, _LAST_DAY), "Day on which it closes, 0 for the first.", "0", required=True),
        Column("closure_end", Whole(-1, _LAST_DAY), "Day on which it opens again, -1 for never.", "33", required=True),
    ),
)

FLEE_TABLES: tuple[Table, ...] = (LOCATIONS, ROUTES, CLOSURES)
"""The files in the order in which Flee reads them."""

OTHER_NAMES: dict[str, frozenset[str]] = {
    "latitude": frozenset({"lat", "gps_x"}),
    "longitude": frozenset({"lon", "long", "gps_y"}),
    "population": frozenset({"pop", "pop/cap", "population/capacity", "capacity"}),
    "distance": frozenset({"distance[km]", "distance_km"}),
}
"""Other names under which a column is known in published folders."""
