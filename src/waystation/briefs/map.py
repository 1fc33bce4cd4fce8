"""The way as a red line on a grey and black map: SVG from country borders, the same bytes for the same plan."""

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from waystation.briefs import atlas, labels
from waystation.briefs.drawing import FONTS, plain, safe, svg
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Place, PlaceKind

_WIDTH = 420.0
_LETTER = 14.0
_LEAST_SPAN, _MARGIN = 6.0, 0.14
_FLATTEST, _TALLEST = 0.62, 1.05
_HALF_TURN, _TURN = 180.0, 360.0
_BOW, _SAMPLE = 0.14, 5.0
_NEAR = 12.0
_FINEST = 0.7
"""Points of a border nearer than this many units to the last one are left out."""

_SCREEN = (
    ".ws-sea{fill:#0b0c0e}.ws-land{fill:#3b3e43;stroke:#15171a;stroke-width:1;stroke-linejoin:round}"
    ".ws-line{fill:none;stroke:#f0483e;stroke-width:3.2;stroke-linejoin:round;stroke-linecap:round}"
    ".ws-branch{fill:none;stroke:#d9d4c7;stroke-width:1.2;stroke-dasharray:5 4}"
    ".ws-lead{stroke:#fff;stroke-width:.8;fill:none}"
    ".ws-dot{fill:#fff;stroke:#0b0c0e;stroke-width:1.2}"
    f".ws-label{{font:600 {plain(_LETTER)}px {FONTS};fill:#fff;stroke:#0b0c0e;stroke-width:3;paint-order:stroke;"
    "stroke-linejoin:round}"
)
_PAPER = (
    ".ws-sea{fill:#fff}.ws-land{fill:#ececea;stroke:#8a8a86;stroke-width:.7}.ws-line{stroke:#c8102e}"
    ".ws-branch{stroke:#333}.ws-lead{stroke:#000}.ws-dot{fill:#000;stroke:#fff}.ws-label{fill:#000;stroke:#fff}"
)


