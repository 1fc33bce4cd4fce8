"""The argument as JSON values. Money is a decimal string in the major unit, chances are numbers, what is unknown is null."""

from typing import Any

from waystation.cli.values import exact_money, mean_money, number
from waystation.engine.journeys.argument import (
    Alternative,
    Arrangement,
    Asking,
    Assumption,
    Caution,
    CostPoint,
    Doubt,
    FrontierPoint,
    Interval,
    Margin,
    Reasons,
    Regional,
    Tipping,
    Waiting,
)
from waystation.engine.journeys.plan import Plan
from waystation.kernel import Money

Json = dict[str, Any]


def argument_document(plan: Plan) -> Json:
    """Return everything that can be said for and against a plan, by the keys it has in the plan's object."""
    currency, reasons = plan.currency, plan.reasons or Reasons()
    return {
        "frontier_points": [_frontier_point(point, currency) for point in plan.frontier],
        "quantiles": [{"arrive": each.arrive, "budget": exact_money(each.budget)} for each in plan.quantiles],
        "deadline_curve": [{"days": point.days, "arrive": point.arrive} for point in plan.deadline_curve],
        "caution": None if plan.caution is None else _caution(plan.caution, currency),
        "alternatives": [_alternative(each, currency) for each in reasons.alternatives],
        "tipping": [_tipping(each) for each in reasons.tipping],
        "value_of_information": _information(reasons),
        "margins": [_margin(each) for each in reasons.margins],
        "arrangements": [_arrangement(each, currency) for each in plan.arrangements],
        "regional": None if plan.regional is None else _regional(plan.regional),
    }


def doubt_document(doubt: Doubt, currency: str) -> Json:
    """Return a plan over the posterior of its beliefs."""
    return {
        "draws": doubt.draws,
        "coverage": doubt.coverage,
        "arrive": interval_document(doubt.arrive),
        "harm": interval_document(doubt.harm),
        "neither": interval_document(doubt.neither),
        "cost_expected": {
            "low": mean_money(doubt.cost_expected.low, currency),
            "mean": mean_money(doubt.cost_expected.mean, currency),
            "high": mean_money(doubt.cost_expected.high, currency),
        },
        "days_expected": interval_document(doubt.days_expected),
        "arrive_quantiles": list(doubt.arrive_quantiles),
        "carried_by": [_assumption(each.assumption) | {"share": each.share} for each in doubt.carried_by],
    }


def interval_document(interval: Interval) -> Json:
    """Return an interval: its bounds and the mean."""
    return {"low": number(interval.low), "mean": number(interval.mean), "high": number(interval.high)}


def bounds(name: str, interval: Interval | None) -> Json:
    """Return the bounds of an interval under two keys, ``name_low`` and ``name_high``; null where it is not known."""
    if interval is None:
        return {f"{name}_low": None, f"{name}_high": None}
    return {f"{name}_low": number(interval.low), f"{name}_high": number(interval.high)}


def costs_document(costs: tuple[CostPoint, ...]) -> list[Json]:
    """Return the distribution of what a journey has spent when it ends."""
    return [{"cost": point.cost.plain, "chance": point.chance} for point in costs]


def _assumption(assumption: Assumption) -> Json:
    belief = assumption.belief
    return {"kind": assumption.kind, "id": assumption.id, "believed": belief.mean, "weight": belief.weight}


def _frontier_point(point: FrontierPoint, currency: str) -> Json:
    return {
        "arrive": point.arrive,
        "harm": point.harm,
        "cost_expected": mean_money(point.cost_expected, currency),
        "days_expected": number(point.days_expected),
    }


def _caution(caution: Caution, currency: str) -> Json:
    return {
        "coverage": caution.coverage,
        "guaranteed": caution.guaranteed,
        "chosen_guaranteed": caution.chosen_guaranteed,
        "arrive": caution.arrive,
        "harm": caution.harm,
        "cost_expected": mean_money(caution.cost_expected, currency),
        "legs": list(caution.legs),
        "doubt": None if caution.doubt is None else doubt_document(caution.doubt, currency),
    }


def _alternative(alternative: Alternative, currency: str) -> Json:
    return {
        "without": alternative.without,
        "place": alternative.place,
        "legs": list(alternative.legs),
        "arrive": alternative.arrive,
        "harm": alternative.harm,
        "cost_expected": mean_money(alternative.cost_expected, currency),
        "days_expected": number(alternative.days_expected),
    }


def _tipping(tipping: Tipping) -> Json:
    return _assumption(tipping.assumption) | {
        "value": tipping.value,
        "above": tipping.above,
        "instead": list(tipping.instead),
        "arrive": tipping.arrive,
    }


def _information(reasons: Reasons) -> list[Json]:
    """Return what asking about each condition, and waiting to see, are worth."""
    waiting = [] if reasons.waiting is None else [_waiting(reasons.waiting)]
    return [*(_asking(each) for each in reasons.asking), *waiting]


def _asking(asking: Asking) -> Json:
    return {
        "kind": "asking",
        "condition": asking.condition,
        "arrive_asked": asking.arrive_asked,
        "arrive_unasked": asking.arrive_unasked,
        "gain": asking.gain,
    }


def _waiting(waiting: Waiting) -> Json:
    return {
        "kind": "waiting",
        "days": waiting.days,
        "arrive_now": waiting.arrive_now,
        "arrive_later": waiting.arrive_later,
        "gain": waiting.arrive_later - waiting.arrive_now,
    }


def _margin(margin: Margin) -> Json:
    amount = margin.amount.plain if isinstance(margin.amount, Money) else margin.amount
    return {"kind": margin.kind, "id": margin.id, "amount": amount, "arrive": margin.arrive, "gain": margin.gain}


def _arrangement(arrangement: Arrangement, currency: str) -> Json:
    return {
        "parties": [list(party) for party in arrangement.parties],
        "company": arrangement.company,
        "all_arrive": arrangement.all_arrive,
        "nobody_harmed": arrangement.nobody_harmed,
        "parted": arrangement.parted,
        "arrive_people": arrangement.arrive_people,
        "harm_people": arrangement.harm_people,
        "cost_expected": mean_money(arrangement.cost_expected, currency),
        "days_expected": number(arrangement.days_expected),
        "exposed_at_once": arrangement.exposed_at_once,
        "staff_at_once": arrangement.staff_at_once,
        "standard_error": arrangement.standard_error,
    }


def _regional(regional: Regional) -> Json:
    return {
        "joint_levels": regional.joint_levels,
        "arrive": regional.arrive,
        "arrive_error": regional.arrive_error,
        "harm": regional.harm,
        "harm_error": regional.harm_error,
        "journeys": regional.journeys,
    }
