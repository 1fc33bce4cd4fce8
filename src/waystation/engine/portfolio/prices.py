"""What a unit of each row is worth at the margin, and a bound that no choice passes."""

from dataclasses import dataclass

import highspy
import numpy as np

from waystation.engine.portfolio.instance import Floats, Instance, Ints
from waystation.engine.portfolio.kernels.ascent import relax
from waystation.engine.portfolio.quiet import QuietHighs

_INTEGRAL = 1e-6
_FIRST_STEP, _LAST_STEP = 0.1, 0.001
_MANY_ROUNDS, _FEW_ROUNDS, _LARGE = 1_000, 300, 2_000_000


@dataclass(frozen=True, eq=False)
class Prices:
    """Prices of the rows, and the bound they prove.

    Attributes
    ----------
    price
        Value per unit of each row, ``(R,)``, at least 0.
    bound
        The Lagrangian at these prices: no choice of this instance is worth more, whatever the prices.
    share
        What the linear programme takes of each column, ``(J,)``; by the ascent about so.
    """

    price: Floats
    bound: float
    share: Floats

    @property
    def is_integral(self) -> bool:
        """Whether the linear programme takes whole columns only, so that its answer is a choice."""
        return bool(len(self.share)) and bool((np.abs(self.share - np.round(self.share)) < _INTEGRAL).all())


def promised_value(instance: Instance) -> Floats:
    """Return the columns' values with a bonus for who was promised a journey, ``(J,)``: each outweighs all others together."""
    if not instance.promised.any():
        return instance.value
    best = np.zeros(instance.units)
    np.maximum.at(best, instance.unit, instance.value)
    bonus: Floats = instance.value + (1.0 + best.sum()) * instance.promised[instance.unit]
    return bonus


def bound_at(instance: Instance, price: Floats) -> tuple[float, Floats, Ints]:
    """Return the Lagrangian bound at some prices, each unit's best column or -1, ``(U,)``, and what these would use, ``(R,)``.

    Returned in the order bound, use, columns.
    """
    load, taken = np.zeros(len(instance.capacity)), np.empty(instance.units, dtype=np.int64)
    uses = (instance.start, instance.row, instance.use)
    bound = relax(instance.first, *uses, instance.value, price, instance.capacity, load, taken)
    return float(bound), load, taken


def model_of(instance: Instance, *, whole: bool) -> highspy.HighsLp:
    """Return the choice as HiGHS takes it: a row for each unit (at most one column), then the rows, scaled by `scales`.

    Parameters
    ----------
    whole
        Whether columns are taken wholly or not at all; else in parts.
    """
    J, U, R = len(instance.value), instance.units, len(instance.capacity)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = J, U + R
    model.col_cost_, model.col_lower_, model.col_upper_ = instance.value, np.zeros(J), np.ones(J)
    model.row_lower_ = np.full(U + R, -highspy.kHighsInf)
    model.row_upper_ = np.concatenate([np.ones(U), instance.capacity / scales(instance)])
    model.sense_ = highspy.ObjSense.kMaximize
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    at = instance.start[:-1]
    model.a_matrix_.start_ = (instance.start + np.arange(J + 1)).astype(np.int32)
    model.a_matrix_.index_ = np.insert(instance.row + U, at, instance.unit).astype(np.int32)
    model.a_matrix_.value_ = np.insert(instance.use / scales(instance)[instance.row], at, 1.0)
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * J
    return model


def scales(instance: Instance) -> Floats:
    """Return the largest use of each row, ``(R,)``, or 1: money in cents beside people would be more than HiGHS can bear."""
    largest = np.zeros(len(instance.capacity))
    np.maximum.at(largest, instance.row, instance.use)
    return np.where(largest > 0.0, largest, 1.0)


def linear_prices(instance: Instance) -> Prices:
    """Solve the linear relaxation by HiGHS: its simplex, where that gives up its interior points, then the ascent.

    Whatever the prices, the bound that is returned holds.
    """
    if not len(instance.value):
        return Prices(np.zeros(len(instance.capacity)), 0.0, np.zeros(0))
    solver = QuietHighs()
    solver.passModel(model_of(instance, whole=False))
    for method in ("simplex", "ipm"):
        solver.setOptionValue("solver", method)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            break
    else:
        return ascended_prices(instance, _MANY_ROUNDS)
    solution = solver.getSolution()
    dual = np.array(solution.row_dual, dtype=np.float64)[instance.units :]
    price = np.abs(dual) / scales(instance)
    return Prices(price, bound_at(instance, price)[0], np.array(solution.col_value, dtype=np.float64))


def ascended_prices(instance: Instance, rounds: int | None = None) -> Prices:
    """Find prices by a subgradient descent on the Lagrangian, for instances too large for the linear programme.

    Each row's step is scaled by the gradients it has seen: Kingma and Ba (2015), Adam, arXiv:1412.6980. In the last third units'
    choices are averaged, which approaches what the linear programme takes of each column: Barahona and Anbil (2000), The volume
    algorithm, doi:10.1007/s101070050002.

    Notes
    -----
    O(uses) time a round. The bound holds whatever the prices.
    """
    rounds = (_MANY_ROUNDS if len(instance.row) < _LARGE else _FEW_ROUNDS) if rounds is None else rounds
    J, capacity = len(instance.value), instance.capacity
    scale = np.maximum(capacity, 1e-9)
    worth, mean, square = (np.zeros(len(capacity)) for _ in range(3))  # of a whole row's capacity
    unit = float(instance.value.max(initial=0.0)) * instance.units / max(1, len(capacity))
    best_bound, best_price, share = np.inf, worth, np.zeros(J)
    averaged = range(2 * rounds // 3, rounds)
    for turn in range(rounds):
        price = worth / scale
        bound, load, taken = bound_at(instance, price)
        if bound < best_bound:
            best_bound, best_price = bound, price
        if turn in averaged:
            share[taken[taken >= 0]] += 1.0 / len(averaged)
        slope = (load - capacity) / scale
        mean, square = 0.9 * mean + 0.1 * slope, 0.98 * square + 0.02 * slope * slope
        step = _FIRST_STEP * (_LAST_STEP / _FIRST_STEP) ** (turn / rounds) * unit
        pull = mean / (1.0 - 0.9 ** (turn + 1)) / (np.sqrt(square / (1.0 - 0.98 ** (turn + 1))) + 1e-6)
        worth = np.maximum(0.0, worth + step * pull)
    return Prices(best_price, best_bound, share)
