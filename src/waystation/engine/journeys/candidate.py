"""A plan that may be chosen: a policy, and where a forward pass says that it leads."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.follow import Course, follow
from waystation.engine.journeys.plan import Evaluation
from waystation.engine.journeys.policy import Policy, Solution
from waystation.engine.journeys.solve import Solver


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


def confirm(solver: Solver, solution: Solution) -> Candidate:
    """Follow a solution's policy and compare what it leads to with what the sweep promised."""
    course = follow(solver.process, solution.policy, solver.arrays)
    difference = abs(course.evaluation.arrive - solution.arrive)
    if solution.harm is not None:
        difference = max(difference, abs(course.evaluation.harm - solution.harm))
    return Candidate(solution.policy, course, difference)


def spent_before(solver: Solver, policy: Policy) -> NDArray[np.float64]:
    """Return the money spent before each state is reached, ``(T + 1, N, C, B + 1)`` or broadcast to it, in minor units.

    With money in the state it is known from the steps left. Without, it is the mean under the last plan, and where that plan
    never comes, the mean at the place.
    """
    grid, process = solver.grid, solver.process
    if grid.step:
        by_left: NDArray[np.float64] = grid.step * np.arange(grid.steps, -1, -1, dtype=np.float64)
        return by_left[None, None, None, :]
    N = len(process.places)
    visits = follow(process, policy, solver.arrays).visits
    weight, total = np.bincount(visits.place, visits.chance, N), np.bincount(visits.place, visits.cost, N)
    usual = np.divide(total, weight, out=np.zeros(N), where=weight > 0.0)
    spent: NDArray[np.float64] = np.empty((process.slots + 1, N, process.joint_levels, 1))
    spent[:] = usual[None, :, None, None]
    spent[visits.slot, visits.place, visits.level, 0] = visits.cost / visits.chance
    return spent
