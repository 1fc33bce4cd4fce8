"""What can be had for what: least budgets, deadlines, the frontier, and what journeys spend."""

from collections.abc import Sequence

from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import CostPoint, DeadlinePoint, FrontierPoint, Quantile
from waystation.engine.journeys.plan import Choice, Plan

_ROUNDING = 1e-9
_HOPELESS = 5e-4
"""An arrival below this is not worth a deadline."""
_PARTS = (0.25, 0.5, 0.75, 0.9, 0.97, 1.0)
_LEAST_PART = 0.5
"""Plans that arrive less than half as often as the best are left out where only some are shown."""
_SAME_COST = 0.5
"""Half a minor unit: nearer than this two mean costs are the same."""

_FRONTIER_COLUMNS = ("plan", "arrive", "harm", "cost_expected", "days_all")


def quantile_sentence(quantiles: Sequence[Quantile], voice: Voice) -> str:
    """Return the least budgets for given arrivals, in one sentence; empty where none were asked for."""
    found = [_quantile(quantile, voice) for quantile in quantiles if quantile.budget is not None]
    missed = [voice.percent(quantile.arrive) for quantile in quantiles if quantile.budget is None]
    told = []
    if found:
        told.append(voice.say("quantile.found", budgets=voice.say("list.semicolon").join(found)))
    if missed:
        told.append(voice.say("quantile.missed", arrive=voice.listed(missed, "list.or")))
    return " ".join(told)


def salient_deadlines(curve: Sequence[DeadlinePoint]) -> list[DeadlinePoint]:
    """Return the points of a rising curve that tell its shape: the last hopeless one, then parts of the highest arrival."""
    if not curve:
        return []
    kept = [point for point in curve if point.arrive < _HOPELESS][-1:]
    rising = [point for point in curve if point.arrive >= _HOPELESS]
    for part in _PARTS:
        wanted = part * curve[-1].arrive - _ROUNDING
        kept += [point for point in rising if point.arrive >= wanted][:1]
    return list({point.days: point for point in kept}.values())


def deadline_sentence(plan: Plan, voice: Voice) -> str:
    """Return the likeliest arrival under a few deadlines, in one sentence; empty without a curve."""
    if not plan.deadline_curve:
        return ""
    told = [
        voice.say("deadline.point", days=voice.days(point.days), arrive=voice.percent(point.arrive))
        for point in salient_deadlines(plan.deadline_curve)
    ]
    key = "deadline" if plan.caps.budget is None else "deadline.no_cap"
    return voice.say(key, points=voice.say("list.semicolon").join(told))


def cost_sentence(choice: Choice, voice: Voice) -> str:
    """Return what journeys have spent when they end: half of them, nine in ten, and all; empty where it is not known.

    Sums are rounded up to whole ones, so that the journeys do keep to them.
    """
    if not choice.costs:
        return ""
    sums = {"half": spent_by(choice.costs, 0.5), "most": spent_by(choice.costs, 0.9), "all": choice.costs[-1]}
    shown = {name: voice.mean_money(point.cost.minor, point.cost.currency) for name, point in sums.items()}
    return voice.say("costs", **shown)


def spent_by(costs: Sequence[CostPoint], share: float) -> CostPoint:
    """Return the least cost that at least this share of journeys keeps to."""
    return next((point for point in costs if point.chance >= share - _ROUNDING), costs[-1])


def frontier_note(plan: Plan, voice: Voice) -> str:
    """Return what must be read with the frontier where a budget is in force; empty where there is none."""
    return voice.say("frontier.no_cap") if plan.frontier and plan.caps.budget is not None else ""


def frontier_table(plan: Plan, voice: Voice, rows: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the frontier as headings and rows of text, the likeliest arrival first: its four measures.

    About as many ``rows`` as asked for are kept, spread evenly, and all that bear the name of a choice; the names stand in a
    column of their own where there are any.
    """
    points = sorted(plan.frontier, key=lambda point: (-point.arrive, point.cost_expected))
    named = {index: names for index, point in enumerate(points) if (names := names_at(point, plan, voice))}
    likely = [index for index, point in enumerate(points) if point.arrive >= _LEAST_PART * points[0].arrive]
    kept = sorted({*(likely[place] for place in _spread(len(likely), rows)), *named})
    head = tuple(voice.say(f"column.{name}") for name in _FRONTIER_COLUMNS)
    told = [
        (
            voice.say("list.comma").join(named.get(index, [])) or voice.say("none"),
            voice.percent(points[index].arrive),
            voice.percent(points[index].harm),
            voice.mean_money(points[index].cost_expected, plan.currency),
            voice.days(points[index].days_expected),
        )
        for index in kept
    ]
    return (head, [*told]) if named else (head[1:], [row[1:] for row in told])


def names_at(point: FrontierPoint, plan: Plan, voice: Voice) -> list[str]:
    """Return the names of the choices that lie at a point of the frontier."""
    return [voice.say(f"choice.{choice.name}") for choice in plan.choices if lies_at(choice, point)]


def lies_at(choice: Choice, point: FrontierPoint) -> bool:
    """Tell whether a choice lies at a point of the frontier: the same arrival, harm and expected cost."""
    found = choice.evaluation
    return (
        abs(found.arrive - point.arrive) < _ROUNDING
        and abs(found.harm - point.harm) < _ROUNDING
        and abs(found.cost_expected - point.cost_expected) < _SAME_COST
    )


def _quantile(quantile: Quantile, voice: Voice) -> str:
    budget = voice.money(quantile.budget) if quantile.budget is not None else voice.say("none")
    return voice.say("quantile.point", arrive=voice.percent(quantile.arrive), budget=budget)


def _spread(count: int, rows: int) -> list[int]:
    """Return at most ``rows`` places among ``count``, evenly apart, the first and the last included."""
    if count <= rows:
        return list(range(count))
    return [round(step * (count - 1) / (rows - 1)) for step in range(rows)]
