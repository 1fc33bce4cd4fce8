"""What leaves in other programs' formats can be read back: the same places and legs, on random small networks."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.engine.model import Leg, Network, Place
from waystation.formats import FolderTables, Reading, read_folder
from waystation.formats.flee import FleeReading, flee_files, read_flee, to_flee
from waystation.formats.geojson import to_geojson
from waystation.formats.graphml import to_graphml
from waystation.formats.tables import TABLES

EXAMPLES = Path(__file__).parents[2] / "examples"
NS = "{http://graphml.graphdrawing.org/xmlns}"
PROPERTY = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)

Rows = dict[str, list[dict[str, Any]]]
"""The plain values of places and legs, by file."""


def from_geojson(text: str) -> Rows:
    """Read a feature collection back."""
    rows: Rows = {"places.csv": [], "legs.csv": []}
    for feature in json.loads(text)["features"]:
        properties = dict(feature["properties"])
        rows[f"{properties.pop('row')}s.csv"].append(properties)
    return rows


def from_graphml(text: str) -> Rows:
    """Read a graph back, each value by the type of its key."""
    root = ET.fromstring(text)
    read: dict[str, Callable[[str], Any]] = {"string": str, "int": int, "double": float}
    read["boolean"] = {"true": True, "false": False}.__getitem__
    keys = {
        key.get("id"): (str(key.get("attr.name")), read[str(key.get("attr.type"))]) for key in root.iter(f"{NS}key")
    }

    def values(element: ET.Element) -> Iterator[tuple[str, Any]]:
        for data in element.findall(f"{NS}data"):
            name, as_typed = keys[data.get("key")]
            yield name, as_typed(data.text or "")

    return {
        "places.csv": [{"id": node.get("id"), **dict(values(node))} for node in root.iter(f"{NS}node")],
        "legs.csv": [
            {"id": edge.get("id"), "from": edge.get("source"), "to": edge.get("target"), **dict(values(edge))}
            for edge in root.iter(f"{NS}edge")
        ],
    }


def again(reading: Reading, rows: Rows, folder: Path) -> Network:
    """Write values that were read back as a folder, with everything that is not exported as it was, and read that."""
    tables = reading.tables
    folder.mkdir(exist_ok=True)
    for name in ("network.toml", "conditions.csv", "partners.csv", "rates.csv", "groups.csv", "travellers.csv"):
        (folder / name).write_bytes(original(tables, name))
    for name, listed in rows.items():
        (folder / name).write_text(as_csv(name, listed), "utf-8", newline="\n")
    copy = read_folder(folder)
    assert copy.faults == ()
    assert copy.network is not None
    return copy.network


def original(tables: FolderTables, name: str) -> bytes:
    from waystation.formats.writer import normal_form

    return normal_form(tables).get(name, f"{','.join(TABLES[name].names)}\n".encode())


def as_csv(name: str, rows: list[dict[str, Any]]) -> str:
    columns = [column for column in TABLES[name].names if column != "note"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue()


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)


def without_notes(network: Network) -> tuple[list[Place], list[Leg]]:
    return [replace(place, note="") for place in network.places], [replace(leg, note="") for leg in network.legs]


def assert_kept(folder: Path, copy: Path) -> None:
    """Export, read back, and compare places and legs."""
    reading = read_folder(folder)
    assert reading.faults == ()
    assert reading.network is not None
    for rows in (from_geojson("".join(to_geojson(reading.tables))), from_graphml("".join(to_graphml(reading.tables)))):
        assert without_notes(again(reading, rows, copy)) == without_notes(reading.network)


@pytest.mark.parametrize("name", ["family-of-five", "queue", "mali"])
def test_the_examples_come_back(name: str, tmp_path: Path) -> None:
    assert_kept(EXAMPLES / name, tmp_path / "copy")


blank = st.just("")
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff\u200b\u2060\ufffd"), max_size=12
).map(str.strip)
chances = st.integers(0, 4000).map(lambda number: f"{Decimal(number).scaleb(-4):f}")
weights = blank | st.integers(1, 10**8).map(lambda number: f"{Decimal(number).scaleb(-2):f}")
kms = st.integers(0, 10**7).map(lambda number: f"{Decimal(number).scaleb(-2):f}")
money = st.integers(0, 10**14).map(lambda number: f"{Decimal(number).scaleb(-2):f}")
flags = st.sampled_from(["", "yes", "no"])
factors = st.sampled_from(["", "river.high=3", "river.low=0.25|patrols.many=1.5"])


def degrees(most: int) -> st.SearchStrategy[str]:
    return st.integers(-most * 10**4, most * 10**4).map(lambda number: f"{Decimal(number).scaleb(-4):f}")


@st.composite
def folders(draw: st.DrawFn) -> dict[str, str]:
    """Draw the texts of a small network folder without a fault, its cells filled or blank."""
    count = draw(st.integers(2, 5))
    kinds = [
        "origin",
        *draw(
            st.lists(
                st.sampled_from(["safe_house", "hub", "crossing", "reception"]), min_size=count - 2, max_size=count - 2
            )
        ),
        "destination",
    ]
    places = [
        {
            "id": f"P{index}",
            "kind": kind,
            "name": draw(words),
            "region": draw(words),
            "country": draw(st.sampled_from(["", "ML", "KR"])),
            "lat": draw(degrees(90)),
            "lon": draw(degrees(180)),
            "beds": draw(st.sampled_from(["", "1", "75882"])),
            "stay_cost": draw(blank | money),
            "discovery": draw(blank | chances),
            "discovery_weight": draw(weights),
            "discovery_when": draw(factors),
            "may_wait": draw(flags),
            "may_stop": draw(flags),
            "note": draw(words),
        }
        for index, kind in enumerate(kinds)
    ]
    chain = [(index, index + 1) for index in range(count - 1)]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] != pair[1])
    legs = [draw(leg(number, pair)) for number, pair in enumerate([*chain, *draw(st.lists(ends, max_size=4))])]
    return {
        "network.toml": 'name = "N"\ncurrency = "USD"\nas_of = 2026-11-20\n',
        "places.csv": table(places),
        "legs.csv": table(legs),
        "partners.csv": "id,kind\nG1,guide\n",
        "conditions.csv": "id,levels,persistence\nriver,low|high|flood,0.9\npatrols,few|many,0.8\n",
    }


@st.composite
def leg(draw: st.DrawFn, number: int, pair: tuple[int, int]) -> dict[str, str]:
    low, likely, high = sorted(draw(st.lists(st.integers(1, 900), min_size=3, max_size=3)))
    company = draw(st.sampled_from([("", ""), ("0.7", "1.3")]))
    demand = draw(st.sampled_from([("", "", ""), ("0.1", "200.50", ""), ("0.25", "", "3")]))
    party = draw(st.sampled_from([("", "", ""), ("3", "1.2", "6"), ("2", "", "")]))
    return {
        "id": f"L{number}",
        "from": f"P{pair[0]}",
        "to": f"P{pair[1]}",
        "partner": draw(st.sampled_from(["", "G1"])),
        "mode": draw(st.sampled_from(["foot", "car", "boat", "mixed"])),
        "km": draw(kms | kms | kms | blank),
        "days_low": f"{Decimal(low).scaleb(-1)}",
        "days_likely": f"{Decimal(likely).scaleb(-1)}",
        "days_high": f"{Decimal(high).scaleb(-1)}",
        "cost_group": draw(blank | money),
        "cost_person": draw(blank | money),
        "intercepted": draw(blank | chances),
        "intercepted_weight": draw(weights),
        "turned_back": draw(st.sampled_from(["", "0.05"])),
        "turned_back_weight": draw(weights),
        "intercepted_when": draw(st.sampled_from(["", "patrols.many=1.25"])),
        "closed_when": draw(st.sampled_from(["", "river.flood", "river.high|river.flood"])),
        "demand": demand[0],
        "demand_group": demand[1],
        "demand_person": demand[2],
        "refusal": draw(st.sampled_from(["", "back", "longer:3"])),
        "customary_party": party[0],
        "extra_person_factor": party[1],
        "largest_party": party[2],
        "walk_hours": draw(st.sampled_from(["", "5.25"])),
        "night": draw(flags),
        "not_for": draw(st.sampled_from(["", "wheelchair|oxygen"])),
        "dates": draw(st.sampled_from(["", "2026-11-01..2027-03-31|2027-05-01..", "..2026-12-31"])),
        "weekdays": draw(st.sampled_from(["", "mon|thu"])),
        "company_risk_factor": company[0],
        "company_price_factor": company[1],
        "note": draw(words),
    }


def table(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([list(rows[0]), *([*row.values()] for row in rows)])
    return text.getvalue()


@PROPERTY
@given(folders())
def test_random_networks_come_back(tmp_path: Path, texts: dict[str, str]) -> None:
    folder = tmp_path / "network"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    assert_kept(folder, tmp_path / "copy")


@PROPERTY
@given(folders())
def test_random_networks_become_flee_folders_without_a_fault(tmp_path: Path, texts: dict[str, str]) -> None:
    folder, out = tmp_path / "network", tmp_path / "flee"
    for path in (folder, out):
        path.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    reading = read_folder(folder)
    assert reading.network is not None
    made = to_flee(reading.network, reading.tables)
    without_length = [leg.id for leg in reading.network.legs if not leg.km]
    assert len(made.faults) == len(without_length)
    if made.network is None:
        return
    for name, content in flee_files(made.network).items():
        (out / name).write_bytes(content)
    assert read_flee(out) == FleeReading(made.network, None, ())
