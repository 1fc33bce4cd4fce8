"""The borders of the world's countries, from the vendored TopoJSON."""

import gzip
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, TypedDict

Point = tuple[float, float]
Ring = tuple[Point, ...]


class _Transform(TypedDict):
    scale: tuple[float, float]
    translate: tuple[float, float]


class _Polygon(TypedDict):
    type: Literal["Polygon"]
    arcs: list[list[int]]


class _MultiPolygon(TypedDict):
    type: Literal["MultiPolygon"]
    arcs: list[list[list[int]]]


class _Collection(TypedDict):
    geometries: list[_Polygon | _MultiPolygon]


class _Topology(TypedDict):
    transform: _Transform
    arcs: list[list[tuple[int, int]]]
    objects: dict[str, _Collection]


@cache
def rings() -> tuple[Ring, ...]:
    """Return the outlines of all land as closed rings of (longitude, latitude) in degrees, holes included.

    Read and decoded once, some 0.2 s.
    """
    packed = files("waystation.briefs").joinpath("assets/world-atlas/countries-50m.json.gz").read_bytes()
    topology: _Topology = json.loads(gzip.decompress(packed))
    arcs = _decoded_arcs(topology)
    outlines = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        outlines += [_joined(ring, arcs) for ring in _rings_of(geometry)]
    return tuple(outlines)


def _decoded_arcs(topology: _Topology) -> list[list[Point]]:
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        decoded.append(points)
    return decoded


def _rings_of(geometry: _Polygon | _MultiPolygon) -> Iterator[list[int]]:
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    else:
        for polygon in geometry["arcs"]:
            yield from polygon


def _joined(indices: Iterable[int], arcs: list[list[Point]]) -> Ring:
    """Join arcs into one ring; ``~i`` stands for arc i backwards, and neighbours share their end point."""
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


def clipped(ring: Ring, west: float, south: float, east: float, north: float) -> Ring:
    """Return the part of a ring inside a box (Sutherland and Hodgman, 1974); empty when they do not meet."""
    longitudes = [point[0] for point in ring]
    latitudes = [point[1] for point in ring]
    if max(longitudes) < west or min(longitudes) > east or max(latitudes) < south or min(latitudes) > north:
        return ()
    points = list(ring)
    for axis, limit, sign in ((0, west, 1.0), (0, east, -1.0), (1, south, 1.0), (1, north, -1.0)):
        points = _cut(points, axis, limit, sign)
        if not points:
            return ()
    return tuple(points)


def _cut(points: list[Point], axis: int, limit: float, sign: float) -> list[Point]:
    """Keep what lies on the side of a line where ``sign * coordinate >= sign * limit``."""
    kept: list[Point] = []
    for before, here in zip([points[-1], *points[:-1]], points, strict=True):
        was_in, is_in = sign * before[axis] >= sign * limit, sign * here[axis] >= sign * limit
        if was_in != is_in:
            share = (limit - before[axis]) / (here[axis] - before[axis])
            kept.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
        if is_in:
            kept.append(here)
    return kept
