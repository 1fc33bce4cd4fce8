"""A plan as one JSON object for programs. Money is a decimal string in the major unit, chances are numbers."""

from typing import Any

from waystation.cli.argument.document import argument_document, bounds, costs_document, doubt_document
from waystation.cli.values import exact_money, mean_money, number
from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.journeys.plan import BudgetPoint, Choice, Decision, Obstacle, Plan, RuledOut, Stage
from waystation.kernel import Money

Json = dict[str, Any]


def plan_document(plan: Plan) -> Json:
    """Return a plan as an object ready for `json.dumps`; what is not known yet is null or empty."""
    document: Json = {
        "group": plan.group,
        "network": plan.network,
        "as_of": plan.as_of.isoformat(),
        "start": plan.start.isoformat(),
        "currency": plan.currency,
        "caps": {
            "budget": exact_money(plan.caps.budget),
            "days": plan.caps.days,
            "max_harm": plan.caps.max_harm,
            "walk_hours": plan.caps.walk_hours,
        },
        "slot_hours": plan.slot_hours,
        "money_step": None if plan.money_step is None else Money(plan.money_step, plan.currency).plain,
        "start_levels": {name: dict(levels) for name, levels in plan.start_levels.items()},
        "observed_on": {name: day.isoformat() for name, day in plan.observed_on.items()},
        "budget_curve": [_budget_point(point) for point in plan.budget_curve],
        "frontier": [_choice(choice, plan.currency) for choice in plan.choices],
        "chosen": plan.chosen,
        "plan": {"stages": [_stage(stage) for stage in plan.stages]},
        "ruled_out": [_ruled_out(reason) for reason in plan.ruled_out],
        **argument_document(plan),
        "certificate": {"difference": plan.certificate.difference, "method": plan.certificate.method},
    }
    if plan.obstacle is not None:
        document["obstacle"] = _obstacle(plan.obstacle)
    return document


def refusal_document(refused: GroupRefusedError) -> Json:
    """Return why a group may not be planned for, in an object of the same shape."""
    broken = [{"rule": each.rule, "traveller": each.traveller} for each in refused.broken]
    return {"group": refused.group, "frontier": [], "refused": broken}


def _budget_point(point: BudgetPoint) -> Json:
    return {"budget": point.budget.plain, "arrive": point.arrive, **bounds("arrive", point.interval)}


def _choice(choice: Choice, currency: str) -> Json:
    found, doubt = choice.evaluation, choice.doubt
    return {
        "name": choice.name,
        "arrive": found.arrive,
        **bounds("arrive", doubt.arrive if doubt else None),
        "harm": found.harm,
        **bounds("harm", doubt.harm if doubt else None),
        "neither": found.neither,
        **bounds("neither", doubt.neither if doubt else None),
        "cost_expected": mean_money(found.cost_expected, currency),
        "cost_expected_arrived": mean_money(found.cost_expected_arrived, currency),
        "cost_max": Money(found.cost_max, currency).plain,
        "currency": currency,
        "days_expected": number(found.days_expected),
        "days_p90": number(found.days_p90),
        "doubt": None if doubt is None else doubt_document(doubt, currency),
        "cost_distribution": costs_document(choice.costs),
        "stages": [_stage(stage) for stage in choice.stages],
        "arrive_by_slot": list(found.arrive_by_slot),
        "arrive_by_slot_low": [] if doubt is None else list(doubt.arrive_by_slot_low),
        "arrive_by_slot_high": [] if doubt is None else list(doubt.arrive_by_slot_high),
    }


def _stage(stage: Stage) -> Json:
    return {
        "place": stage.place,
        "reach": stage.reach,
        **bounds("reach", stage.interval),
        "first_day": stage.first_day,
        "likely_day": stage.likely_day,
        "last_day": stage.last_day,
        "spent_max": stage.spent_max.plain,
        "on_main_line": stage.on_main_line,
        "decisions": [_decision(decision) for decision in stage.decisions],
    }


def _decision(decision: Decision) -> Json:
    return {
        "when": {condition: list(levels) for condition, levels in decision.when.items()},
        "from_day": decision.from_day,
        "until_day": decision.until_day,
        "action": decision.action,
        "leg": decision.leg,
        "in_company": decision.in_company,
        "when_asked": decision.when_asked,
        "depends_on_money": decision.depends_on_money,
        "depends_on_effort": decision.depends_on_effort,
        "chance": decision.chance,
        **bounds("chance", decision.interval),
    }


def _ruled_out(reason: RuledOut) -> Json:
    return {"id": reason.id, "reason": reason.code, "value": reason.value, "limit": reason.limit}


def _obstacle(obstacle: Obstacle) -> Json:
    return {
        "kind": obstacle.kind,
        "smallest_budget": exact_money(obstacle.smallest_budget),
        "smallest_days": obstacle.smallest_days,
        "smallest_harm": obstacle.smallest_harm,
        "smallest_walk_hours": obstacle.smallest_walk_hours,
        "blocking": [_ruled_out(reason) for reason in obstacle.blocking],
        "one_is_enough": obstacle.one_is_enough,
    }
