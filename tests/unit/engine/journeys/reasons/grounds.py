"""Plans to argue about: of a network by hand, or of a random one."""

from datetime import date

from tests.oracle.random_networks import USABLE, random_case
from tests.oracle.small_journeys import ALONE, START
from waystation.engine.journeys.build import build
from waystation.engine.journeys.doubt.assumptions import assumptions_of
from waystation.engine.journeys.doubt.support import support_of
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.money import choose_grid
from waystation.engine.journeys.process import NO_MONEY, Process
from waystation.engine.journeys.reasons.ground import Ground, best
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Caps, Group, Network
from waystation.kernel import Money


def ground_of(
    network: Network, days: float, budget: Money | None = None, group: Group = ALONE, start: date = START
) -> Ground:
    built = build(network, group, start, days)
    process = built.process
    grid = NO_MONEY if budget is None else choose_grid(process, budget.minor)
    solver = Solver(process, grid)
    course = follow(process, best(process, grid).policy, solver.arrays)

    def rebuild(other: Network, people: Group, caps: Caps) -> Process:
        return build(other, people, start, caps.days).process

    return Ground(
        network=network,
        group=group,
        caps=Caps(budget, days),
        process=process,
        grid=grid,
        assumptions=assumptions_of(network, group, built),
        course=course,
        support=support_of(process, solver.arrays, course.visits, grid.steps),
        rebuild=rebuild,
    )


def random_ground(seed: int, *, with_money: bool = False) -> Ground:
    case = random_case(seed % USABLE)
    return ground_of(case.network, case.days, case.budget if with_money else None, case.group, case.start)
