"""The named choices: the safest plan, and the careful, cheapest, fastest and balanced that give up little of its arrival.

Each is found among the supported vertices: plans that are best for some exchange rate between arrival and what is to be
kept low. Points between two vertices would need a coin toss and are no plans.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.balanced import balance, vertex_of
from waystation.engine.journeys.candidate import Candidate, confirm, spent_before
from waystation.engine.journeys.harm_cap import safest_within
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.knee import knee
from waystation.engine.journeys.plan import ChoiceName, Evaluation
from waystation.engine.journeys.policy import Solution
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver

_MOST_VERTICES = 24
_SLACK = 1e-12
_THREADS = 2
_CLOSE = 2e-3
"""The search ends when no supported plan can lower by more than this part what is to be kept low ..."""
_NARROW = 1.02
"""... or when the rates on both sides are this near to each other."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """The named choices, by name; when none keeps within the cap on harm, the least harm of a supported plan that arrives."""

    by_name: Mapping[ChoiceName, Candidate]
    least_harm: float | None = None


@dataclass(frozen=True, slots=True)
class _Aim:
    """What a choice keeps low: its worth beside arrival and harm, and the criterion it is at last judged by."""

    worth: Worth
    criterion: Callable[[Evaluation], float]


_AIMS: dict[ChoiceName, _Aim] = {
    ChoiceName.CAREFUL: _Aim(Worth(harm=-1.0), lambda found: found.harm),
    ChoiceName.CHEAPEST: _Aim(Worth(cost=1.0), lambda found: found.cost_expected_arrived),
    ChoiceName.FASTEST: _Aim(Worth(slot=-1.0), lambda found: found.days_expected),
}


def choose(process: Process, grid: MoneyGrid, give: float, max_harm: float | None) -> Chosen:
    """Find the named choices.

    Parameters
    ----------
    give
        Part of the safest plan's arrival that the other choices may give up, in [0, 1].
    max_harm
        Cap on the chance of harm, or None.
    """
    solver = Solver(process, grid)
    capped = safest_within(solver, max_harm)
    likeliest = capped.solution
    if likeliest is None:
        return Chosen({}, capped.least_harm)
    safest = confirm(solver, likeliest)
    limits = _Limits((1.0 - give) * safest.evaluation.arrive, max_harm, capped.harm_price)

    def search(aim: _Aim) -> Candidate:
        return confirm(solver, _lower(solver, aim, limits, likeliest, safest))

    with ThreadPoolExecutor(_THREADS) as threads:  # the kernels let go of the interpreter; each search stands alone
        found = list(threads.map(search, _AIMS.values()))
    allowed = [safest, *(each for each in found if limits.allow(each.evaluation.arrive, each.evaluation.harm))]
    allowed.append(_balanced(solver, limits, likeliest, allowed))
    by_name = {
        name: min(allowed, key=lambda each: (aim.criterion(each.evaluation), -each.evaluation.arrive))
        for name, aim in _AIMS.items()
    }
    return Chosen({ChoiceName.SAFEST: safest} | by_name | {ChoiceName.BALANCED: allowed[-1]})


def _balanced(solver: Solver, limits: "_Limits", likeliest: Solution, allowed: Sequence[Candidate]) -> Candidate:
    """Return the knee of the frontier.

    Under a cap it is the knee of the named plans and of the one that bears least of harm, cost and days at what they are worth
    at the knee without the cap.
    """
    free = balance(solver.process, limits.least_arrive - _SLACK)
    if solver.grid is NO_MONEY and limits.allow(free.solution.arrive, free.solution.harm):
        return confirm(solver, free.solution)
    plans = list(allowed)
    if any((free.worth.harm, free.worth.cost, free.worth.slot)):
        found = confirm(solver, _lower(solver, _Aim(free.worth, free.burden), limits, likeliest, allowed[0]))
        plans += [found] if limits.allow(found.evaluation.arrive, found.evaluation.harm) else []
    return plans[knee([vertex_of(plan) for plan in plans], limits.least_arrive - _SLACK).index]


@dataclass(frozen=True, slots=True)
class _Limits:
    """What every choice keeps: enough arrival, and the cap on harm with the arrival that a unit of harm is worth there."""

    least_arrive: float
    max_harm: float | None
    harm_price: float

    @property
    def least_gain(self) -> float:
        return self.gain(self.least_arrive, 0.0 if self.max_harm is None else self.max_harm)

    @property
    def components(self) -> int:
        return 2 if self.max_harm is None else 3

    def allow(self, arrive: float, harm: float | None) -> bool:
        return arrive >= self.least_arrive - _SLACK and (
            self.max_harm is None or harm is None or harm <= self.max_harm + _SLACK
        )

    def gain(self, arrive: float, harm: float | None) -> float:
        return arrive if harm is None else arrive - self.harm_price * harm


def _lower(solver: Solver, aim: _Aim, limits: _Limits, solution: Solution, safest: Candidate) -> Solution:
    """Search the supported vertices for the one that keeps lowest what the aim wants low and is still allowed.

    A rate says how much of it a unit of arrival is worth: a high rate gives the safest plan, a low rate one that gives up too
    much. The bracket is closed by the slope of the edge between the best plan that is allowed and the best that is not, and,
    where that creeps along one side, by the middle of the rates. At the rate of the best plan nothing can be lowered by more
    than that rate times the arrival that may still be given up: the search ends when that is little.
    """
    best, good_rate = solution, math.inf
    tied: tuple[Worth, NDArray[np.float64] | None] | None = None
    gain = limits.gain(best.arrive, best.harm)
    good = (gain, aim.criterion(safest.evaluation) * _scale(aim, solver.process, best))
    bad, bad_rate, same_side = (0.0, 0.0), 0.0, 0
    for _ in range(_MOST_VERTICES):
        to_give = good[0] - limits.least_gain
        if good[1] <= bad[1] or good[0] <= bad[0] or to_give <= _SLACK:
            break
        if math.isfinite(good_rate) and (good_rate * to_give <= _CLOSE * good[1] or good_rate < _NARROW * bad_rate):
            break
        edge = (good[1] - bad[1]) / (good[0] - bad[0])
        rate = edge if abs(same_side) < 2 else math.sqrt(good_rate * max(bad_rate, edge))
        if not math.isfinite(rate):
            rate = 8.0 * edge
        worth = aim.worth._replace(arrive=rate, harm=aim.worth.harm - rate * limits.harm_price)
        spent = spent_before(solver, best.policy) if worth.cost else None
        vertex = solver.solve(worth, spent, components=limits.components)
        gain = limits.gain(vertex.arrive, vertex.harm)
        kept_low = rate * gain - vertex.score
        if rate == edge and vertex.score <= rate * good[0] - good[1] + 1e-10 * max(1.0, good[1]):
            break
        if limits.allow(vertex.arrive, vertex.harm):
            best, good, good_rate, same_side = vertex, (gain, kept_low), rate, max(0, same_side) + 1
            tied = worth, spent
        else:
            bad, bad_rate, same_side = (gain, kept_low), rate, min(0, same_side) - 1
    return best if tied is None else solver.solve(*tied)  # once more, now with every tie broken


def _scale(aim: _Aim, process: Process, solution: Solution) -> float:
    """Turn a criterion into the sum that the score takes it as: a mean over arrivals times their chance, days in slots."""
    if aim.worth.harm or (aim.worth.cost and aim.worth.slot):
        return 1.0
    return solution.arrive * (24 / process.slot_hours if aim.worth.slot else 1.0)
