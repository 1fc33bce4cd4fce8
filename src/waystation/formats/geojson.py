"""A network for maps: GeoJSON (RFC 7946), places as points and legs as lines."""

import json
from collections.abc import Iterator
from typing import Any

from waystation.formats.attributes import EXPORTED, Plain, rows_of
from waystation.formats.rows import FolderTables

_HALF_TURN = 180.0

Position = tuple[float, float]
"""Degrees east, degrees north: GeoJSON's order."""


def to_geojson(tables: FolderTables) -> Iterator[str]:
    """Yield the text of a feature collection with the places and legs of a folder without faults, a feature a line.

    A feature's ``id`` is ``place:ID`` or ``leg:ID``; its property ``row`` is ``place`` or ``leg``, and its other properties are
    the columns of places.csv or legs.csv, all there, null where nothing is said. A line across the 180th meridian is cut in
    two, as the standard asks (section 3.1.9).
    """
    head = {"name": tables.settings["name"], "as_of": tables.settings["as_of"].isoformat()}
    yield '{"type": "FeatureCollection", ' + _text(head)[1:-1] + ', "features": [\n'
    between = ""
    for feature in _features(tables):
        yield between + _text(feature)
        between = ",\n"
    yield "\n]}\n"


def _features(tables: FolderTables) -> Iterator[dict[str, Any]]:
    positions: dict[Plain, Position] = {}
    for place in rows_of(tables, "places.csv"):
        positions[place["id"]] = _position(place)
        yield _feature("places.csv", place, {"type": "Point", "coordinates": positions[place["id"]]})
    for leg in rows_of(tables, "legs.csv"):
        yield _feature("legs.csv", leg, _line(positions[leg["from"]], positions[leg["to"]]))


def _feature(file: str, row: dict[str, Plain], geometry: dict[str, Any]) -> dict[str, Any]:
    what = EXPORTED[file]
    properties = {"row": what, **row}
    return {"type": "Feature", "id": f"{what}:{row['id']}", "geometry": geometry, "properties": properties}


def _position(place: dict[str, Plain]) -> Position:
    lat, lon = place["lat"], place["lon"]
    assert isinstance(lat, float)
    assert isinstance(lon, float)
    return lon, lat


def _line(start: Position, end: Position) -> dict[str, Any]:
    if abs(end[0] - start[0]) <= _HALF_TURN:
        return {"type": "LineString", "coordinates": [start, end]}
    edge = _HALF_TURN if start[0] > end[0] else -_HALF_TURN
    there = end[0] + 2 * edge
    if there == start[0]:  # both ends lie on the 180th meridian, written east and west
        return {"type": "LineString", "coordinates": [start, (start[0], end[1])]}
    part = (edge - start[0]) / (there - start[0])
    lat = start[1] + part * (end[1] - start[1])
    return {"type": "MultiLineString", "coordinates": [[start, (edge, lat)], [(-edge, lat), end]]}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
