"""Arrival by day as a small drawing: the chosen plan with its interval as a band, the other choices as thin lines."""

from collections.abc import Sequence
from itertools import cycle

from waystation.briefs.blocks import Picture
from waystation.briefs.charts.axes import LETTER, Axes, Point, apart, band, line, picture, text, ticks
from waystation.briefs.drawing import plain, width_of
from waystation.briefs.figures import number
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Choice, Plan

_ON_PAPER_MM = 43
_WIDTH, _HEIGHT = 460.0, 240.0
_LEFT, _TOP, _BOTTOM = 56.0, 12.0, 50.0
_GAP, _SAMPLE, _BESIDE = 12.0, 22.0, 40.0
_NEGLIGIBLE, _BEFORE = 5e-4, 0.12
"""The sheet begins this part of its span before the first day on which anybody is likely to have arrived."""
_DASHES = ("7 3", "2 3", "9 3 2 3", "4 4", "1 4")


def arrival_chart(plan: Plan, voice: Voice) -> Picture | None:
    """Return the curves of all choices whose arrival by slot is known; None where there is none."""
    known = [choice for choice in plan.choices if len(choice.evaluation.arrive_by_slot) > 1]
    if not known:
        return None
    names = [voice.say(f"choice.{choice.name}") for choice in known]
    beside = _BESIDE + max(width_of(name, LETTER * 1.08) for name in names) + 4
    axes = Axes(_WIDTH, _HEIGHT, _LEFT, beside, _TOP, _BOTTOM, _days(known, voice), (0.0, 1.0))
    told = [_told(choice, name, voice) for choice, name in zip(known, names, strict=True)]
    description = voice.say("chart.arrival.alt", choices=voice.say("list.semicolon").join(told))
    body = [*_frame(axes, voice), *_curves(known, plan, axes, voice), *_names(known, names, plan, axes)]
    return picture(axes, voice.say("chart.arrival.title"), description, body, _ON_PAPER_MM)


def _days(known: Sequence[Choice], voice: Voice) -> Point:
    """Return the first and last day of the sheet."""
    slot_days = voice.network.slot_hours / 24
    curves = [choice.evaluation.arrive_by_slot for choice in known]
    last = (max(map(len, curves)) - 1) * slot_days
    arriving = [slot for curve in curves for slot, chance in enumerate(curve) if chance > _NEGLIGIBLE]
    first = min(arriving, default=0) * slot_days
    return (max(0.0, first - _BEFORE * (last - first)), last)


def _told(choice: Choice, name: str, voice: Voice) -> str:
    by_slot = choice.evaluation.arrive_by_slot
    half = next(slot for slot, chance in enumerate(by_slot) if chance >= by_slot[-1] / 2)
    day = voice.day(half * voice.network.slot_hours / 24)
    return voice.say("chart.arrival.choice", choice=name, arrive=voice.percent(by_slot[-1]), day=day)


def _frame(axes: Axes, voice: Voice) -> list[str]:
    halves = {0.0, 0.5, 1.0}
    rules = axes.rules(
        (chance, voice.percent(chance) if chance in halves else "") for chance in (0, 0.25, 0.5, 0.75, 1)
    )
    foot = axes.foot([(day, number(day)) for day in ticks(*axes.across, 6)])
    middle = (axes.left + axes.width - axes.right) / 2
    return [*rules, *foot, text((middle, axes.height - 8), voice.say("chart.arrival.days"), "middle")]


def _styles(known: Sequence[Choice], plan: Plan) -> list[str]:
    """Return how each curve is drawn: the chosen one thick, the others each in dashes of their own."""
    dashes = cycle(_DASHES)
    return [
        'class="ws-chosen"' if choice.name == plan.chosen else f'class="ws-other" stroke-dasharray="{next(dashes)}"'
        for choice in known
    ]


def _curves(known: Sequence[Choice], plan: Plan, axes: Axes, voice: Voice) -> list[str]:
    """Return the band, then the other choices, then the chosen one, which lies above them."""
    bands, thin, thick = list[str](), list[str](), list[str]()
    for choice, style in zip(known, _styles(known, plan), strict=True):
        path = f'<path {style} d="{line(_points(choice.evaluation.arrive_by_slot, axes, voice))}"/>'
        if choice.name != plan.chosen:
            thin.append(path)
            continue
        thick.append(path)
        if choice.doubt is not None and len(choice.doubt.arrive_by_slot_low) > 1:
            low, high = choice.doubt.arrive_by_slot_low, choice.doubt.arrive_by_slot_high
            bands.append(band(_points(low, axes, voice), _points(high, axes, voice)))
    return [*bands, *thin, *thick]


def _points(by_slot: Sequence[float], axes: Axes, voice: Voice) -> list[Point]:
    """Return a curve on the sheet, from the first slot that lies on it."""
    slot_days = voice.network.slot_hours / 24
    return [
        (axes.x(slot * slot_days), axes.y(chance))
        for slot, chance in enumerate(by_slot)
        if slot * slot_days >= axes.across[0]
    ]


def _names(known: Sequence[Choice], names: Sequence[str], plan: Plan, axes: Axes) -> list[str]:
    """Return the names at the ends of the curves, each after a sample of its line, where they do not cover each other."""
    ends = [axes.y(choice.evaluation.arrive_by_slot[-1]) for choice in known]
    heights = apart(ends, LETTER + 2, _TOP + LETTER / 2, axes.height - axes.bottom)
    edge, parts = axes.width - axes.right, []
    rows = zip(known, names, ends, heights, _styles(known, plan), strict=True)
    for choice, name, end, height, style in rows:
        leader = f"M{plain(edge + 2)} {plain(end)}L{plain(edge + _GAP)} {plain(height)}"
        parts.append(f'<path class="ws-leader" d="{leader}"/>')
        parts.append(f'<path {style} d="M{plain(edge + _GAP)} {plain(height)}h{plain(_SAMPLE)}"/>')
        parts.append(text((edge + _BESIDE, height + LETTER / 3), name, "start", bold=choice.name == plan.chosen))
    return parts
