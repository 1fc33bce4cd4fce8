"""A comparison as one JSON object for programs."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from waystation.cli.document import Json, plan_document, refusal_document
from waystation.engine.journeys.comparison import Change, Comparison, Divergence, Effect
from waystation.engine.journeys.comparison.result import Answer
from waystation.engine.journeys.plan import Decision, Plan
from waystation.kernel import Money


def comparison_document(comparison: Comparison) -> Json:
    """Return both answers, and what changed the answer, as an object ready for `json.dumps`."""
    return {
        "differs": comparison.subject,
        "first": _answer(comparison.first),
        "second": _answer(comparison.second),
        "changes": [_effect(effect) for effect in comparison.effects],
        "together": comparison.together,
        "interaction": comparison.interaction,
        "otherwise": [_divergence(each) for each in comparison.otherwise],
    }


def _answer(answer: Answer) -> Json:
    return plan_document(answer) if isinstance(answer, Plan) else refusal_document(answer)


def _effect(effect: Effect) -> Json:
    return _change(effect.change) | {"effect": effect.arrive, "along": [_change(each) for each in effect.along]}


def _change(change: Change) -> Json:
    return {
        "part": change.part,
        "id": [plain(each) for each in change.key],
        "field": change.field or None,
        "before": plain(change.before),
        "after": plain(change.after),
    }


def _divergence(divergence: Divergence) -> Json:
    return {
        "place": divergence.place,
        "when": {condition: list(levels) for condition, levels in divergence.when.items()},
        "from_day": divergence.from_day,
        "until_day": divergence.until_day,
        "first": _decision(divergence.first),
        "second": _decision(divergence.second),
    }


def _decision(decision: Decision) -> Json:
    return {
        "action": decision.action,
        "leg": decision.leg,
        "in_company": decision.in_company,
        "when_asked": decision.when_asked,
    }


def plain(value: Any) -> Any:
    """Return a value of the vocabulary as JSON knows it: money with its currency, a day as ISO, a set in order."""
    if isinstance(value, Money):
        return {"amount": value.plain, "currency": value.currency}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, frozenset):
        return sorted((plain(each) for each in value), key=str)
    return [plain(each) for each in value] if isinstance(value, tuple) else value
