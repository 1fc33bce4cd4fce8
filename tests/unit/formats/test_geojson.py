import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from waystation.formats import read_folder
from waystation.formats.example import EXAMPLE
from waystation.formats.geojson import to_geojson

Write = Callable[[dict[str, str]], Path]


def collection(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(to_geojson(read_folder(folder).tables)))
    return found


def test_it_is_a_feature_collection_of_places_and_legs(write: Write) -> None:
    found = collection(write(EXAMPLE))
    assert (found["type"], found["name"], found["as_of"]) == ("FeatureCollection", "Three places", "2026-11-20")
    assert [feature["id"] for feature in found["features"]] == ["place:A", "place:B", "place:C", "leg:ab", "leg:bc"]
    assert {feature["type"] for feature in found["features"]} == {"Feature"}
    assert "crs" not in found


def test_positions_are_east_then_north(write: Write) -> None:
    point, *_, line = (feature["geometry"] for feature in collection(write(EXAMPLE))["features"])
    assert point == {"type": "Point", "coordinates": [125.0, 40.0]}
    assert line == {"type": "LineString", "coordinates": [[105.0, 20.0], [101.0, 14.0]]}


def test_properties_are_the_columns(write: Write) -> None:
    *_, leg = (feature["properties"] for feature in collection(write(EXAMPLE))["features"])
    assert (leg["row"], leg["id"], leg["from"], leg["to"], leg["mode"]) == ("leg", "bc", "B", "C", "boat")
    assert (leg["intercepted"], leg["intercepted_when"], leg["closed_when"]) == (0.01, "river.high=3", "river.flood")
    assert (leg["cost_person"], leg["currency"], leg["partner"]) == (200.0, "USD", None)


@pytest.mark.parametrize(
    ("west", "east", "cut"),
    [
        (170, -170, [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]),
        (-175, 175, [[[-175.0, 0.0], [-180.0, 5.0]], [[180.0, 5.0], [175.0, 10.0]]]),
        (180, -175, [[[180.0, 0.0], [180.0, 0.0]], [[-180.0, 0.0], [-175.0, 10.0]]]),
    ],
)
def test_a_line_is_cut_at_the_180th_meridian(write: Write, west: int, east: int, cut: list[Any]) -> None:
    texts = dict(EXAMPLE)
    texts["places.csv"] = texts["places.csv"].replace("40,125", f"0,{west}").replace("20,105", f"10,{east}")
    line = collection(write(texts))["features"][3]["geometry"]
    assert line == {"type": "MultiLineString", "coordinates": cut}


def test_a_line_along_the_180th_meridian_stays_there(write: Write) -> None:
    texts = dict(EXAMPLE)
    texts["places.csv"] = texts["places.csv"].replace("40,125", "0,180").replace("20,105", "10,-180")
    line = collection(write(texts))["features"][3]["geometry"]
    assert line == {"type": "LineString", "coordinates": [[180.0, 0.0], [180.0, 10.0]]}


def test_half_a_turn_is_not_cut(write: Write) -> None:
    texts = dict(EXAMPLE)
    texts["places.csv"] = texts["places.csv"].replace("40,125", "0,-90").replace("20,105", "10,90")
    assert collection(write(texts))["features"][3]["geometry"]["type"] == "LineString"


def test_text_of_any_kind_stays_json(write: Write) -> None:
    texts = dict(EXAMPLE)
    name = '"<a> & \\ ""b"" 한국\u2028"'
    texts["places.csv"] = texts["places.csv"].replace("A house on the way", name)
    assert collection(write(texts))["features"][1]["properties"]["name"] == '<a> & \\ "b" 한국'