@dataclass(frozen=True)
class _Frame:
    """The part of the world that is drawn, in degrees, and how it comes onto the sheet."""

    west: float
    south: float
    east: float
    north: float

    @cached_property
    def scale(self) -> float:
        return _WIDTH / ((self.east - self.west) * self.narrowing)

    @cached_property
    def narrowing(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, at the middle of the frame."""
        return max(0.2, math.cos(math.radians((self.south + self.north) / 2)))

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.scale

    def at(self, point: atlas.Point) -> atlas.Point:
        return ((point[0] - self.west) * self.narrowing * self.scale, (self.north - point[1]) * self.scale)


def draw_map(plan: Plan, voice: Voice, *, paper: bool = False) -> str:
    """Return the map of a plan as SVG; for paper in light colours only, else dark with light colours when printed.

    Places that the plan may pass are dots with the number of their stage; without a plan the group's place and the
    destinations are shown, and no line. Empty when none of these places is in the network.
    """
    shown = _shown(plan, voice)
    if not shown:
        return ""
    spots = _spots(shown, voice.places)
    frame = _frame(list(spots.values()))
    on_sheet = {place: frame.at(spot) for place, spot in spots.items()}
    main = [stage.place for stage in plan.stages if stage.on_main_line and stage.place in spots]
    pairs = list(pairwise(main))
    branches = [pair for pair in _branches(plan, voice) if pair not in pairs and set(pair) <= spots.keys()]
    body = [
        f'<rect class="ws-sea" width="{plain(_WIDTH)}" height="{plain(frame.height)}"/>',
        f'<path class="ws-land" d="{_land(frame)}"/>',
        *(f'<path class="ws-branch" d="{_bowed([on_sheet[a], on_sheet[b]])}"/>' for a, b in branches),
    ]
    if pairs:
        body.append(f'<path class="ws-line" d="{_bowed([on_sheet[place] for place in main])}"/>')
    marks = [mark for a, b in (*pairs, *branches) for mark in _along(on_sheet[a], on_sheet[b])]
    body += _named(on_sheet, plan, voice, frame.height, marks)
    style = _SCREEN + (_PAPER if paper else f"@media print{{{_PAPER}}}")
    names = " – ".join(voice.place(place) for place in main or shown)
    return svg((_WIDTH, frame.height), style, voice.say("map.alt", places=names), body)


def _shown(plan: Plan, voice: Voice) -> list[str]:
    if plan.stages:
        wanted = [stage.place for stage in plan.stages]
    else:
        ends = [place.id for place in voice.network.places if place.kind is PlaceKind.DESTINATION]
        wanted = list(dict.fromkeys([voice.group.place, *ends]))
    return [place for place in wanted if place in voice.places]


def _spots(shown: list[str], places: dict[str, Place]) -> dict[str, atlas.Point]:
    """Return where places are; when they lie on both sides of the date line, the west counts on beyond 180 degrees."""
    spots = {place: (places[place].lon, places[place].lat) for place in shown}
    longitudes = [spot[0] for spot in spots.values()]
    if max(longitudes) - min(longitudes) <= _HALF_TURN:
        return spots
    return {place: (lon + _TURN if lon < 0 else lon, lat) for place, (lon, lat) in spots.items()}


def _frame(spots: list[atlas.Point]) -> _Frame:
    """Return a frame around the places with margins, neither too flat nor too tall for a page or a telephone."""
    west, east = min(spot[0] for spot in spots), max(spot[0] for spot in spots)
    south, north = min(spot[1] for spot in spots), max(spot[1] for spot in spots)
    narrowing = max(0.2, math.cos(math.radians((south + north) / 2)))
    wide = max(_LEAST_SPAN, east - west) * (1 + 2 * _MARGIN)
    high = max(_LEAST_SPAN * narrowing, north - south) * (1 + 2 * _MARGIN)
    high = max(high, wide * narrowing * _FLATTEST)
    wide = max(wide, high / narrowing / _TALLEST)
    middle, centre = (west + east) / 2, (south + north) / 2
    low = max(-90.0, centre - high / 2)
    return _Frame(middle - wide / 2, low, middle + wide / 2, min(90.0, low + high))


def _branches(plan: Plan, voice: Voice) -> list[tuple[str, str]]:
    """Return the two ends of every leg of the plan, each pair once."""
    legs = [voice.legs.get(decision.leg or "") for stage in plan.stages for decision in stage.decisions]
    return list(dict.fromkeys((leg.origin, leg.target) for leg in legs if leg is not None))


def _land(frame: _Frame) -> str:
    """Return the outlines of all land in the frame as one path; a little more than the frame, so that no cut shows."""
    slack = (frame.east - frame.west) * 0.02
    box = (frame.west - slack, frame.south - slack, frame.east + slack, frame.north + slack)
    parts = []
    for turn in (-_TURN, 0.0, _TURN):
        if turn and box[0] >= -_HALF_TURN and box[2] <= _HALF_TURN:
            continue
        for ring in atlas.rings():
            inside = atlas.clipped(ring, box[0] - turn, box[1], box[2] - turn, box[3])
            thinned = _thinned([frame.at((lon + turn, lat)) for lon, lat in inside])
            if len(thinned) > 2:
                parts.append(_path(thinned) + "Z")
    return "".join(parts)


def _thinned(points: list[atlas.Point]) -> list[atlas.Point]:
    kept: list[atlas.Point] = []
    for point in points:
        if not kept or math.dist(point, kept[-1]) >= _FINEST:
            kept.append(point)
    return kept


def _path(points: list[atlas.Point]) -> str:
    return "M" + "L".join(f"{plain(x)} {plain(y)}" for x, y in points)


def _bend(start: atlas.Point, end: atlas.Point) -> atlas.Point:
    """Return the control point of a slight bow to the right of the way, so that the way back lies beside the way out."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    return ((start[0] + end[0]) / 2 - _BOW * dy, (start[1] + end[1]) / 2 + _BOW * dx)


def _bowed(points: list[atlas.Point]) -> str:
    parts = ["M{} {}".format(*map(plain, points[0]))]
    for start, end in pairwise(points):
        parts.append("Q{} {} {} {}".format(*map(plain, (*_bend(start, end), *end))))
    return "".join(parts)


def _along(start: atlas.Point, end: atlas.Point) -> list[atlas.Point]:
    """Return spots along a bowed line, for labels to keep off."""
    bend = _bend(start, end)
    steps = max(1, round(math.dist(start, end) / _SAMPLE))
    shares = [step / steps for step in range(steps + 1)]
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * bend[0] + t * t * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * bend[1] + t * t * end[1],
        )
        for t in shares
    ]


def _named(
    on_sheet: dict[str, atlas.Point], plan: Plan, voice: Voice, height: float, marks: list[atlas.Point]
) -> list[str]:
    """Return dots and labels; places on one spot share a dot and a label."""
    numbers = {stage.place: number for number, stage in enumerate(plan.stages, 1)}
    names: dict[atlas.Point, list[str]] = {}
    for place, spot in on_sheet.items():
        name = voice.place(place)
        names.setdefault(spot, []).append(f"{numbers[place]} {name}" if place in numbers else name)
    texts = {spot: " / ".join(each) for spot, each in names.items()}
    placed = labels.place_labels(texts, _LETTER, (_WIDTH, height), marks)
    parts = []
    for spot, box in placed.items():
        end = box.nearest(spot)
        if math.dist(spot, end) > _NEAR:
            parts.append(f'<path class="ws-lead" d="{_path([spot, end])}"/>')
    parts += [f'<circle class="ws-dot" cx="{plain(x)}" cy="{plain(y)}" r="4"/>' for x, y in texts]
    parts += [
        f'<text class="ws-label" x="{plain(box.left)}" y="{plain(box.baseline)}">{safe(texts[spot])}</text>'
        for spot, box in placed.items()
    ]
    return parts
