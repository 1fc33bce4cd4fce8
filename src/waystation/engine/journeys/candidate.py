"""A plan that may be chosen: a policy, and where a forward pass says that it leads."""

from dataclasses import dataclass

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
