"""The named choices: the safest plan, and the careful, cheapest and fastest that give up little of its arrival.

Each is found among the supported vertices: plans that are best for some exchange rate between arrival and what is to be
kept low. Points between two vertices would need a coin toss and are no plans.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.follow import Course, follow
from waystation.engine.journeys.harm_cap import safest_within
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.plan import ChoiceName, Evaluation
from waystation.engine.journeys.policy import Policy, Solution
from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.engine.journeys.solve import Solver

_MOST_VERTICES = 24
_SLACK = 1e-12


@dataclass(frozen=True, eq=False)
class Candidate:
    """A policy, where it leads, and how far the sweep and the forward pass differ on it."""

    policy: Policy
    course: Course
    difference: float

    @property
    def evaluation(self) -> Evaluation:
        """Where the policy leads."""
        return self.course.evaluation


@dataclass(frozen=True, eq=False)
class Chosen:
    """The named choices, by name; when none keeps within the cap on harm, the least harm of a supported plan that arrives."""

    by_name: Mapping[ChoiceName, Candidate]
    least_harm: float | None = None


@dataclass(frozen=True, slots=True)
class _Aim:
    """What a choice keeps low: its worth beside arrival and harm, its total, and what it is judged by at last."""

    worth: Worth
    total: Callable[[Solution], float]
    criterion: Callable[[Solution], float]


_AIMS: dict[ChoiceName, _Aim] = {
    ChoiceName.CAREFUL: _Aim(Worth(harm=-1.0), lambda s: s.harm, lambda s: s.harm),
    ChoiceName.CHEAPEST: _Aim(Worth(cost=1.0), lambda s: s.cost, lambda s: s.cost / s.arrive),
    ChoiceName.FASTEST: _Aim(Worth(slot=-1.0), lambda s: s.slot, lambda s: s.slot / s.arrive),
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
    capped = safest_within(solver, 1.0 if max_harm is None else max_harm)
    if capped.solution is None:
        return Chosen({}, capped.least_harm)
    safest = capped.solution
    floor = (1.0 - give) * safest.arrive - _SLACK
    pool = [safest]

    def is_allowed(solution: Solution) -> bool:
        return solution.arrive >= floor and (max_harm is None or solution.harm <= max_harm + _SLACK)

    for aim in _AIMS.values():
        _lower(solver, aim, capped.harm_price, is_allowed, pool)
    allowed = [solution for solution in pool if is_allowed(solution)]
    winners = {ChoiceName.SAFEST: safest} | {
        name: min(allowed, key=lambda each: (aim.criterion(each), -each.arrive)) for name, aim in _AIMS.items()
    }
    followed = {id(solution): _confirm(process, solution) for solution in winners.values()}
    return Chosen({name: followed[id(solution)] for name, solution in winners.items()})


def _lower(
    solver: Solver, aim: _Aim, harm_price: float, is_allowed: Callable[[Solution], bool], pool: list[Solution]
) -> None:
    """Walk along the supported vertices from the safest plan towards less of what the aim keeps low; add them to the pool.

    Each step solves for the exchange rate of the edge between the best plan that is allowed and the best that is not, and
    ends when no plan lies beyond that edge.
    """

    def gain(solution: Solution) -> float:
        return solution.arrive - harm_price * solution.harm

    best = pool[0]
    good, bad = (gain(best), aim.total(best)), (0.0, 0.0)
    for _ in range(_MOST_VERTICES):
        if good[0] <= bad[0] or good[1] <= bad[1]:
            return
        rate = (good[1] - bad[1]) / (good[0] - bad[0])
        worth = aim.worth._replace(arrive=rate, harm=aim.worth.harm - rate * harm_price)
        vertex = solver.solve(worth, _spent(solver, best) if worth.cost else None)
        value = (gain(vertex), aim.total(vertex))
        if rate * value[0] - value[1] <= rate * good[0] - good[1] + 1e-10 * max(1.0, abs(good[1])):
            return
        pool.append(vertex)
        if is_allowed(vertex):
            best, good = vertex, value
        else:
            bad = value


def _confirm(process: Process, solution: Solution) -> Candidate:
    """Follow a solution's policy and compare."""
    course = follow(process, solution.policy)
    difference = max(abs(course.evaluation.arrive - solution.arrive), abs(course.evaluation.harm - solution.harm))
    return Candidate(solution.policy, course, difference)


def _spent(solver: Solver, solution: Solution) -> NDArray[np.float64]:
    """Return the money spent before each state is reached, ``(T + 1, N, C, B + 1)`` or broadcast to it, in minor units.

    With money in the state it is known from the steps left. Without, it is the mean under the last plan, and where that plan
    never comes, the mean at the place.
    """
    grid, process = solver.grid, solver.process
    if grid.step:
        spent_by_left = (grid.steps - np.arange(grid.steps + 1)) * float(grid.step)
        return spent_by_left.reshape(1, 1, 1, -1)
    N = len(process.places)
    spent = np.full((process.slots + 1, N, process.joint_levels, 1), np.nan)
    visits = follow(process, solution.policy).visits
    spent[visits.slot, visits.place, visits.level, 0] = visits.cost / visits.chance
    weight, total = np.bincount(visits.place, visits.chance, N), np.bincount(visits.place, visits.cost, N)
    usual = np.divide(total, weight, out=np.zeros(N), where=weight > 0.0)
    filled: NDArray[np.float64] = np.where(np.isnan(spent), usual[None, :, None, None], spent)
    return filled
