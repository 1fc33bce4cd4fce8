from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.formats import FolderTables, read_folder
from waystation.formats.flee.assumptions import Assumptions
from waystation.formats.flee.closures import closed_days
from waystation.formats.flee.exporter import FleeExport, flee_files, to_flee
from waystation.formats.flee.importer import ImportSettings, network_tables
from waystation.formats.flee.network import Closure, ClosureType, FleeNetwork, Location, LocationType, Route
from waystation.formats.flee.reader import read_flee
from waystation.formats.vocabulary import network_of

Write = Callable[[dict[str, str]], Path]
SETTINGS = ImportSettings("Arden", date(2030, 1, 1), "invented")


def back(flee: FleeNetwork) -> FleeNetwork:
    """Import a Flee network and export it again."""
    tables = network_tables(flee, SETTINGS, Assumptions())
    return exported(tables)


def exported(tables: FolderTables) -> FleeNetwork:
    export = to_flee(network_of(tables), tables)
    assert export.faults == ()
    assert export.network is not None
    return export.network


def rounded(location: Location) -> Location:
    """Return what a network folder keeps of a location: whole degrees, and no capacity of nobody."""
    population = location.population
    return replace(
        location,
        latitude=location.latitude.to_integral_value(),
        longitude=location.longitude.to_integral_value(),
        population=None if location.type.is_camp and not population else population,
        conflict_day=location.conflict_day,
    )


def test_the_invented_folder_comes_back(invented: dict[str, str], write: Write, tmp_path: Path) -> None:
    flee = read_flee(write(invented)).network
    assert flee is not None
    again = back(flee)
    assert again.locations == tuple(rounded(location) for location in flee.locations)
    assert again.routes == flee.routes
    expected = [(c.type, c.name1, c.start, c.end) for c in flee.closures[:4]]
    expected.append((ClosureType.REMOVE_FORCED_REDIRECTION, "Elm_Camp", 40, None))
    assert {(c.type, c.name1, c.start, c.end) for c in again.closures} == set(expected)
    for name, content in flee_files(again).items():
        (tmp_path / name).write_bytes(content)
    assert read_flee(tmp_path).network == again


NAMES = ("Alder", "Birch", "Crossways", "Dell", "Elm", "Fern, the old one", "Gorse")
days = st.integers(0, 30)


@st.composite
def networks(draw: st.DrawFn) -> FleeNetwork:
    """Draw a small Flee network without a fault."""
    names = NAMES[: draw(st.integers(2, len(NAMES)))]
    locations = []
    for index, name in enumerate(names):
        kind = draw(st.sampled_from(list(LocationType)))
        kind = LocationType.CONFLICT_ZONE if index == 0 else LocationType.CAMP if index == 1 else kind
        locations.append(
            Location(
                name,
                draw(st.sampled_from(["", "North"])),
                draw(st.sampled_from(["Arden", "Mali", "Burkina_Faso", "DRC", ""])),
                Decimal(draw(st.integers(-9000, 9000))).scaleb(-2),
                Decimal(draw(st.integers(-18000, 18000))).scaleb(-2),
                kind,
                draw(days) if kind.is_fled else None,
                draw(st.none() | st.integers(1, 10**6)),
            )
        )
    every = [(a, b) for index, a in enumerate(names) for b in names[index + 1 :]]
    chain = [pair for pair in every if pair in set(pairwise(names))]
    others = draw(st.lists(st.sampled_from(every), unique=True, max_size=6))
    kms = st.integers(1, 90_000).map(lambda number: Decimal(number).scaleb(-2))
    routes = [
        Route(a, b, draw(kms), draw(st.sampled_from([0, 0, 0, 1, 2]))) for a, b in dict.fromkeys([*chain, *others])
    ]
    return FleeNetwork(tuple(locations), tuple(routes), tuple(draw(st.lists(closures(locations, routes), max_size=5))))


