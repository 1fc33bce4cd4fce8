"""From beliefs to the bounds within which nature may pick: equal-tailed intervals of each belief's Beta distribution."""

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.cautious import Bounds
from waystation.engine.journeys.doubt.assumptions import Assumptions
from waystation.engine.journeys.process import Process

Floats = NDArray[np.float64]


def belief_bounds(process: Process, assumptions: Assumptions, coverage: float) -> Bounds:
    """Return the bounds of every chance of a process when each belief may be anywhere in its interval.

    Where a belief is so lopsided that its mean lies outside the interval, the interval is widened to hold it: to be cautious
    is never to fear less than what is believed.

    Parameters
    ----------
    coverage
        The chance that each interval covers, in (0, 1); as much is left out on either side.
    """
    moves = process.moves
    low = np.minimum(quantile(assumptions, (1.0 - coverage) / 2.0), assumptions.means)
    high = np.maximum(quantile(assumptions, (1.0 + coverage) / 2.0), assumptions.means)
    rests = (assumptions.discovered.assumption >= 0)[:, None]

    def discovered(values: Floats) -> Floats:
        daily = assumptions.discovered.chances(values, np.zeros_like(process.discovered))
        return np.where(rests, assumptions.slot_chance(daily), process.discovered)

    return Bounds(
        intercepted_low=assumptions.intercepted.chances(low, moves.intercepted),
        intercepted_high=assumptions.intercepted.chances(high, moves.intercepted),
        turned_back_low=assumptions.turned_back.chances(low, moves.turned_back),
        turned_back_high=assumptions.turned_back.chances(high, moves.turned_back),
        asked_low=assumptions.asked.chances(low, moves.asked),
        asked_high=assumptions.asked.chances(high, moves.asked),
        discovered_low=discovered(low),
        discovered_high=discovered(high),
    )


def quantile(assumptions: Assumptions, chance: float) -> Floats:
    """Return the value that each belief lies below with a chance, ``(A,)``."""
    from scipy.special import betaincinv  # takes longer to load than a journey to plan, and is seldom needed

    means = assumptions.means
    weights = np.array([item.belief.weight for item in assumptions.items], dtype=np.float64)
    below: Floats = betaincinv(means * weights, (1.0 - means) * weights, chance)
    return below
