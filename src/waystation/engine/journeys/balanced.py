"""The balanced choice: the knee of the frontier, where giving up more arrival begins to buy little."""

from collections.abc import Sequence

from waystation.engine.journeys.candidate import Candidate, confirm, spent_before
from waystation.engine.journeys.frontier import Vertex, frontier, knee
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.policy import Solution
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver

_TOLERANCE = 1e-2
_MOST_VERTICES = 24
_SLACK = 1e-12


def balanced(
    solver: Solver, named: Sequence[Candidate], least_arrive: float, max_harm: float | None = None
) -> Candidate:
    """Return the knee of the frontier among the plans that arrive often enough.

    The frontier is that of `frontier`, at a tolerance of 0.01 and with at most 24 vertices. With money in the state or a cap on
    harm it is the plan that is best at the exchange rates of that knee while it keeps both; where that plan arrives too seldom,
    and where conditions are remembered region by region, it is the knee of the named plans.

    Parameters
    ----------
    named
        The other named plans, the safest first.
    least_arrive
        The least arrival a choice may have.
    """
    if solver.process.memory is None:
        vertices = frontier(solver.process, tolerance=_TOLERANCE, most=_MOST_VERTICES)
        best = vertices[knee(vertices, least_arrive - _SLACK)]
        if solver.grid is NO_MONEY and (max_harm is None or best.harm <= max_harm):
            return _confirmed(solver, best)
        found = confirm(solver, solver.solve(_worth(solver, best), spent_before(solver, named[0].policy)))
        if found.evaluation.arrive >= least_arrive - _SLACK and (max_harm is None or found.evaluation.harm <= max_harm):
            return found
    return named[knee([_vertex(plan) for plan in named], least_arrive - _SLACK)]


def _confirmed(solver: Solver, vertex: Vertex) -> Candidate:
    return confirm(solver, Solution(vertex.policy, vertex.arrive, vertex.arrive, vertex.harm))


def _worth(solver: Solver, vertex: Vertex) -> Worth:
    """Return a vertex's exchange rates as a worth; cost and days are there those of the journeys that arrive."""
    arrive, harm, cost, day = vertex.weights
    return Worth(arrive=arrive, harm=-harm, cost=cost, slot=-day * solver.process.day(1))


def _vertex(plan: Candidate) -> Vertex:
    found = plan.evaluation
    return Vertex(found.arrive, found.harm, found.cost_expected, found.days_expected, (1.0, 0.0, 0.0, 0.0), plan.policy)