def closures(locations: list[Location], routes: list[Route]) -> st.SearchStrategy[Closure]:
    """Draw a closure of something that is there."""
    countries = sorted({each.country for each in locations if each.country}) or ["nowhere"]
    ways = [(each.name1, each.name2) for each in routes]
    one = st.tuples(st.sampled_from([each.name for each in locations]), st.just(""))
    two: dict[ClosureType, st.SearchStrategy[tuple[str, str]]] = {
        ClosureType.COUNTRY: st.tuples(st.sampled_from(countries), st.sampled_from(countries)),
        ClosureType.LOCATION: one,
        ClosureType.CAMP: st.tuples(
            st.sampled_from([each.name for each in locations if each.type.is_camp]), st.just("")
        ),
        ClosureType.LINK: st.sampled_from(ways),
        ClosureType.REMOVE_FORCED_REDIRECTION: st.sampled_from(
            [each.forced or way for each, way in zip(routes, ways, strict=True)]
        ),
    }
    spans = st.tuples(days, st.none() | st.integers(1, 30)).map(lambda s: (s[0], None if s[1] is None else s[0] + s[1]))
    return st.sampled_from(sorted(two)).flatmap(
        lambda kind: st.builds(lambda names, span: Closure(kind, *names, *span), two[kind], spans)
    )


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(networks())
def test_a_flee_network_comes_back_with_the_same_effect(flee: FleeNetwork) -> None:
    again = back(flee)
    assert again.locations == tuple(rounded(location) for location in flee.locations)
    assert again.routes == flee.routes
    assert closed_days(again) == closed_days(flee)
    assert back(again) == again


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(networks())
def test_what_is_written_is_what_is_read(tmp_path: Path, flee: FleeNetwork) -> None:
    for name, content in flee_files(flee).items():
        (tmp_path / name).write_bytes(content)
    reading = read_flee(tmp_path)
    if reading.network is not None:
        assert replace(reading.network, closures=()) == replace(flee, closures=())
        ends = [(c.type, c.name1, c.name2, c.start, c.end) for c in flee.closures]
        assert [(c.type, c.name1, c.name2, c.start, c.end) for c in reading.network.closures] == ends


def export_of(folder: Path) -> FleeExport:
    reading = read_folder(folder)
    assert reading.network is not None
    return to_flee(reading.network, reading.tables)


def test_any_folder_becomes_a_flee_network(full: dict[str, str], write: Write) -> None:
    full["legs.csv"] = full["legs.csv"].replace("AD,A,D,,air,,", "AD,A,D,,air,900,")
    export = export_of(write(full))
    assert export.network is not None
    assert [(each.name, each.type.value) for each in export.network.locations] == [
        ("A", "conflict_zone"),
        ("B", "town"),
        ("C", "marker"),
        ("D", "camp"),
    ]
    assert [each.country for each in export.network.locations] == ["China", "Laos", "Thailand", "South_Korea"]
    assert export.network.locations[0].conflict_day == 0
    assert [(each.name1, each.name2, int(each.km)) for each in export.network.routes] == [
        ("A", "B", 120),
        ("B", "C", 200),
        ("C", "D", 3),
        ("A", "D", 900),
    ]
    assert export.network.closures == (Closure(ClosureType.COUNTRY, "China", "Laos", 132, 162),), "April 2027"
    lost = " ".join(export.lost)
    for words in (
        "a town or a marker: B, C",
        "leads both ways: AB, BC, CD, AD",
        "weekdays are not kept: AB",
        "close a leg are not kept: CD",
    ):
        assert words in lost
    assert "closed in one direction only is left open: AB" not in lost


def test_where_nobody_flees_it_is_said(full: dict[str, str], write: Write) -> None:
    full["places.csv"] = full["places.csv"].replace("A,origin", "A,hub")
    full["legs.csv"] = full["legs.csv"].replace("air,,", "air,9,")
    assert any("no place is an origin" in lost for lost in export_of(write(full)).lost)


def test_a_leg_without_a_length_is_named(full: dict[str, str], write: Write) -> None:
    export = export_of(write(full))
    assert export.network is None
    assert [(fault.file, fault.line, fault.column) for fault in export.faults] == [("legs.csv", 5, 13)]
    assert "has no length" in export.faults[0].what


def test_of_several_legs_the_shortest_counts(full: dict[str, str], write: Write) -> None:
    header = full["legs.csv"].split("\n")[0]
    blank = "," * (header.count(",") - 8)
    full["legs.csv"] = f"{header}\n" + "".join(
        f"{name},{ends},,foot,{km},1,1,1{blank}\n"
        for name, ends, km in (("a", "A,D", 70), ("b", "A,D", 50), ("c", "D,A", 60))
    )
    for name in ("regimes.csv", "judgements.csv"):
        del full[name]
    full |= {"outcomes.csv": "leg,date,party_size,outcome\n", "sources.csv": "file,row,column,source\n"}
    full["groups.csv"] = full["groups.csv"].replace("F2,B", "F2,A")
    export = export_of(write(full))
    assert export.network is not None
    assert export.network.routes == (Route("A", "D", Decimal(50)),)
    assert "the shortest counts: b" in " ".join(export.lost)


@pytest.mark.parametrize("said", ["x_flee_first_day = 2026-11-10\n", 'x_flee_first_day = "soon"\n', ""])
def test_days_are_counted_from_the_first_day_of_the_folder(full: dict[str, str], write: Write, said: str) -> None:
    full["network.toml"] = full["network.toml"].replace('x_author = "somebody"\n', said)
    full["legs.csv"] = (
        full["legs.csv"]
        .replace("air,,", "air,9,")
        .replace("2026-11-01..2027-03-31|2027-05-01..", "2026-11-01..2026-11-21|2026-11-30..")
    )
    export = export_of(write(full))
    assert export.network is not None
    first = 12 if "10" in said else 2
    assert export.network.closures == (Closure(ClosureType.COUNTRY, "China", "Laos", first, first + 8),)
