"""Arrival against expected cost as a small drawing: a mark for each plan of the frontier, larger for more harm."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from waystation.briefs.blocks import Picture
from waystation.briefs.charts.axes import LETTER, Axes, picture, text, ticks
from waystation.briefs.drawing import plain, width_of
from waystation.briefs.labels import Spot, place_labels
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Choice, Plan
from waystation.kernel import decimals_of

_ON_PAPER_MM = 47
_WIDTH, _HEIGHT = 460.0, 270.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 20.0, 16.0, 52.0
_MOST, _LEAST = 7.0, 2.0
_ROOM = 0.1
_MOST_TICKS, _BETWEEN = 5, 12.0
_LEAST_SPAN = 0.05
"""Plans that arrive more seldom than the named ones by more than these span, and than this, are left to the table."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A plan on the sheet: its numbers, and the choices that are this plan."""

    arrive: float
    harm: float
    cost: float
    names: tuple[str, ...] = ()
    is_chosen: bool = False


def frontier_chart(plan: Plan, voice: Voice) -> Picture | None:
    """Return the drawing of the frontier and the named choices; None where no frontier is known."""
    if not plan.frontier or not plan.choices:
        return None
    marks = _marks(plan, voice)
    axes = _axes(marks)
    told = [_told(choice, plan, voice) for choice in plan.choices]
    description = voice.say("chart.frontier.alt", choices=voice.say("list.semicolon").join(told))
    body = [*_frame(axes, plan, voice), *_drawn(marks, axes), *_legend(marks, axes, voice)]
    return picture(axes, voice.say("chart.frontier.title"), description, body, _ON_PAPER_MM)


def _marks(plan: Plan, voice: Voice) -> list[_Mark]:
    """Return the plans to draw, those without a name first; choices that are the same plan share a mark."""
    arrivals = [choice.evaluation.arrive for choice in plan.choices]
    least = min(arrivals) - max(_LEAST_SPAN, max(arrivals) - min(arrivals))
    named: dict[tuple[float, float, float], list[Choice]] = {}
    for choice in plan.choices:
        found = choice.evaluation
        key = (round(found.arrive, 9), round(found.harm, 9), round(found.cost_expected, 1))
        named.setdefault(key, []).append(choice)
    others = [
        _Mark(point.arrive, point.harm, point.cost_expected)
        for point in plan.frontier
        if (round(point.arrive, 9), round(point.harm, 9), round(point.cost_expected, 1)) not in named
        and point.arrive >= least
    ]
    return others + [
        _Mark(
            *key,
            names=tuple(voice.say(f"choice.{choice.name}") for choice in choices),
            is_chosen=any(choice.name == plan.chosen for choice in choices),
        )
        for key, choices in named.items()
    ]


def _axes(marks: Sequence[_Mark]) -> Axes:
    arrivals, costs = [mark.arrive for mark in marks], [mark.cost for mark in marks]
    high = max(max(arrivals) - min(arrivals), 0.02) * _ROOM
    wide = max(max(costs) - min(costs), 0.02 * max(costs), 1.0) * _ROOM
    up = (max(0.0, min(arrivals) - high), min(1.0, max(arrivals) + high))
    across = (max(0.0, min(costs) - wide), max(costs) + wide)
    return Axes(_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM, across, up)


def _frame(axes: Axes, plan: Plan, voice: Voice) -> list[str]:
    unit = 10 ** decimals_of(plan.currency)
    rules = axes.rules((chance, voice.percent(chance)) for chance in ticks(*axes.up, 5))
    least, most = axes.across
    foot = axes.foot([(major * unit, f"{major:,.0f}") for major in _sums(least / unit, most / unit)])
    title = text((axes.left, axes.height - 8), voice.say("chart.frontier.cost", currency=plan.currency), "start")
    return [*rules, *foot, title]


def _sums(least: float, most: float) -> list[float]:
    """Return as many round sums as have room below the sheet, side by side."""
    each = width_of(f"{most:,.0f}", LETTER) + _BETWEEN
    room = (_WIDTH - _LEFT - _RIGHT) / each
    found = (ticks(least, most, wanted) for wanted in range(_MOST_TICKS, 0, -1))
    return next((sums for sums in found if len(sums) <= room), [])


def _drawn(marks: Sequence[_Mark], axes: Axes) -> list[str]:
    spots = [(axes.x(mark.cost), axes.y(mark.arrive)) for mark in marks]
    worst = max(mark.harm for mark in marks)
    parts = [_circle(spot, _radius(mark.harm, worst), _kind(mark)) for mark, spot in zip(marks, spots, strict=True)]
    called = [(mark, spot) for mark, spot in zip(marks, spots, strict=True) if mark.names]
    # Names keep off the words of the left axis: they are placed on the part of the sheet that begins at the axis.
    texts = {(x - axes.left, y): ", ".join(mark.names) for mark, (x, y) in called}
    bold = {(x - axes.left, y) for mark, (x, y) in called if mark.is_chosen}
    nameless = [(x - axes.left, y) for mark, (x, y) in zip(marks, spots, strict=True) if not mark.names]
    sheet = (axes.width - axes.left, axes.height - axes.bottom)
    for spot, box in place_labels(texts, LETTER * 1.08, sheet, nameless).items():
        near = box.nearest(spot)
        if math.dist(near, spot) > 3 * _MOST:
            leader = f"M{plain(spot[0] + axes.left)} {plain(spot[1])}L{plain(near[0] + axes.left)} {plain(near[1])}"
            parts.append(f'<path class="ws-leader" d="{leader}"/>')
        parts.append(text((box.left + axes.left, box.baseline), texts[spot], "start", bold=spot in bold))
    return parts


def _legend(marks: Sequence[_Mark], axes: Axes, voice: Voice) -> list[str]:
    """Return two marks with the harm they stand for, from the right edge to the left."""
    worst = max(mark.harm for mark in marks)
    if not worst > 0.0:
        return []
    steps = [step for step in ticks(0.0, worst, 4) if step > 0.0]
    parts, edge = [], axes.width - axes.right
    for harm in sorted({steps[0], steps[-1]}, reverse=True):
        words = voice.say("chart.frontier.harm", harm=voice.percent(harm))
        parts.append(text((edge, axes.height - 8), words, "end"))
        edge -= width_of(words, LETTER) + 2
        parts.append(_circle((edge - _MOST, axes.height - 8 - LETTER / 3), _radius(harm, worst), "ws-spot"))
        edge -= 2 * _MOST + 8
    return parts


def _told(choice: Choice, plan: Plan, voice: Voice) -> str:
    found = choice.evaluation
    return voice.say(
        "chart.frontier.choice",
        choice=voice.say(f"choice.{choice.name}"),
        arrive=voice.percent(found.arrive),
        cost=voice.mean_money(found.cost_expected, plan.currency),
        harm=voice.percent(found.harm),
    )


def _kind(mark: _Mark) -> str:
    return "ws-pick" if mark.is_chosen else "ws-named" if mark.names else "ws-spot"


def _radius(harm: float, worst: float) -> float:
    """Return a mark's radius: its area grows with harm, and the least is still seen."""
    return max(_LEAST, _MOST * math.sqrt(harm / worst)) if worst > 0.0 else _LEAST


def _circle(spot: Spot, radius: float, kind: str) -> str:
    return f'<circle class="{kind}" cx="{plain(spot[0])}" cy="{plain(spot[1])}" r="{plain(radius)}"/>'
