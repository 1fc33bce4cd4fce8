"""The distribution of what a journey has spent when it ends, however it ends."""

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.argument import CostPoint
from waystation.engine.journeys.doubt.assumptions import Assumptions
from waystation.engine.journeys.doubt.posterior import chances_by_row
from waystation.engine.journeys.doubt.support import Support
from waystation.engine.journeys.kernels.draws import ARRIVED_KIND, BACK_KIND, END_KIND, LEG_KIND, PAYS_KIND
from waystation.engine.journeys.kernels.links import ON_ASKED, STREAMS
from waystation.engine.journeys.kernels.spending import pass_money
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.kernel import Money

Floats = NDArray[np.float64]

MOST_STEPS = 400
_MOST_ENTRIES = 40_000_000
_CERTAIN = 1.0 - 1e-12
_NOTHING = 1e-15


def spending(
    process: Process, assumptions: Assumptions, support: Support, cost_max: int, grid: MoneyGrid = NO_MONEY
) -> tuple[CostPoint, ...]:
    """Return the chance of having spent at most each amount, rising; the last is the most that any journey spends.

    Parameters
    ----------
    cost_max
        The most that any branch spends, minor units, as the forward pass counts it.
    grid
        The money grid of the policy.

    Notes
    -----
    Where the money left tells what was spent, each state is counted once: O(links) time. Else money is carried along: exactly
    where all prices share a measure that goes at most 400 times into the dearest journey, if not in 400 steps, a price between
    two of them shared between both. That keeps the mean but for what would pass the dearest journey; an amount named is then
    right to within a step for every payment. O(links S) time.
    """
    amounts = np.unique(np.concatenate([support.paid, support.demanded]).astype(np.int64))
    measure = max(1, int(np.gcd.reduce(amounts)))
    caught, turned, asked = (
        table[:, 0] for table in chances_by_row(process, assumptions, support, assumptions.means[:, None])
    )
    if grid.step and measure % grid.step == 0:
        ended = _by_money_left(support, grid, (caught, turned, asked))
        return _points(process, ended, grid.step, cost_max)
    most = max(1, min(MOST_STEPS, _MOST_ENTRIES // max(1, len(support))))
    step = measure if cost_max // measure <= most else cost_max / most
    spent, ended = np.zeros((len(support), round(cost_max / step) + 1)), np.zeros(round(cost_max / step) + 1)
    spent[:, 0] = support.start_chance
    pass_money(
        support.kind,
        support.pair,
        support.paid / step,
        support.demanded / step,
        support.start,
        support.target,
        support.weight,
        caught,
        turned,
        asked,
        spent,
        ended,
    )
    return _points(process, ended, step, cost_max)


def _by_money_left(support: Support, grid: MoneyGrid, chances: tuple[Floats, Floats, Floats]) -> Floats:
    """Return the chance of ending with so many steps spent, ``(B + 1,)``; every price is a whole number of steps."""
    streams = stream_chances(support, *chances)
    totals = np.add.reduceat(np.append(support.weight, 0.0), support.start[:-1]) * (np.diff(support.start) > 0)
    gone = streams * totals.reshape(-1, STREAMS)
    pays = support.kind == PAYS_KIND
    paying = np.where(pays, chances[2][support.pair], 0.0)
    gone_paying = np.where(pays, gone[:, ON_ASKED:].sum(axis=1), 0.0)
    goes_on = ~np.isin(support.kind, (ARRIVED_KIND, END_KIND))
    before = grid.steps - support.left
    after = before + np.where(goes_on, support.paid // grid.step, 0).astype(np.int64)
    more = after + (support.demanded // grid.step).astype(np.int64)
    rest = np.where(goes_on, 1.0 - paying - (gone.sum(axis=1) - gone_paying), 1.0)
    ended: Floats = np.zeros(grid.steps + 1)
    np.add.at(ended, after, support.chance * rest)
    np.add.at(ended, np.minimum(more, grid.steps), support.chance * (paying - gone_paying))
    return ended


def stream_chances(support: Support, caught: Floats, turned: Floats, asked: Floats) -> Floats:
    """Return the chance of each of a state's five streams, ``(n, 5)``, from the chances by row."""
    p, u = caught[support.pair], turned[support.pair]
    q = np.where(support.kind > LEG_KIND, asked[support.pair], 0.0)
    is_back = support.kind == BACK_KIND
    travels = np.where(is_back, 0.0, q)
    streams = np.stack(
        [(1 - q) * (1 - p - u), (1 - q) * u, travels * (1 - p - u), travels * u, np.where(is_back, q, 0.0)], axis=1
    )
    streams[np.isin(support.kind, (ARRIVED_KIND, END_KIND))] = 0.0
    return streams


def _points(process: Process, ended: Floats, step: float, cost_max: int) -> tuple[CostPoint, ...]:
    ended = np.where(ended > _NOTHING, ended, 0.0)
    chance = np.minimum(np.cumsum(ended), 1.0)
    shown = [s for s in np.flatnonzero(ended).tolist() if s == 0 or chance[s - 1] < _CERTAIN]
    points = [CostPoint(Money(round(s * step), process.currency), float(chance[s])) for s in shown]
    while points and points[-1].cost.minor >= cost_max:
        points.pop()
    return (*points, CostPoint(Money(cost_max, process.currency), 1.0))
