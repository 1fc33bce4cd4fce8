"""Where labels go on a map: beside their dots, off each other, off the lines and on the sheet."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from waystation.briefs.drawing import width_of

Spot = tuple[float, float]

_GAP = 8.0
_EDGE, _ROUNDS = 4.0, 3
_ON_TEXT, _OFF_SHEET, _ON_DOT, _BY_DOT, _ON_LINE, _FAR = 40.0, 60.0, 25.0, 4.0, 0.5, 0.15


@dataclass(frozen=True, slots=True)
class Box:
    """Where a label stands: its left edge, its upper edge, its size."""

    left: float
    top: float
    width: float
    height: float

    @property
    def baseline(self) -> float:
        """Height at which the letters stand."""
        return self.top + 0.8 * self.height

    def holds(self, spot: Spot, slack: float = 0.0) -> bool:
        """Tell whether a spot lies in the box, or within ``slack`` of it."""
        in_width = self.left - slack <= spot[0] <= self.left + self.width + slack
        return in_width and self.top - slack <= spot[1] <= self.top + self.height + slack

    def nearest(self, spot: Spot) -> Spot:
        """Return the point of the box that is nearest to a spot."""
        return (
            min(max(spot[0], self.left), self.left + self.width),
            min(max(spot[1], self.top), self.top + self.height),
        )

    def meets(self, other: "Box") -> bool:
        """Tell whether two boxes overlap."""
        beside = self.left + self.width <= other.left or other.left + other.width <= self.left
        above = self.top + self.height <= other.top or other.top + other.height <= self.top
        return not (beside or above)


def place_labels(
    texts: Mapping[Spot, str], size: float, sheet: tuple[float, float], marks: Sequence[Spot]
) -> dict[Spot, Box]:
    """Return a box for each label, as free as it can be: chosen one after the other, then again now that all stand.

    ``marks`` are spots along the lines that labels should keep off.
    """
    choices = {spot: list(_around(spot, width_of(text, size), size * 1.15)) for spot, text in texts.items()}
    placed: dict[Spot, Box] = {}
    for _ in range(_ROUNDS):
        for spot, boxes in choices.items():
            others = [box for other, box in placed.items() if other != spot]
            placed[spot] = min(boxes, key=lambda box: _trouble(box, spot, others, texts, sheet, marks))
    return placed


def _around(spot: Spot, width: float, height: float) -> Iterable[Box]:
    """Yield the boxes around a dot, the best liked first: right, left, above, below, then the corners and further out."""
    x, y = spot
    for gap in (_GAP, 2 * _GAP, 3.5 * _GAP, 6 * _GAP):
        right, left, middle = x + gap, x - gap - width, x - width / 2
        above, below, level = y - gap - height, y + gap, y - height / 2
        for edge, top in (
            (right, level), (left, level), (middle, above), (middle, below),
            (right, above), (right, below), (left, above), (left, below),
        ):  # fmt: skip
            yield Box(edge, top, width, height)


def _trouble(
    box: Box, own: Spot, others: Iterable[Box], dots: Iterable[Spot], sheet: tuple[float, float], marks: Sequence[Spot]
) -> float:
    trouble = _FAR * math.dist(own, box.nearest(own))
    trouble += _ON_TEXT * sum(box.meets(other) for other in others)
    trouble += _ON_DOT * sum(box.holds(dot, 5.0) for dot in dots if dot != own)
    trouble += _BY_DOT * sum(box.holds(dot, 13.0) for dot in dots if dot != own)
    trouble += _ON_LINE * sum(box.holds(mark, 2.0) for mark in marks)
    inside = Box(_EDGE, _EDGE, sheet[0] - 2 * _EDGE, sheet[1] - 2 * _EDGE)
    corners = ((box.left, box.top), (box.left + box.width, box.top + box.height))
    return trouble + _OFF_SHEET * sum(not inside.holds(corner) for corner in corners)
