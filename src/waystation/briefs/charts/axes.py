"""What the drawings of numbers share: a sheet with two axes, their ticks, and a band between two curves."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waystation.briefs.blocks import Picture
from waystation.briefs.drawing import FONTS, plain, safe, svg, width_of

Point = tuple[float, float]

LETTER = 14.0
_ACCENT = "var(--accent,#b3202c)"
_ON_SCREEN_TO_PAPER = (("currentColor", "#111"), (_ACCENT, "#b3202c"))
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)

STYLE = (
    ".ws-rule{stroke:currentColor;stroke-opacity:.22;stroke-width:.8}"
    ".ws-cap{stroke:currentColor;stroke-width:1.2;stroke-dasharray:3 3}"
    ".ws-band{fill:currentColor;fill-opacity:.16;stroke:none}"
    ".ws-rise{fill:none;stroke:currentColor;stroke-width:2.4;stroke-linejoin:round}"
    f".ws-chosen{{fill:none;stroke:{_ACCENT};stroke-width:2.8;stroke-linejoin:round}}"
    ".ws-other{fill:none;stroke:currentColor;stroke-width:1.4;stroke-linejoin:round}"
    f".ws-axis{{font:{plain(LETTER)}px {FONTS};fill:currentColor}}"
    ".ws-bold{font-weight:700}"
    ".ws-leader{fill:none;stroke:currentColor;stroke-width:.7;stroke-opacity:.6}"
    ".ws-spot{fill:none;stroke:currentColor;stroke-width:1.2}"
    ".ws-named{fill:currentColor;stroke:none}"
    f".ws-pick{{fill:{_ACCENT};stroke:none}}"
)


@dataclass(frozen=True, slots=True)
class Axes:
    """A sheet and the part of it that holds the numbers: ``across`` and ``up`` are (least, most) in the numbers' own unit."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    across: Point
    up: Point

    def x(self, value: float) -> float:
        """Return where a value lies across the sheet."""
        least, most = self.across
        return self.left + (self.width - self.left - self.right) * (value - least) / (most - least or 1.0)

    def y(self, value: float) -> float:
        """Return how far down the sheet a value lies."""
        least, most = self.up
        return self.top + (self.height - self.top - self.bottom) * (most - value) / (most - least or 1.0)

    def rules(self, ticks: Iterable[tuple[float, str]]) -> list[str]:
        """Return horizontal rules, each with its words on the left; no words for an empty text."""
        parts = []
        for value, words in ticks:
            y = self.y(value)
            parts.append(f'<path class="ws-rule" d="M{plain(self.left)} {plain(y)}H{plain(self.width - self.right)}"/>')
            if words:
                parts.append(text((self.left - 6, y + LETTER / 3), words, "end"))
        return parts

    def foot(self, ticks: Sequence[tuple[float, str]]) -> list[str]:
        """Return words below the sheet's numbers with a small mark for each; words near an edge are kept on the sheet."""
        low = self.height - self.bottom
        parts = []
        for value, words in ticks:
            x, half = self.x(value), width_of(words, LETTER) / 2
            middle = min(max(x, half + 2), self.width - half - 2)
            parts.append(f'<path class="ws-rule" d="M{plain(x)} {plain(low)}v4"/>')
            parts.append(text((middle, low + LETTER + 4), words, "middle"))
        return parts


def text(at: Point, words: str, anchor: str, *, bold: bool = False) -> str:
    """Return words on the sheet; ``at`` is where they stand, by their start, middle or end."""
    kind = "ws-axis ws-bold" if bold else "ws-axis"
    return f'<text class="{kind}" text-anchor="{anchor}" x="{plain(at[0])}" y="{plain(at[1])}">{safe(words)}</text>'


def line(points: Iterable[Point]) -> str:
    """Return the path through points of the sheet; points on a straight level run are left out."""
    kept: list[Point] = []
    for point in points:
        if len(kept) > 1 and kept[-1][1] == kept[-2][1] == point[1]:
            kept[-1] = point
        else:
            kept.append(point)
    return "M" + "L".join(f"{plain(x)} {plain(y)}" for x, y in kept)


def stairs(points: Sequence[Point]) -> list[Point]:
    """Return the corners of a curve that keeps its value until the next point."""
    corners = [points[0]]
    for x, y in points[1:]:
        corners += [(x, corners[-1][1]), (x, y)]
    return corners


def band(low: Sequence[Point], high: Sequence[Point]) -> str:
    """Return the area between two curves."""
    return f'<path class="ws-band" d="{line(high)}L{line(list(reversed(low)))[1:]}Z"/>'


def ticks(least: float, most: float, wanted: int) -> list[float]:
    """Return round numbers between two bounds, about as many as wanted and at most one more."""
    span = most - least
    if not span > 0.0:
        return [least]
    rough = span / wanted
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * nice for nice in _NICE if unit * nice >= rough * (1 - 1e-9))
    first = math.ceil(least / step - 1e-9)
    return [step * count for count in range(first, math.floor(most / step + 1e-9) + 1)]


def apart(wanted: Sequence[float], gap: float, least: float, most: float) -> list[float]:
    """Return heights as near to those wanted as their order allows, at least ``gap`` apart and between two bounds."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    found = list(wanted)
    floor = least
    for index in order:
        found[index] = floor = max(found[index], floor)
        floor += gap
    ceiling = most
    for index in reversed(order):
        found[index] = ceiling = min(found[index], ceiling)
        ceiling -= gap
    return found


def picture(axes: Axes, title: str, description: str, body: list[str], on_paper_mm: int) -> Picture:
    """Return a drawing for screen and paper, with its title and what it shows in words."""
    drawn = svg((axes.width, axes.height), STYLE, title, body, description)
    paper = drawn
    for screen_colour, paper_colour in _ON_SCREEN_TO_PAPER:
        # A program that sets paper knows no current colour and no variable.
        paper = paper.replace(screen_colour, paper_colour)
    return Picture(drawn, paper, description, on_paper_mm)
