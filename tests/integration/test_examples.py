"""The example folders hold what they promise: every number has its source, nothing is operational, the numbers hang together."""

import csv
import math
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from waystation.formats import read_folder
from waystation.formats.writer import normal_form

EXAMPLES = Path(__file__).parents[2] / "examples"
FAMILY = EXAMPLES / "family-of-five"
QUEUE = EXAMPLES / "queue"
BOTH = pytest.mark.parametrize("folder", [FAMILY, QUEUE], ids=lambda folder: folder.name)

WORDS_ONLY = {
    *("id", "kind", "name", "region", "country", "currency", "note", "may_wait", "may_stop", "condition", "source"),
    *("from", "to", "partner", "mode", "night", "not_for", "place", "urgency", "group", "mobility", "needs"),
    *("accompanied_by", "best_interests", "fund", "restriction", "base", "quote"),
}
"""Columns that hold names, codes and words; every other cell is a number, a date, a chain or a factor and needs a source."""

MAIN_LINE = ("ne-n-car", "n-s-through", "s-vn-road", "vn-la-jungle", "la-car", "boat", "th-in", "flight")
"""The published journey, leg by leg."""

TWO_CAPITALISED_WORDS = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
PUBLIC_NAMES = {
    *(
        "North Korea",
        "South Korea",
        "North China",
        "South China",
        "Central China",
        "Northeast China",
        "Southwest China",
    ),
    *(
        "Northern Vietnam",
        "Northern Laos",
        "Western Laos",
        "Northern Thailand",
        "Central Thailand",
        "Southeast Asia",
        "United Nations",
    ),
}


class Cell(NamedTuple):
    file: str
    row: str
    column: str
    text: str


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(folder: Path) -> Iterator[Cell]:
    """Yield every cell that is filled, with the row's name as `sources.csv` writes it."""
    for path in sorted(folder.glob("*.csv")):
        for number, row in enumerate(rows(path), start=1):
            for column, text in row.items():
                if text:
                    yield Cell(path.name, row.get("id") or str(number), column, text)


def settings(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "network.toml").read_text(encoding="utf-8"))


def needing_a_source(folder: Path) -> set[tuple[str, str, str]]:
    in_tables = {
        (cell.file, cell.row, cell.column)
        for cell in cells(folder)
        if cell.file != "sources.csv" and cell.column not in WORDS_ONLY
    }
    return in_tables | {("network.toml", key, "") for key in ("slot_hours", "horizon_days", "as_of")}


@BOTH
def test_folder_reads_without_faults(folder: Path) -> None:
    reading = read_folder(folder)
    assert reading.faults == ()
    assert reading.network is not None


@BOTH
def test_folder_is_in_normal_form(folder: Path) -> None:
    for name, content in normal_form(read_folder(folder).tables).items():
        assert (folder / name).read_bytes() == content, name


def test_only_what_was_planted_is_warned_of() -> None:
    assert read_folder(FAMILY).warnings == ()
    lines = [(fault.file, fault.line) for fault in read_folder(QUEUE).warnings]
    assert lines == [("groups.csv", 11), ("travellers.csv", 14)]


@BOTH
def test_places_lie_on_whole_degrees(folder: Path) -> None:
    for place in rows(folder / "places.csv"):
        assert re.fullmatch(r"-?[0-9]{1,3}", place["lat"]), place["id"]
        assert re.fullmatch(r"-?[0-9]{1,3}", place["lon"]), place["id"]


@BOTH
def test_no_cell_names_a_person_or_a_way_to_reach_one(folder: Path) -> None:
    for cell in cells(folder):
        assert set(TWO_CAPITALISED_WORDS.findall(cell.text)) <= PUBLIC_NAMES or cell.column in {"name", "region"}, cell
        assert not re.search(r"@|https?:|[0-9]{7,}", cell.text), cell
    for file in ("partners.csv", "groups.csv", "travellers.csv"):
        assert "name" not in rows(folder / file)[0]


def test_every_number_of_the_family_has_a_source() -> None:
    named = {(row["file"], row["row"], row["column"]) for row in rows(FAMILY / "sources.csv")}
    needed = needing_a_source(FAMILY)
    assert len(needed) > 400
    assert sorted(needed - named) == []
    assert sorted(named - needed) == []


def test_every_source_is_published_or_assumed_with_a_reason() -> None:
    published = settings(FAMILY)["sources"]
    assert isinstance(published, dict)
    for row in rows(FAMILY / "sources.csv"):
        assert row["source"] in published or row["source"] == "assumed", row
        assert len(row["note"]) >= 15, row
        assert set(re.findall(r"\b[A-Z]{3,6}-[A-Za-z0-9]+", row["note"])) <= set(published), row
    for name, publication in published.items():
        assert len(publication) > 20, name


def test_published_numbers_stand_in_the_cells_they_are_given_for() -> None:
    legs = {leg["id"]: leg for leg in rows(FAMILY / "legs.csv")}
    assert {leg["company_price_factor"] for leg in legs.values()} == {"", "1.3"}
    assert legs["flight"]["km"] == "3723"
    assert legs["vn-la-jungle"]["walk_hours"] == "9.5"
    assert legs["s-vn-road"]["demand_group"] == "15000"
    assert legs["th-in"]["days_low"] == "21"
    assert legs["nm-mn"]["closed_when"] == "mongolia.closed"
    assert {partner["retainer_month"] for partner in rows(FAMILY / "partners.csv")} == {"", "500"}
    assert len(rows(FAMILY / "travellers.csv")) == 5


def test_the_main_line_is_lost_in_about_two_missions_of_a_hundred() -> None:
    legs = {leg["id"]: leg for leg in rows(FAMILY / "legs.csv")}
    passed = math.prod(1.0 - float(legs[leg]["intercepted"]) for leg in MAIN_LINE)
    assert 0.015 < 1.0 - passed < 0.025
    for leg in legs.values():
        if float(leg["intercepted"]) > 0.0:
            assert float(leg["intercepted_weight"]) <= 5, f"{leg['id']} claims more evidence than there is"


def test_the_main_line_costs_about_twenty_thousand_dollars_a_person() -> None:
    network = read_folder(FAMILY).network
    assert network is not None
    rate = {each.quote: float(each.rate) for each in network.rates} | {"USD": 1.0}
    legs = {leg.id: leg for leg in network.legs}
    total = sum(float(legs[leg].cost_person.major) / rate[legs[leg].cost_person.currency] for leg in MAIN_LINE)
    assert 17_000 < total < 23_000


def test_the_family_folder_stays_small() -> None:
    network = read_folder(FAMILY).network
    assert network is not None
    assert 10 <= len(network.places) <= 14
    assert 15 <= len(network.legs) <= 25
    assert math.prod(len(condition.levels) for condition in network.conditions) <= 18


def test_the_queue_asks_for_more_than_its_money() -> None:
    network = read_folder(QUEUE).network
    assert network is not None
    assert len(network.groups) == 12
    assert {group.size for group in network.groups} == {1, 2, 3, 4, 5, 6, 8}
    assert {group.urgency.value for group in network.groups} == {"emergency", "urgent", "normal"}
    assert [group.id for group in network.groups if group.consent_on is None] == ["q10"]
    assert sum(fund.amount.major for fund in network.funds if fund.period == "2026-Q4") == 9500
