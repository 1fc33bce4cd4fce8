"""The likeliest arrival and nothing else: what is asked again for every change."""

from datetime import date

from waystation.engine.journeys.build import build
from waystation.engine.journeys.effort import within_effort
from waystation.engine.journeys.eligibility import require_eligible
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.harm_cap import safest_within
from waystation.engine.journeys.money import choose_grid, finer_grid
from waystation.engine.journeys.policy import Solution
from waystation.engine.journeys.process import Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Caps, Group, Network, convert
from waystation.kernel import Money


def likeliest_arrival(network: Network, group: Group, caps: Caps, start: date) -> float:
    """Return the arrival of a group's safest plan under its caps; 0 when there is none.

    Raises
    ------
    GroupRefusedError
        If a rule forbids planning for the group.
    UnusableModelError, MissingRateError
        If the network cannot be made into a decision process.
    """
    require_eligible(group)
    return arrival_within(network, build(network, group, start, caps.days).process, caps)


def arrival_within(network: Network, process: Process, caps: Caps) -> float:
    """Return the arrival of the safest plan within the caps for a process of the network; 0 when there is none."""
    budget = None
    if caps.budget is not None:
        budget = convert(caps.budget, network.currency, network.rates, network.as_of, is_budget=True)
    return _arrival(within_effort(network, process, caps.walk_hours), budget, caps.max_harm)


def _arrival(process: Process, budget: Money | None, max_harm: float | None) -> float:
    free = safest_within(Solver(process), max_harm).solution
    if budget is None or (free is not None and follow(process, free.policy).evaluation.cost_max <= budget.minor):
        return _arrive(free)
    within = safest_within(Solver(process, choose_grid(process, budget.minor)), max_harm).solution
    if within is None:
        within = safest_within(Solver(process, finer_grid(process, budget.minor)), max_harm).solution
    return _arrive(within)


def _arrive(solution: Solution | None) -> float:
    return 0.0 if solution is None else solution.arrive
