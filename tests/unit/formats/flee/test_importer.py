import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from waystation.engine.model import DateRange, Leg, Network, Place, PlaceKind
from waystation.formats import FolderTables, read_folder, write_folder
from waystation.formats.flee.assumptions import Assumptions
from waystation.formats.flee.importer import ImportSettings, network_tables, place_ids, usual_type
from waystation.formats.flee.network import FleeNetwork, LocationType
from waystation.formats.flee.reader import read_flee
from waystation.formats.writer import normal_form
from waystation.kernel import BadInputError

Write = Callable[[dict[str, str]], Path]
FIRST = date(2030, 1, 1)
SETTINGS = ImportSettings("Arden", FIRST, "invented")


@pytest.fixture
def flee(invented: dict[str, str], write: Write) -> FleeNetwork:
    network = read_flee(write(invented)).network
    assert network is not None
    return network


def made(flee: FleeNetwork, folder: Path, settings: ImportSettings = SETTINGS) -> Network:
    """Import, write, and read what was written: it has no fault."""
    write_folder(folder, network_tables(flee, settings, Assumptions()))
    reading = read_folder(folder)
    assert reading.faults == ()
    assert reading.warnings == ()
    assert reading.network is not None
    return reading.network


def places(network: Network) -> dict[str, Place]:
    return {place.id: place for place in network.places}


def legs(network: Network) -> dict[str, Leg]:
    return {leg.id: leg for leg in network.legs}


def test_places_have_kinds_and_whole_degrees(flee: FleeNetwork, tmp_path: Path) -> None:
    network = made(flee, tmp_path / "out")
    assert (network.name, network.as_of) == ("Arden", FIRST)
    found = places(network)
    assert {name: place.kind.value for name, place in found.items()} == {
        "Alder": "origin",
        "Birch": "hub",
        "Crossways": "hub",
        "Dell": "origin",
        "Elm_Camp": "destination",
        "Fern_Camp": "destination",
    }
    assert [(place.lat, place.lon) for place in network.places][:2] == [(10.0, 21.0), (11.0, 21.0)]
    assert all(place.lat == int(place.lat) and place.lon == int(place.lon) for place in network.places)
    assert [name for name, place in found.items() if not place.may_wait] == ["Crossways"]
    assert not any(place.may_stop for place in network.places)
    assert (found["Elm_Camp"].beds, found["Fern_Camp"].beds, found["Birch"].beds) == (400, None, None)
    assert (found["Alder"].discovery.mean, found["Alder"].discovery.weight) == (0.005, 2.0)
    assert found["Birch"].discovery.mean == 0.0


def test_each_route_is_two_legs_of_its_distance(flee: FleeNetwork, tmp_path: Path) -> None:
    network = made(flee, tmp_path / "out")
    found = legs(network)
    assert list(found) == [name for number in range(1, 7) for name in (f"r{number}", f"r{number}-back")]
    there, back = found["r2"], found["r2-back"]
    assert (there.origin, there.target, back.origin, back.target) == ("Birch", "Crossways", "Crossways", "Birch")
    assert there.km == back.km == 50.5
    assert (there.days.low, there.days.likely, there.days.high) == (0.26, 0.26, 0.52)
    assert (there.intercepted.mean, there.intercepted.weight) == (0.0051, 2.0)
    assert there.turned_back.mean == 0.0102
    assert "assumed" in there.note


def test_closures_are_dates_on_which_a_leg_does_not_run(flee: FleeNetwork, tmp_path: Path) -> None:
    found = legs(made(flee, tmp_path / "out"))
    before = DateRange(None, date(2029, 12, 31))
    always: tuple[DateRange, ...] = ()
    assert found["r1"].runs_on == (DateRange(None, date(2030, 1, 5)), DateRange(date(2030, 1, 9), None))
    assert found["r2"].runs_on == always
    assert found["r3"].runs_on == (before, DateRange(date(2030, 1, 21), None)), "border to day 9, camp to day 19"
    assert found["r3-back"].runs_on == (before, DateRange(date(2030, 2, 10), None)), "taken on until day 39"
    assert found["r4"].runs_on == (DateRange(None, date(2030, 1, 30)),), "closed from day 30 for ever"
    assert found["r5"].runs_on == (before, DateRange(date(2030, 1, 11), date(2030, 1, 30)))
    assert found["r6"].runs_on == always
    assert found["r6-back"].runs_on == (before, DateRange(date(2030, 1, 21), None))
    assert "taken this way" in found["r6"].note


