"""A group's plans from one start: the named choices, cheaper ones and the cautious one, from one sweep over exchange rates."""

from collections.abc import Callable

import numpy as np

from waystation.engine.journeys.cautious import solve_cautious
from waystation.engine.journeys.doubt.assumptions import Assumptions
from waystation.engine.journeys.doubt.bounds import belief_bounds
from waystation.engine.journeys.follow import Course, follow
from waystation.engine.journeys.kernels.batch import Questions
from waystation.engine.journeys.plan import ChoiceName, Evaluation
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.weights import Answers, Counts, answer
from waystation.engine.portfolio.instance import Floats

GIVE, GIVE_MORE = 0.05, 0.2
CAUTION = 0.8
_RATES = (0.003, 0.01, 0.03, 0.08, 0.2, 0.5)
"""What keeping low all that the safest plan bears of harm, money or time is worth, in parts of an arrival."""

Plan = tuple[str, Policy, Course]


def menu(process: Process, assumptions: Assumptions) -> list[Plan]:
    """Return the plans a group may be offered from one start, each only once; none where it cannot arrive.

    The named choices are those of the planner on a grid of exchange rates: the least harm, money or days among plans that
    give up at most 5 % of the likeliest arrival. ``cheap`` gives up to 20 %.
    """
    solver = Solver(process)
    safest = answer(solver, _questions(process, np.zeros(1), np.zeros(1), np.zeros(1)))
    course = follow(process, safest.policy(0), solver.arrays)
    best = course.evaluation
    if best.arrive <= 0.0:
        return []
    plans: list[Plan] = [(ChoiceName.SAFEST.value, safest.policy(0), course)]
    found = answer(solver, _grid(process, best))
    counts = found.count()
    for name, measure, give in _aims(counts):
        k = _least(measure, counts.arrive, (1.0 - give) * best.arrive)
        if k is not None:
            plans.append(_followed(name, process, found, k, solver))
    if process.memory is None:
        policy, _ = solve_cautious(process, belief_bounds(process, assumptions, CAUTION))
        plans.append(("cautious", policy, follow(process, policy, solver.arrays)))
    return _different(plans)


def _questions(process: Process, harm: Floats, cost: Floats, slot: Floats) -> Questions:
    return Questions(np.ones((process.slots + 1, len(harm))), -harm, -cost, -slot)


def _grid(process: Process, best: Evaluation) -> Questions:
    """Return a question for each rate of harm, of money, of time, and of all three together."""
    rates = np.array(_RATES)
    per_cost = rates / max(1.0, best.cost_expected)
    per_slot = rates / max(1.0, best.days_expected * 24 / process.slot_hours)
    per_harm = rates * 10.0
    none = np.zeros(len(rates))
    harm = np.concatenate([per_harm, none, none, per_harm / 3.0])
    cost = np.concatenate([none, per_cost, none, per_cost / 3.0])
    slot = np.concatenate([none, none, per_slot, per_slot / 3.0])
    return _questions(process, harm, cost, slot)


def _aims(counts: Counts) -> list[tuple[str, Floats, float]]:
    burden: Callable[[Floats], Floats] = lambda each: each / max(1e-12, float(each.max()))  # noqa: E731
    together = burden(counts.harm) + burden(counts.cost) + burden(counts.slots)
    return [
        (ChoiceName.CAREFUL.value, counts.harm, GIVE),
        (ChoiceName.CHEAPEST.value, counts.cost, GIVE),
        (ChoiceName.FASTEST.value, counts.slots, GIVE),
        (ChoiceName.BALANCED.value, together, GIVE),
        ("cheap", counts.cost, GIVE_MORE),
    ]


def _least(measure: Floats, arrive: Floats, at_least: float) -> int | None:
    """Return the plan that keeps a measure lowest among those that arrive often enough."""
    allowed = np.flatnonzero(arrive >= at_least - 1e-12)
    return int(allowed[np.argmin(measure[allowed])]) if len(allowed) else None


def _followed(name: str, process: Process, found: Answers, k: int, solver: Solver) -> Plan:
    policy = found.policy(k)
    return name, policy, follow(process, policy, solver.arrays)


def _different(plans: list[Plan]) -> list[Plan]:
    """Keep the first of plans that lead to the same."""
    kept: dict[tuple[float, ...], Plan] = {}
    for plan in plans:
        found = plan[2].evaluation
        kept.setdefault(tuple(np.round([found.arrive, found.harm, found.cost_expected, found.days_expected], 9)), plan)
    return list(kept.values())
