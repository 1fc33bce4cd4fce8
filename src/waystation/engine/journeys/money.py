import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.process import MoneyGrid, Process

MOST_STEPS = 400
_FEWEST_STEPS = 120
_MOST_CANDIDATES = 20_000
_FINER = 16
_MOST_STATES = 100_000_000


def choose_grid(process: Process, budget: int, most: int | None = None) -> MoneyGrid:
    """Choose the money steps for a budget of ``budget`` minor units, at most ``most`` (400, or fewer beside walked hours).

    The greatest common divisor of all prices loses nothing and is taken where it is coarse enough. Otherwise, among steps
    that give between half of ``most`` and ``most``, the one that rounding up loses least with (the budget's remainder
    included; of equals the smallest).
    """
    most = _most_steps(process) if most is None else most
    prices = _prices(process)
    if budget == 0 or not len(prices):
        return MoneyGrid(step=max(1, budget), steps=min(1, budget))
    divisor = int(np.gcd.reduce(prices))
    if budget // divisor <= most:
        return MoneyGrid(step=divisor, steps=budget // divisor)
    coarsest = -(-budget // most)
    stride = max(1, coarsest // _MOST_CANDIDATES)
    candidates = np.arange(coarsest, 2 * coarsest, stride, dtype=np.int64)
    lost = (-prices[:, None] % candidates).sum(axis=0) + budget % candidates
    step = int(candidates[np.argmin(lost)])
    return MoneyGrid(step=step, steps=budget // step)


def _most_steps(process: Process) -> int:
    """Return how many steps there may be: fewer where each place stands in the process once for every number of hours walked."""
    return max(_FEWEST_STEPS, MOST_STEPS * len(set(process.places)) // len(process.places))


def finer_grid(process: Process, budget: int) -> MoneyGrid:
    """Choose money steps as `choose_grid` does, up to 16 times as many, as far as memory allows.

    For the case in which the coarser rounding hides the one way that can just be paid.
    """
    states = process.slots * len(process.places) * process.joint_levels
    return choose_grid(process, budget, min(MOST_STEPS * _FINER, max(MOST_STEPS, _MOST_STATES // states)))


def _prices(process: Process) -> NDArray[np.int64]:
    """Return every different price above 0 that a journey can meet."""
    met = process.moves.demand[process.moves.asked.max(axis=1, initial=0.0) > 0.0]
    prices = np.unique(np.concatenate([process.stay_fee[process.may_wait], process.moves.fee, met]))
    return prices[prices > 0]
