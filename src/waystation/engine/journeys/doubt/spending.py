"""The distribution of what a journey has spent when it ends, however it ends."""

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.argument import CostPoint
from waystation.engine.journeys.doubt.assumptions import Assumptions
from waystation.engine.journeys.doubt.posterior import chances_by_row
from waystation.engine.journeys.doubt.support import Support
from waystation.engine.journeys.kernels.spending import pass_money
from waystation.engine.journeys.process import Process
from waystation.kernel import Money

Floats = NDArray[np.float64]

MOST_STEPS = 400
_MOST_ENTRIES = 40_000_000
_CERTAIN = 1.0 - 1e-12


def spending(process: Process, assumptions: Assumptions, support: Support, cost_max: int) -> tuple[CostPoint, ...]:
    """Return the chance of having spent at most each amount, rising; the last is the most that any journey spends.

    Parameters
    ----------
    cost_max
        The most that any branch spends, minor units, as the forward pass counts it.

    Notes
    -----
    Exact where all prices share a measure that goes at most 400 times into the dearest journey. Else money is counted in 400
    steps and a price between two of them is shared between both, which keeps the mean but for what would pass the dearest
    journey; an amount named is then right to within a step for every payment of the journey. O(links S) time.
    """
    amounts = np.unique(np.concatenate([support.paid, support.demanded]).astype(np.int64))
    measure = max(1, int(np.gcd.reduce(amounts)))
    most = max(1, min(MOST_STEPS, _MOST_ENTRIES // max(1, len(support))))
    step = measure if cost_max // measure <= most else cost_max / most
    steps = round(cost_max / step)
    caught, turned, asked = chances_by_row(process, assumptions, support, assumptions.means[:, None])
    spent, ended = np.zeros((len(support), steps + 1)), np.zeros(steps + 1)
    spent[:, 0] = support.start_chance
    pass_money(
        support.kind,
        support.pair,
        support.paid / step,
        support.demanded / step,
        support.start,
        support.target,
        support.weight,
        caught[:, 0],
        turned[:, 0],
        asked[:, 0],
        spent,
        ended,
    )
    chance = np.minimum(np.cumsum(ended), 1.0)
    chance[-1] = 1.0
    shown = [s for s in np.flatnonzero(ended > 0.0).tolist() if s == 0 or chance[s - 1] < _CERTAIN]
    points = [CostPoint(Money(round(s * step), process.currency), float(chance[s])) for s in shown]
    if points and points[-1].cost.minor < cost_max:
        points.append(CostPoint(Money(cost_max, process.currency), 1.0))
    return tuple(points)
