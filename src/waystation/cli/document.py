"""A plan as one JSON object for programs. Money is a decimal string in the major unit, chances are numbers."""

import math
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.journeys.plan import Choice, Decision, Obstacle, Plan, RuledOut, Stage
from waystation.kernel import Money, decimals_of

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
            "budget": _money(plan.caps.budget),
            "days": plan.caps.days,
            "max_harm": plan.caps.max_harm,
        },
        "money_step": None if plan.money_step is None else Money(plan.money_step, plan.currency).plain,
        "start_levels": {name: dict(levels) for name, levels in plan.start_levels.items()},
        "observed_on": {name: day.isoformat() for name, day in plan.observed_on.items()},
        "budget_curve": [{"budget": point.budget.plain, "arrive": point.arrive} for point in plan.budget_curve],
        "frontier": [_choice(choice, plan.currency) for choice in plan.choices],
        "chosen": plan.chosen,
        "plan": {"stages": [_stage(stage) for stage in plan.stages]},
        "ruled_out": [_ruled_out(reason) for reason in plan.ruled_out],
        "tipping": [],
        "value_of_information": [],
        "certificate": {"difference": plan.certificate.difference, "method": plan.certificate.method},
    }
    if plan.obstacle is not None:
        document["obstacle"] = _obstacle(plan.obstacle)
    return document


def refusal_document(refused: GroupRefusedError) -> Json:
    """Return why a group may not be planned for, in an object of the same shape."""
    broken = [{"rule": each.rule, "traveller": each.traveller} for each in refused.broken]
    return {"group": refused.group, "frontier": [], "refused": broken}


def _money(money: Money | None) -> str | None:
    return None if money is None else money.plain


def _mean(minor: float, currency: str) -> str | None:
    """Return a mean amount rounded to the minor unit; None where there is none."""
    if math.isnan(minor):
        return None
    rounded = Decimal(minor).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    return f"{rounded.scaleb(-decimals_of(currency)):f}"


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _choice(choice: Choice, currency: str) -> Json:
    found = choice.evaluation
    return {
        "name": choice.name,
        "arrive": found.arrive,
        "arrive_low": None,
        "arrive_high": None,
        "harm": found.harm,
        "neither": found.neither,
        "cost_expected": _mean(found.cost_expected, currency),
        "cost_expected_arrived": _mean(found.cost_expected_arrived, currency),
        "cost_max": Money(found.cost_max, currency).plain,
        "currency": currency,
        "days_expected": _number(found.days_expected),
        "days_p90": _number(found.days_p90),
    }


def _stage(stage: Stage) -> Json:
    return {
        "place": stage.place,
        "reach": stage.reach,
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
        "chance": decision.chance,
    }


def _ruled_out(reason: RuledOut) -> Json:
    return {"id": reason.id, "reason": reason.code, "value": reason.value, "limit": reason.limit}


def _obstacle(obstacle: Obstacle) -> Json:
    return {
        "kind": obstacle.kind,
        "smallest_budget": _money(obstacle.smallest_budget),
        "smallest_days": obstacle.smallest_days,
        "smallest_harm": obstacle.smallest_harm,
        "blocking": [_ruled_out(reason) for reason in obstacle.blocking],
        "one_is_enough": obstacle.one_is_enough,
    }
