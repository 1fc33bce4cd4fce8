"""Arrival against the hard budget as a small drawing, with the interval of each budget's plan as a band."""

from collections.abc import Sequence

import numpy as np

from waystation.briefs.blocks import Picture
from waystation.briefs.charts.axes import Axes, Point, band, line, picture, stairs, text
from waystation.briefs.drawing import plain
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import BudgetPoint, Plan
from waystation.kernel import Money

_ON_PAPER_MM = 42
_WIDTH, _HEIGHT = 460.0, 200.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 20.0, 22.0, 30.0


def budget_chart(plan: Plan, voice: Voice) -> Picture:
    """Return the curve; every budget between two points has the arrival of the lower one. At least two points."""
    points = _telling(plan.budget_curve)
    first, last = points[0], points[-1]
    alternative = voice.say(
        "curve.alt",
        lowest=voice.percent(first.arrive),
        first=voice.money(first.budget),
        highest=voice.percent(last.arrive),
        last=voice.money(last.budget),
    )
    across = (float(first.budget.minor), float(last.budget.minor))
    axes = Axes(_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM, across, (0.0, 1.0))
    body = _body(points, plan.caps.budget, axes, voice)
    return picture(axes, voice.say("section.curve"), alternative, body, _ON_PAPER_MM)


def _telling(curve: Sequence[BudgetPoint]) -> Sequence[BudgetPoint]:
    """Return the curve from the last budget with which nothing arrives; as it is where that leaves fewer than two points."""
    hopeless = sum(point.arrive <= 0.0 for point in curve)
    kept = curve[max(0, hopeless - 1) :]
    return kept if len(kept) > 1 else curve


def _body(points: Sequence[BudgetPoint], cap: Money | None, axes: Axes, voice: Voice) -> list[str]:
    halves = {0.0, 0.5, 1.0}
    parts = axes.rules(
        (chance, voice.percent(chance) if chance in halves else "") for chance in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    low, high = _around(points)
    if low:
        parts.append(
            band(*(stairs([(axes.x(budget), axes.y(chance)) for budget, chance in side]) for side in (low, high)))
        )
    rise = stairs([(axes.x(point.budget.minor), axes.y(point.arrive)) for point in points])
    parts.append(f'<path class="ws-rise" d="{line(rise)}"/>')
    least, most = axes.across
    if cap is not None and least <= cap.minor <= most:
        x = axes.x(cap.minor)
        parts.append(f'<path class="ws-cap" d="M{plain(x)} {plain(_TOP)}V{plain(_HEIGHT - _BOTTOM)}"/>')
        parts.append(text((min(x, _WIDTH - _RIGHT - 4), _TOP - 7), voice.say("curve.cap"), "middle"))
    parts += axes.foot([(end.budget.minor, voice.money(end.budget)) for end in (points[0], points[-1])])
    return parts


def _around(points: Sequence[BudgetPoint]) -> tuple[list[Point], list[Point]]:
    """Return the bounds of the band: where no interval is known, as far from the curve as the intervals beside it."""
    rising = [point for point in points if point.arrive > 0.0]
    known = [(point.budget.minor, point.arrive, point.interval) for point in rising if point.interval is not None]
    if not known:
        return [], []
    budgets = [float(point.budget.minor) for point in rising]
    at = [budget for budget, _, _ in known]
    below = np.interp(budgets, at, [arrive - interval.low for _, arrive, interval in known]).tolist()
    above = np.interp(budgets, at, [interval.high - arrive for _, arrive, interval in known]).tolist()
    low = [(budget, max(0.0, point.arrive - far)) for budget, point, far in zip(budgets, rising, below, strict=True)]
    high = [(budget, min(1.0, point.arrive + far)) for budget, point, far in zip(budgets, rising, above, strict=True)]
    return low, high