def test_what_the_folder_has_no_column_for_is_kept(flee: FleeNetwork) -> None:
    files = normal_form(network_tables(flee, SETTINGS, Assumptions()))
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(files["places.csv"].decode()))}
    assert rows["Alder"]["x_flee_population"] == "12000"
    assert rows["Dell"]["x_flee_conflict_day"] == "7"
    assert rows["Fern_Camp"]["x_flee_type"] == "idpcamp"
    assert rows["Crossways"]["x_flee_type"] == ""
    assert (rows["Alder"]["country"], rows["Alder"]["x_flee_country"]) == ("", "Arden")


def test_a_known_country_has_its_letters(flee: FleeNetwork) -> None:
    south = replace(flee, locations=tuple(replace(each, country="South_Sudan") for each in flee.locations))
    tables = network_tables(replace(south, closures=()), SETTINGS, Assumptions())
    assert {row["country"] for row in tables.rows("places.csv")} == {"SS"}
    assert "x_flee_country" not in tables["places.csv"].extra


def numbers(tables: FolderTables) -> set[tuple[str, str, str]]:
    """Return every cell that holds a number or a date."""
    words = {"id", "kind", "name", "region", "country", "may_wait", "may_stop", "note", "from", "to", "mode"}
    words |= {"place", "group"}
    return {
        (sheet.table.file, row["id"], column)
        for sheet in tables
        if sheet.table.file != "sources.csv"
        for row in sheet.rows
        for column in sheet.columns
        if not row.is_blank(column) and column not in words
    }


def test_every_number_says_where_it_comes_from(flee: FleeNetwork) -> None:
    tables = network_tables(flee, replace(SETTINGS, sample_place="Alder"), Assumptions())
    named = {(row["file"], row["row"], row["column"]): row for row in tables.rows("sources.csv")}
    assert set(named) - {("network.toml", "as_of", None)} == numbers(tables)
    assert {row["source"] for row in named.values()} == {"FLEE", "assumed"}
    assert all(not row.is_blank("note") for row in named.values())
    assumed = {column for (_, _, column), row in named.items() if row["source"] == "assumed"}
    assert assumed >= {"days_low", "intercepted", "turned_back_weight", "discovery"}
    assert not assumed & {"km", "beds", "lat", "dates"}


def test_a_sample_group_is_invented_and_says_so(flee: FleeNetwork, tmp_path: Path) -> None:
    assert made(flee, tmp_path / "without").groups == ()
    network = made(flee, tmp_path / "with", replace(SETTINGS, sample_place="Dell"))
    (group,) = network.groups
    assert (group.id, group.place, group.size, group.consent_on) == ("sample", "Dell", 2, FIRST)
    assert "invented" in group.note


def test_settings_that_cannot_be_used_are_refused(flee: FleeNetwork) -> None:
    with pytest.raises(BadInputError, match="no location 'Aldr' for the sample group; did you mean Alder"):
        network_tables(flee, replace(SETTINGS, sample_place="Aldr"), Assumptions())
    with pytest.raises(BadInputError, match="'Elm_Camp' is a camp, where a journey has arrived"):
        network_tables(flee, replace(SETTINGS, sample_place="Elm_Camp"), Assumptions())
    alone = replace(flee, locations=(*flee.locations, replace(flee.locations[1], name="Far")))
    with pytest.raises(BadInputError, match="'Far' has no routes that lead to a camp"):
        network_tables(alone, replace(SETTINGS, sample_place="Far"), Assumptions())
    with pytest.raises(BadInputError, match="is no first day"):
        replace(SETTINGS, first_day=date(9999, 1, 1))
    with pytest.raises(BadInputError, match="needs a name"):
        replace(SETTINGS, name=" ")


def test_ids_are_codes_of_their_own() -> None:
    names = ["Gao", "GAO", "São Tomé", "Sao-Tome!", "東京", "x" * 40, "x" * 50, "-", "Gao-2"]
    ids = place_ids(names)
    assert list(ids.values())[:5] == ["Gao", "GAO-2", "Sao_Tome", "Sao-Tome", "place5"]
    assert ids["Gao-2"] == "Gao-2-2"
    assert ids["x" * 50] == "x" * 30 + "-2"
    assert len({each.casefold() for each in ids.values()}) == len(names)


@pytest.mark.parametrize(
    ("kind", "may_wait", "expected"),
    [
        (PlaceKind.ORIGIN, True, LocationType.CONFLICT_ZONE),
        (PlaceKind.DESTINATION, True, LocationType.CAMP),
        (PlaceKind.SAFE_HOUSE, True, LocationType.TOWN),
        (PlaceKind.CROSSING, False, LocationType.MARKER),
    ],
)
def test_usual_types(kind: PlaceKind, *, may_wait: bool, expected: LocationType) -> None:
    assert usual_type(kind, may_wait=may_wait) is expected
