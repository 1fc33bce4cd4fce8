"""The balanced choice: the knee of the frontier, where giving up more arrival begins to buy little."""

from collections.abc import Callable, Sequence

from waystation.engine.journeys.candidate import Candidate, confirm
from waystation.engine.journeys.frontier import Vertex, frontier, knee
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.plan import Evaluation
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

    Without money in the state and without a cap on harm the frontier is that of `frontier`, at a tolerance of 0.01 and with at
    most 24 vertices. Else it is made of the named plans and of one between them, which weighs harm and days at half of what a
    named plan gives up for them.

    Parameters
    ----------
    named
        The other named plans, the safest first.
    least_arrive
        The least arrival a choice may have.
    """
    if solver.grid is NO_MONEY and solver.process.memory is None and max_harm is None:
        vertices = frontier(solver.process, tolerance=_TOLERANCE, most=_MOST_VERTICES)
        best = vertices[knee(vertices, least_arrive - _SLACK)]
        return confirm(solver, Solution(best.policy, best.arrive, best.arrive, best.harm))
    plans = [*named, confirm(solver, _between(solver, named))]
    kept = [plan for plan in plans if max_harm is None or plan.evaluation.harm <= max_harm + _SLACK]
    return kept[knee([_vertex(plan) for plan in kept], least_arrive - _SLACK)]


def _between(solver: Solver, named: Sequence[Candidate]) -> Solution:
    """Solve for a worth between arrival, harm and days: half the least that a named plan gives up for either."""
    slots = 24 / solver.process.slot_hours

    def price(measure: Callable[[Evaluation], float]) -> float:
        safest, *others = (plan.evaluation for plan in named)
        gains = [(safest.arrive - each.arrive, measure(safest) - measure(each)) for each in others]
        return 0.5 * min((given / gained for given, gained in gains if gained > _SLACK), default=0.0)

    harm, slot = price(lambda each: each.harm), price(lambda each: slots * each.days_expected * each.arrive)
    return solver.solve(Worth(harm=-max(0.0, harm), slot=-max(0.0, slot)))


def _vertex(plan: Candidate) -> Vertex:
    found = plan.evaluation
    return Vertex(found.arrive, found.harm, found.cost_expected, found.days_expected, (1.0, 0.0, 0.0, 0.0), plan.policy)
