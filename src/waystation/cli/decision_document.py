"""A decision as one JSON object for programs."""

from waystation.cli.comparison_document import plain
from waystation.cli.document import Json
from waystation.cli.values import mean_money
from waystation.engine.portfolio.decision import Decision, Going, Scenario, Short, Verdict
from waystation.engine.portfolio.rows import Row, RowKind


def decision_document(decision: Decision) -> Json:
    """Return the whole decision as an object ready for `json.dumps`. Money is a decimal string in the major unit."""
    currency = decision.currency
    return {
        "network": decision.network,
        "as_of": decision.as_of.isoformat(),
        "first": decision.first.isoformat(),
        "until": decision.until.isoformat(),
        "currency": currency,
        "terms": plain(decision.terms),
        "caps": dict(decision.caps),
        "chosen": list(decision.chosen),
        "value": decision.value,
        "bound": decision.bound,
        "gap": decision.gap,
        "value_by_expectation_alone": decision.unsafe_value,
        "bound_of_every_plan": decision.every_plan,
        "plans": decision.plans,
        "arrive": decision.arrive,
        "harm": decision.harm,
        "groups": [_verdict(each, currency) for each in decision.verdicts],
        "spending": [
            {"limit": _row(row), "available": mean_money(of, currency), "expected": mean_money(spent, currency)}
            for row, of, spent in decision.spending
        ],
        "held": None
        if decision.held is None
        else {
            "replays": decision.held.replays,
            "all_hold": decision.held.all_hold,
            "worst": [
                {
                    "limit": _row(row),
                    "available": _much(row, of, currency),
                    "expected": _much(row, used, currency),
                    "passed": p,
                }
                for row, of, used, p in decision.held.worst
            ],
            "tightened": decision.held.tightened,
            "rounds": decision.held.rounds,
        },
        "scarce": [
            {
                "kind": each.kind,
                "id": each.id,
                "more": mean_money(each.more, currency) if each.kind is RowKind.MONEY else each.more,
                "people": each.people,
                "weighted": each.weighted,
            }
            for each in decision.scarce
        ],
        "what_if": [_scenario(each, currency) for each in decision.scenarios],
        "fairness": [plain(each) for each in decision.fairness],
        "broken_promises": list(decision.broken_promises),
    }


def _verdict(verdict: Verdict, currency: str) -> Json:
    wanting = verdict.wanting
    return {
        "group": verdict.group,
        "people": verdict.people,
        "urgency": verdict.urgency,
        "promised": verdict.promised,
        "waited_days": verdict.waited,
        "standing": verdict.standing,
        "plan": None if verdict.going is None else _going(verdict.going, currency),
        "not_now": None
        if wanting is None
        else {
            "nearest": _going(wanting.plan, currency),
            "short": [_short(each, currency) for each in wanting.short],
            "worth": wanting.worth,
            "price": wanting.price,
            "kept_for_safety": wanting.kept_for_safety,
        },
        "broken_rules": [plain(each) for each in verdict.broken],
        "stability": verdict.stability,
        "at_the_margin": verdict.is_marginal,
    }


def _going(going: Going, currency: str) -> Json:
    return {
        "name": going.plan,
        "start": going.start.isoformat(),
        "arrive": going.arrive,
        "harm": going.harm,
        "cost_expected": mean_money(going.spending, currency),
        "days_expected": going.likely_days,
    }


def _short(short: Short, currency: str) -> Json:
    return {"limit": _row(short.row), "missing": _much(short.row, short.missing, currency), "price": short.price}


def _row(row: Row) -> Json:
    return {"kind": row.kind, "id": row.id, "at": None if row.at < 0 else row.at}


def _much(row: Row, amount: float, currency: str) -> str | float | None:
    return mean_money(amount, currency) if row.kind is RowKind.MONEY else amount


def _scenario(scenario: Scenario, currency: str) -> Json:
    told: Json = plain(scenario)
    return told | {
        "more": mean_money(scenario.more, currency) if scenario.kind == "money" else scenario.more,
        "spending": mean_money(scenario.spending, currency),
    }
