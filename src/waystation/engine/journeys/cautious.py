"""The cautious plan: the best arrival that is sure while nature picks the worst chances within bounds."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.abreast import abreast, padded
from waystation.engine.journeys.errors import PolicyMismatchError, UnusableModelError
from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.kernels.cautious import Nature, cautious
from waystation.engine.journeys.kernels.cautious_money import cautious_with_money, sure_of
from waystation.engine.journeys.kernels.lanes import LANES
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process

Floats = NDArray[np.float64]

_MOST_DENSE_LEVELS = 12
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Bounds:
    """Between which bounds nature picks the chances of a process of M moves, N places and C joint levels.

    It picks anew for every decision, level and move, knowing what was decided: the chances of being asked; then, each for
    itself, those of the journey without a demand, with the demand met, and with it refused.

    Attributes
    ----------
    intercepted_low, intercepted_high, turned_back_low, turned_back_high, asked_low, asked_high
        ``(M, C)``, in the order of the process's moves.
    discovered_low, discovered_high
        Per slot of waiting, ``(N, C)``.
    """

    intercepted_low: Floats
    intercepted_high: Floats
    turned_back_low: Floats
    turned_back_high: Floats
    asked_low: Floats
    asked_high: Floats
    discovered_low: Floats
    discovered_high: Floats


def solve_cautious(process: Process, bounds: Bounds, grid: MoneyGrid = NO_MONEY) -> tuple[Policy, float | Floats]:
    """Return a policy with the best arrival that is sure within the bounds, and that arrival.

    The process's own chances are not looked at. Of equal plans leaving beats waiting, then the lower fee.

    Returns
    -------
    policy
        For every state, shaped as in `Policy`; -1 where the group cannot be.
    arrival
        At the start, mean over the start levels. With money in the state: with 0 to B money steps, ``(B + 1,)``, rising.

    Raises
    ------
    UnusableModelError
        If bounds have another shape, are no chances or the wrong way round, or leave a move no chances that sum to 1; if
        conditions are remembered region by region.

    Notes
    -----
    An interval Markov decision process, rectangular by state and action: Givan, Leach and Dean (2000), Bounded-parameter
    Markov decision processes, Artificial Intelligence 122, doi:10.1016/S0004-3702(00)00047-3. Nature's answer is found in
    closed form, as an outcome that is worth nothing is always the worst and only two are left. O(T (M D + N C) C B) time.
    """
    highest, nature = _prepare(process, bounds)
    arrays, moves = prepare(highest, grid), process.moves
    by_fee = np.lexsort((moves.fee, moves.source))
    N, C, T = len(process.places), process.joint_levels, process.slots
    actions = np.full((T, N, C, grid.steps + 1), -1, dtype=np.int16)
    if grid.step == 0:
        wide = abreast(highest, arrays)
        rings = np.zeros((2, int(arrays.ring_start[-1]) * wide.width))
        few = (0,) * C if C <= LANES else ()
        cautious(wide, _flattened(nature, arrays, wide.width), by_fee, few, actions[..., 0], rings)
        begin = int(arrays.ring_start[process.start_place]) * wide.width
        return Policy(actions, grid), float(rings[(T - 1) % 2, begin : begin + C] @ process.start_chance)
    ring = np.zeros((int(arrays.ring_start[-1]), C, 1, grid.steps + 1))
    cautious_with_money(arrays, nature, by_fee, _joint_steps(process), actions, ring)
    return Policy(actions, grid), np.maximum.accumulate(_at_start(process, arrays, ring))


def guaranteed(process: Process, policy: Policy, bounds: Bounds) -> float:
    """Return the arrival a policy is sure of within the bounds, starting with all its money.

    An action that is closed or cannot be paid counts as leading nowhere.

    Raises
    ------
    PolicyMismatchError
        If the policy's shape does not fit the process.
    UnusableModelError
        As in `solve_cautious`.
    """
    states = (process.slots, len(process.places), process.joint_levels, policy.grid.steps + 1)
    if policy.actions.shape != states:
        message = f"a policy of shape {policy.actions.shape} does not fit a process of shape {states}"
        raise PolicyMismatchError(message)
    highest, nature = _prepare(process, bounds)
    arrays = prepare(highest, policy.grid)
    ring = np.zeros((int(arrays.ring_start[-1]), states[2], 1, states[3]))
    sure_of(arrays, nature, _joint_steps(process), policy.actions, ring)
    return float(_at_start(process, arrays, ring)[-1])


def _prepare(process: Process, bounds: Bounds) -> tuple[Process, Nature]:
    """Return the process as if every chance were the highest, so that nothing that can happen is left out, and nature."""
    if process.memory is not None:
        message = "where conditions are remembered region by region there is no cautious plan"
        raise UnusableModelError(message)
    _check(process, bounds)
    moves = replace(
        process.moves,
        intercepted=bounds.intercepted_high,
        turned_back=bounds.turned_back_high,
        asked=bounds.asked_high,
    )
    highest = replace(process, moves=moves, discovered=bounds.discovered_high)
    uncaught = 1.0 - np.minimum(bounds.intercepted_high, 1.0 - bounds.turned_back_low)
    nature = Nature(
        uncaught=uncaught,
        least_turned=np.ascontiguousarray(np.minimum(bounds.turned_back_low, uncaught)),
        most_turned=np.minimum(bounds.turned_back_high, uncaught),
        least_asked=np.ascontiguousarray(bounds.asked_low),
        most_asked=np.ascontiguousarray(bounds.asked_high),
        stays=1.0 - bounds.discovered_high,
    )
    return highest, nature


def _flattened(nature: Nature, arrays: Arrays, width: int) -> Nature:
    """Return nature as the kernel without money takes it."""
    uncaught = np.where(arrays.open_level, nature.uncaught, np.nan)
    return Nature(*(padded(by_level, width) for by_level in nature._replace(uncaught=uncaught)))


def _check(process: Process, bounds: Bounds) -> None:
    moves = process.moves
    pairs = {
        "intercepted": (bounds.intercepted_low, bounds.intercepted_high, moves.intercepted.shape),
        "turned_back": (bounds.turned_back_low, bounds.turned_back_high, moves.turned_back.shape),
        "asked": (bounds.asked_low, bounds.asked_high, moves.asked.shape),
        "discovered": (bounds.discovered_low, bounds.discovered_high, process.discovered.shape),
    }
    for name, (low, high, shape) in pairs.items():
        if low.shape != shape or high.shape != shape:
            message = f"bounds of {name} have the shapes {low.shape} and {high.shape} instead of {shape}"
            raise UnusableModelError(message)
        if not ((low >= 0.0) & (low <= high) & (high <= 1.0)).all():
            message = f"bounds of {name} are no chances, or the lower is above the higher"
            raise UnusableModelError(message)
    total = bounds.intercepted_low + bounds.turned_back_low
    over = np.argwhere((total > 1.0 + _ROUNDING) & moves.open_level)
    if len(over):
        leg = moves.leg[int(over[0, 0])]
        message = f"leg {leg}: the lowest chances of interception and of being turned back exceed 1 together"
        raise UnusableModelError(message)


def _joint_steps(process: Process) -> Floats:
    """Return the joint chain of each slot, ``(T, C, C)``, while that is small; else of no slot."""
    C = process.joint_levels
    if C > _MOST_DENSE_LEVELS:
        return np.zeros((0, C, C))
    return np.array([process.joint_step(slot) for slot in range(process.slots)])


def _at_start(process: Process, arrays: Arrays, ring: Floats) -> Floats:
    """Return the values at the start with 0 to B steps left, ``(B + 1,)``, mean over the start levels."""
    mean: Floats = process.start_chance @ ring[arrays.ring_start[process.start_place], :, 0]
    return mean
