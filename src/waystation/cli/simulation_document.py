"""Simulations as one JSON object for programs. Money is a decimal string in the major unit, chances are numbers."""

from dataclasses import asdict
from typing import Any

from waystation.cli.values import mean_money, number
from waystation.engine.simulation.hindcast import Hindcast
from waystation.engine.simulation.journey import Replayed
from waystation.engine.simulation.measures import MEASURES, Measure, Scale
from waystation.engine.simulation.prepare import Prepared
from waystation.engine.simulation.study import Arm, Paired, Spread, Study
from waystation.kernel import Money

Json = dict[str, Any]


def replayed_document(found: Replayed, seed: int) -> Json:
    """Return a replayed plan beside the exact evaluation."""
    exact, currency = found.exact, found.currency
    return {
        "journeys": found.journeys,
        "seed": seed,
        "counts": found.counts,
        "exact": {
            "arrive": exact.arrive,
            "harm": exact.harm,
            "neither": exact.neither,
            "cost_expected": mean_money(exact.cost_expected, currency),
        },
        "z": {name: number(z) for name, z in found.z.items()},
        "cost_mean": mean_money(found.cost, currency),
        "cost_quantiles": [Money(each, currency).plain for each in found.spent],
        "days_quantiles": [number(each) for each in found.days],
        "turned_back_mean": found.turned_back,
        "currency": currency,
    }


def study_document(found: Study, first: Prepared) -> Json:
    """Return every scenario under every rule; differences are to the first."""
    return {
        "years": found.years,
        "runs": found.runs,
        "seed": found.seed,
        "currency": first.currency,
        "kinds": [{"group": group.id, "people": group.size, "urgency": group.urgency} for group in first.groups],
        "left_out": list(first.left_out),
        "budget_until": None if first.budget_until is None else first.budget_until.isoformat(),
        "arms": [_arm(arm, first.currency) for arm in found.arms],
    }


def _arm(arm: Arm, currency: str) -> Json:
    return {
        "scenario": arm.scenario,
        "rule": arm.rule,
        "measures": {each.name: _spread(arm.measures[each.name], each, currency) for each in MEASURES},
        "differences": {
            each.name: _paired(arm.differences[each.name], each, currency) for each in MEASURES if arm.differences
        },
        "arrived_by_year": [asdict(year) for year in arm.by_year],
    }


def _spread(spread: Spread, measure: Measure, currency: str) -> Json:
    return {name: _value(value, measure, currency) for name, value in asdict(spread).items()}


def _paired(paired: Paired, measure: Measure, currency: str) -> Json:
    return {name: _value(value, measure, currency) for name, value in asdict(paired).items()}


def _value(value: float, measure: Measure, currency: str) -> float | str | None:
    return mean_money(value, currency) if measure.scale is Scale.MONEY else number(value)


def hindcast_document(found: Hindcast) -> Json:
    """Return every year, gains and losses."""
    return {
        "years": [asdict(year) | {"gain": year.gain, "covered": year.covered} for year in found.years],
        "won": found.won,
        "lost": found.lost,
        "mean_error": {which: found.mean_error(which) for which in ("forecast", "last_year", "told")},
        "mean_factor": {which: found.mean_factor(which) for which in ("forecast", "last_year", "told")},
        "covered": found.coverage,
    }
