"""Arrival against the hard budget as a small drawing."""

from waystation.briefs.blocks import Picture
from waystation.briefs.drawing import FONTS, plain, safe, svg
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan

_ON_PAPER_MM = 42
_WIDTH, _HEIGHT = 480.0, 200.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 20.0, 18.0, 30.0
_STYLE = (
    ".ws-rule{stroke:currentColor;stroke-opacity:.25;stroke-width:.8}"
    ".ws-cap{stroke:currentColor;stroke-width:1.2;stroke-dasharray:3 3}"
    ".ws-rise{fill:none;stroke:currentColor;stroke-width:2.4;stroke-linejoin:round}"
    f".ws-axis{{font:12px {FONTS};fill:currentColor}}"
)


def picture(plan: Plan, voice: Voice) -> Picture:
    """Return the curve; every budget between two points has the arrival of the lower one. At least two points."""
    first, last = plan.budget_curve[0], plan.budget_curve[-1]
    alternative = voice.say(
        "curve.alt",
        lowest=voice.percent(first.arrive),
        first=voice.money(first.budget),
        highest=voice.percent(last.arrive),
        last=voice.money(last.budget),
    )
    drawn = svg((_WIDTH, _HEIGHT), _STYLE, alternative, _body(plan, voice))
    # A program that sets paper knows no current colour.
    return Picture(drawn, drawn.replace("currentColor", "#111"), alternative, _ON_PAPER_MM)


def _body(plan: Plan, voice: Voice) -> list[str]:
    budgets = [point.budget.minor for point in plan.budget_curve]
    least, most = min(budgets), max(budgets)

    def across(minor: int) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (minor - least) / max(1, most - least)

    parts = []
    for chance in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = plain(_up(chance))
        parts.append(f'<path class="ws-rule" d="M{plain(_LEFT)} {y}H{plain(_WIDTH - _RIGHT)}"/>')
        if chance in {0.0, 0.5, 1.0}:
            label = safe(voice.percent(chance))
            parts.append(
                f'<text class="ws-axis" text-anchor="end" x="{plain(_LEFT - 6)}" y="{plain(_up(chance) + 4)}">{label}</text>'
            )
    steps = [f"M{plain(across(budgets[0]))} {plain(_up(plan.budget_curve[0].arrive))}"]
    steps += [f"H{plain(across(point.budget.minor))}V{plain(_up(point.arrive))}" for point in plan.budget_curve[1:]]
    parts.append(f'<path class="ws-rise" d="{"".join(steps)}"/>')
    cap = plan.caps.budget
    if cap is not None and least <= cap.minor <= most:
        x = plain(across(cap.minor))
        parts.append(f'<path class="ws-cap" d="M{x} {plain(_TOP)}V{plain(_HEIGHT - _BOTTOM)}"/>')
        parts.append(
            f'<text class="ws-axis" text-anchor="middle" x="{x}" y="{plain(_TOP - 6)}">{safe(voice.say("curve.cap"))}</text>'
        )
    for point, anchor in ((plan.budget_curve[0], "start"), (plan.budget_curve[-1], "end")):
        x = plain(across(point.budget.minor))
        label = safe(voice.money(point.budget))
        parts.append(f'<text class="ws-axis" text-anchor="{anchor}" x="{x}" y="{plain(_HEIGHT - 8)}">{label}</text>')
    return parts


def _up(chance: float) -> float:
    """Return the height on the sheet of a chance."""
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1.0 - chance)
