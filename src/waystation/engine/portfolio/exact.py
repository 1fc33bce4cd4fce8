"""The choice solved to the end by HiGHS, for small and roomy instances."""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from waystation.engine.portfolio.instance import Instance, Ints
from waystation.engine.portfolio.prices import Prices, bound_at, model_of
from waystation.engine.portfolio.quiet import QuietHighs

_TAKEN = 0.5


@dataclass(frozen=True, eq=False)
class Solved:
    """What HiGHS found: each unit's column or -1, ``(U,)``, and a bound it proved."""

    chosen: Ints
    bound: float


def solve_exactly(instance: Instance, known: Ints, seconds: float, gap: float = 0.0, nodes: int = 2**30) -> Solved:
    """Let HiGHS improve a choice that is known, until it proves it within the gap, or time or nodes are used up.

    Parameters
    ----------
    known
        Each unit's column or -1, ``(U,)``: where HiGHS begins.
    seconds
        Of HiGHS's own clock, at most.
    gap
        Relative; the search ends when the bound is so near.
    """
    solver = QuietHighs()
    for option, setting in (
        ("time_limit", float(seconds)),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", 1e-9),
        ("mip_max_nodes", nodes),
    ):
        solver.setOptionValue(option, setting)
    solver.passModel(model_of(instance, whole=True))
    begin = highspy.HighsSolution()
    taken = np.zeros(len(instance.value))
    taken[known[known >= 0]] = 1.0
    begin.col_value = taken.tolist()
    solver.setSolution(begin)
    solver.run()
    info = solver.getInfo()
    found: NDArray[np.float64] = np.array(solver.getSolution().col_value, dtype=np.float64)
    chosen = np.full(instance.units, -1, dtype=np.int64)
    if len(found):
        columns = np.flatnonzero(found > _TAKEN)
        chosen[instance.unit[columns]] = columns
    return Solved(chosen if len(found) else known, float(info.mip_dual_bound))


def solve_what_is_open(
    instance: Instance, known: Ints, prices: Prices, seconds: float, gap: float, nodes: int = 2**30
) -> Solved:
    """Do as `solve_exactly` over the columns alone that a better choice than the known one may take.

    At any prices a choice with column j of unit u is worth at most the bound less what j falls short of the best of u: a column
    that falls short by more than bound less value is in no better choice (reduced cost fixing; Nemhauser and Wolsey 1988,
    Integer and Combinatorial Optimization, II.5.4).

    Parameters
    ----------
    prices
        Whose bound and value lie near each other; otherwise little is left out.
    """
    value = float(instance.value[known[known >= 0]].sum())
    bound = bound_at(instance, prices.price)[0]
    left = instance.priced(prices.price)
    best = np.zeros(instance.units)
    np.maximum.at(best, instance.unit, left)
    open_ = best[instance.unit] - left <= bound - value + 1e-9 * max(1.0, abs(bound))
    open_[known[known >= 0]] = True
    columns = np.flatnonzero(open_)
    small = instance.of_columns(columns)
    inside = np.full(len(left), -1, dtype=np.int64)
    inside[columns] = np.arange(len(columns))
    solved = solve_exactly(small, np.where(known >= 0, inside[known], -1), seconds, gap, nodes)
    chosen = np.where(solved.chosen >= 0, columns[solved.chosen], -1).astype(np.int64)
    return Solved(chosen, min(bound, max(solved.bound, value)))
