"""A plan made by hand that says everything that can be said for and against it."""

import math
from dataclasses import replace

from waystation.engine.journeys.argument import (
    Alternative,
    Asking,
    Assumption,
    AssumptionKind,
    Caution,
    CostPoint,
    DeadlinePoint,
    Doubt,
    FrontierPoint,
    Interval,
    Margin,
    MarginKind,
    Quantile,
    Reasons,
    Tipping,
    Waiting,
    Weight,
)
from waystation.engine.journeys.plan import Choice, Plan
from waystation.engine.model import Belief
from waystation.kernel import Money

JUNGLE = Assumption(AssumptionKind.INTERCEPTED, "L3", Belief(0.06, 10.0))
BOAT = Assumption(AssumptionKind.TURNED_BACK, "L6", Belief(0.04, 25.0))
HOUSE = Assumption(AssumptionKind.DISCOVERY, "la-n", Belief(0.001, 40.0))
DEMAND = Assumption(AssumptionKind.EXTRA_DEMAND, "L4", Belief(0.1, 2.5))


def usd(major: int) -> Money:
    return Money.of(major, "USD")


def doubt_about(choice: Choice) -> Doubt:
    """Intervals of 6 points below and 2 above the arrival; three beliefs carry nearly all of it."""
    found = choice.evaluation
    return Doubt(
        draws=2000,
        coverage=0.8,
        arrive=Interval(found.arrive - 0.06, found.arrive - 0.01, found.arrive + 0.02),
        harm=Interval(0.01, 0.03, 0.07),
        neither=Interval(0.02, 0.036, 0.05),
        cost_expected=Interval(1080000.0, 1100000.0, 1149950.0),
        days_expected=Interval(22.5, 23.8, 25.1),
        arrive_quantiles=tuple(0.8 + 0.009 * step for step in range(21)),
        arrive_by_slot_low=tuple(0.93 * chance for chance in found.arrive_by_slot),
        arrive_by_slot_high=tuple(min(1.0, 1.02 * chance) for chance in found.arrive_by_slot),
        carried_by=(Weight(JUNGLE, 0.41), Weight(BOAT, 0.22), Weight(HOUSE, 0.005), Weight(DEMAND, 0.002)),
    )


def reasons() -> Reasons:
    return Reasons(
        alternatives=(
            Alternative("L7", "th-n", (), 0.0, 0.0, 0.0, math.nan),
            Alternative("L1", "cn-ne", ("L10", "L2", "L3", "L4", "L6", "L7"), 0.91, 0.05, 1300000.0, 26.2),
            Alternative("L3", "cn-s", ("L1", "L2", "L5", "L6", "L7"), 0.932, 0.04, 1100000.0, 25.0),
        ),
        tipping=(
            Tipping(HOUSE, 0.2, True, (), 0.5),
            Tipping(BOAT, 0.004, False, ("L1", "L2", "L3", "L4", "L6", "L7"), 0.96),
            Tipping(JUNGLE, 0.113, True, ("L1", "L2", "L5", "L6", "L7"), 0.93),
        ),
        asking=(Asking("patrols", 0.9432, 0.9432), Asking("river", 0.9432, 0.9312)),
        waiting=Waiting(1.0, 0.9432, 0.93),
        margins=(
            Margin(MarginKind.MONEY, usd(1000), 0.9502, 0.007),
            Margin(MarginKind.DAYS, 1.0, 0.9432, 0.0),
            Margin(MarginKind.BED, 2.0, 0.9433, 0.0001, "la-n"),
            Margin(MarginKind.FEWER_PEOPLE, 1.0, 0.955, 0.0118),
            Margin(MarginKind.MORE_PEOPLE, 1.0, 0.9, -0.0432),
            Margin(MarginKind.LARGER_PARTY, 2.0, 0.9432, 0.0, "L8"),
        ),
    )


def argued(plan: Plan) -> Plan:
    """Return a plan with everything that can be said for and against it."""
    choices = []
    for choice in plan.choices:
        by_slot = tuple(choice.evaluation.arrive * min(1.0, max(0.0, (slot - 24) / 60)) for slot in range(121))
        told = replace(choice, evaluation=replace(choice.evaluation, arrive_by_slot=by_slot))
        costs = tuple(CostPoint(usd(cost), chance) for cost, chance in ((1800, 0.02), (11000, 0.5), (14000, 1.0)))
        choices.append(replace(told, doubt=doubt_about(told), costs=costs))
    measures = [choice.evaluation for choice in choices]
    points = [FrontierPoint(each.arrive, each.harm, each.cost_expected, each.days_expected - 1) for each in measures]
    return replace(
        plan,
        choices=tuple(choices),
        stages=tuple(replace(stage, interval=_around(stage.reach)) for stage in plan.stages),
        budget_curve=tuple(replace(point, interval=_around(point.arrive)) for point in plan.budget_curve),
        frontier=(*points, FrontierPoint(0.6, 0.01, 700000.0, 20.0), FrontierPoint(0.0, 0.0, 0.0, 0.0)),
        quantiles=(Quantile(0.8, usd(12000)), Quantile(0.9, usd(13000)), Quantile(0.99, None)),
        deadline_curve=tuple(
            DeadlinePoint(days, arrive)
            for days, arrive in ((12.0, 0.0), (14.0, 0.1), (20.0, 0.5), (30.0, 0.9), (40.0, 0.94), (60.0, 0.9432))
        ),
        caution=Caution(
            0.9, 0.87, 0.84, 0.931, 0.03, 1200000.0, doubt_about(choices[0]), ("L1", "L2", "L5", "L6", "L7")
        ),
        reasons=reasons(),
    )


def _around(chance: float) -> Interval:
    return Interval(0.9 * chance, 0.98 * chance, min(1.0, 1.02 * chance))
