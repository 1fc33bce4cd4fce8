"""Random journeys with everything that doubt is asked about laid out: the process, its beliefs, a plan and its support."""

from dataclasses import dataclass

from tests.oracle.random_networks import USABLE, Case, random_case
from waystation.engine.journeys.build import Built, build
from waystation.engine.journeys.doubt.assumptions import Assumptions, assumptions_of
from waystation.engine.journeys.doubt.support import Support, support_of
from waystation.engine.journeys.follow import Course, follow
from waystation.engine.journeys.money import choose_grid
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver


@dataclass(frozen=True)
class Asked:
    case: Case
    built: Built
    assumptions: Assumptions
    policy: Policy
    course: Course
    support: Support


def asked(seed: int, *, with_money: bool = False) -> Asked:
    case = random_case(seed % USABLE)
    built = build(case.network, case.group, case.start, case.days)
    grid = choose_grid(built.process, case.budget.minor, 40) if with_money else NO_MONEY
    solver = Solver(built.process, grid)
    policy = solver.solve().policy
    course = follow(built.process, policy, solver.arrays)
    assumptions = assumptions_of(case.network, case.group, built)
    return Asked(
        case, built, assumptions, policy, course, support_of(built.process, solver.arrays, course.visits, grid.steps)
    )
