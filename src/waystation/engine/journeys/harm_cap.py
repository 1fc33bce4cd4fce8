"""The likeliest arrival whose chance of harm keeps within a cap."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.policy import Policy, Solution
from waystation.engine.journeys.solve import Solver

_MOST_VERTICES = 40
_SLACK = 1e-12


@dataclass(frozen=True, eq=False)
class Capped:
    """The safest plan within a cap on harm (None when there is none).

    Attributes
    ----------
    harm_price
        The arrival that one unit of harm is worth at the cap; 0 when the cap does not bind.
    least_harm
        When there is no plan: the harm of the supported plan with the least that arrives at all (None: nothing arrives).
    """

    solution: Solution | None
    harm_price: float = 0.0
    least_harm: float | None = None


def safest_within(solver: Solver, max_harm: float | None) -> Capped:
    """Find the likeliest arrival with P(harm) at most ``max_harm`` (None: no cap).

    The price of harm is raised until two supported plans are left, one over the cap and one within. Both are best at that
    price, and so is every plan that follows one of them in some states and the other in the rest: among those the one that
    fills the cap best is taken. It tosses no coin; what decides is where and when the group is.
    """
    above = solver.solve(Worth())
    if above.arrive <= 0.0:
        return Capped(None)
    if max_harm is None or _harm(above) <= max_harm + _SLACK:
        return Capped(above)
    below = solver.solve(Worth(arrive=0.0, harm=-1.0))
    if _harm(below) > max_harm + _SLACK:
        return Capped(None, least_harm=_harm(below) if below.arrive > 0.0 else _harm(above))
    price = 0.0
    for _ in range(_MOST_VERTICES):
        price = (above.arrive - below.arrive) / (_harm(above) - _harm(below))
        between = solver.solve(Worth(harm=-price))
        if between.score <= above.arrive - price * _harm(above) + _SLACK * max(1.0, price):
            break
        if _harm(between) <= max_harm + _SLACK:
            below = between
        else:
            above = between
    best = _fill(solver, above, below, max_harm)
    if best.arrive <= 0.0:
        return Capped(None, least_harm=_harm(above))
    return Capped(best, price)


def _fill(solver: Solver, above: Solution, below: Solution, max_harm: float) -> Solution:
    """Follow ``below`` in as few states as keep the harm within the cap, the latest first, and ``above`` in the rest.

    So the plan reads as a deadline: until a day the one, from then on the other.
    """
    best = below
    apart = np.argwhere(above.policy.actions != below.policy.actions)[::-1]
    few, many = 0, len(apart)
    while many - few > 1:
        half = (few + many) // 2
        mixed = _mix(solver, above.policy, below.policy, apart[:half])
        if _harm(mixed) <= max_harm + _SLACK:
            many = half
            best = max(best, mixed, key=lambda each: each.arrive)
        else:
            few = half
    return best


def _mix(solver: Solver, policy: Policy, other: Policy, states: NDArray[np.int64]) -> Solution:
    at = tuple(states.T)
    actions = policy.actions.copy()
    actions[at] = other.actions[at]
    mixed = Policy(actions, policy.grid)
    found = follow(solver.process, mixed, solver.arrays).evaluation
    return Solution(mixed, found.arrive, found.arrive, found.harm)


def _harm(solution: Solution) -> float:
    """Return the harm of a solution that was asked for it."""
    assert solution.harm is not None
    return solution.harm
