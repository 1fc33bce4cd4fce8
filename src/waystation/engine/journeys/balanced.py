"""The balanced choice: the knee of the frontier, where giving up more arrival begins to buy little."""

from dataclasses import dataclass

from waystation.engine.journeys.candidate import Candidate
from waystation.engine.journeys.frontier import Vertex, frontier
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.knee import knee
from waystation.engine.journeys.plan import Evaluation
from waystation.engine.journeys.policy import Solution
from waystation.engine.journeys.process import Process

_TOLERANCE = 1e-2
_MOST_VERTICES = 24


@dataclass(frozen=True, eq=False)
class Balance:
    """The knee of the frontier without money in the state: the plan, and what harm, cost and days are worth there.

    Attributes
    ----------
    solution
        The plan at the knee.
    worth
        What harm, each minor unit and each slot of the journeys that arrive take from a score.
    """

    solution: Solution
    worth: Worth
    slots_a_day: float

    def burden(self, found: Evaluation) -> float:
        """Return what a plan's harm, cost and days take from its score; 0 for who never arrives and is never harmed."""
        if found.arrive == 0.0:
            return -self.worth.harm * found.harm
        by_arrival = (
            self.worth.cost * found.cost_expected_arrived - self.worth.slot * self.slots_a_day * found.days_expected
        )
        return found.arrive * by_arrival - self.worth.harm * found.harm


def balance(process: Process, least_arrive: float) -> Balance:
    """Find the knee of the frontier among the plans that arrive often enough, at a tolerance of 0.01 and with 24 vertices."""
    vertices = frontier(process, tolerance=_TOLERANCE, most=_MOST_VERTICES)
    found = knee(vertices, least_arrive)
    best = vertices[found.index]
    _, harm, cost, day = (max(0.0, rate) for rate in found.rates.tolist())
    return Balance(
        solution=Solution(best.policy, best.arrive, best.arrive, best.harm),
        worth=Worth(harm=-harm, cost=cost, slot=-day * process.day(1)),
        slots_a_day=1.0 / process.day(1),
    )


def vertex_of(plan: Candidate) -> Vertex:
    """Return a plan as a vertex; its days are those of the journeys that arrive."""
    found = plan.evaluation
    return Vertex(found.arrive, found.harm, found.cost_expected, found.days_expected, (1.0, 0.0, 0.0, 0.0), plan.policy)
