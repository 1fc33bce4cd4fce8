"""Four numbers abreast: what is done alike for four levels at once, so that the machine can do it in one step.

A function of this module is written into the kernel that calls it. Places in arrays are unsigned (`OFFSET`), as Python's
indices from the end would cost more than the arithmetic.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.sweep import MARGIN

LANES = 4
OFFSET = np.uint64
ONE, TWO, THREE, FOUR = OFFSET(1), OFFSET(2), OFFSET(3), OFFSET(4)

Lanes = tuple[float, float, float, float]
Floats = NDArray[np.float64]


def _alike(value: float) -> Lanes:
    return value, value, value, value


alike = njit(cache=True, inline="always")(_alike)


def _take(values: Floats, at: OFFSET) -> Lanes:
    return values[at], values[at + ONE], values[at + TWO], values[at + THREE]


take = njit(cache=True, inline="always")(_take)


def _put(values: Floats, at: OFFSET, new: Lanes) -> None:
    values[at], values[at + ONE], values[at + TWO], values[at + THREE] = new


put = njit(cache=True, inline="always")(_put)


def _add(total: Lanes, weight: float, values: Floats, at: OFFSET) -> Lanes:
    """Return the total and ``weight`` times four values."""
    return (
        total[0] + weight * values[at],
        total[1] + weight * values[at + ONE],
        total[2] + weight * values[at + TWO],
        total[3] + weight * values[at + THREE],
    )


add = njit(cache=True, inline="always")(_add)


def _add_each(total: Lanes, weights: Floats, at: OFFSET, values: Lanes) -> Lanes:
    """Return the total and four values, each with its own weight."""
    return (
        total[0] + weights[at] * values[0],
        total[1] + weights[at + ONE] * values[1],
        total[2] + weights[at + TWO] * values[2],
        total[3] + weights[at + THREE] * values[3],
    )


add_each = njit(cache=True, inline="always")(_add_each)


def _plus(values: Lanes, others: Lanes) -> Lanes:
    return values[0] + others[0], values[1] + others[1], values[2] + others[2], values[3] + others[3]


plus = njit(cache=True, inline="always")(_plus)


def _minus(values: Lanes, others: Lanes) -> Lanes:
    return values[0] - others[0], values[1] - others[1], values[2] - others[2], values[3] - others[3]


minus = njit(cache=True, inline="always")(_minus)


def _at_least_0(values: Lanes) -> Lanes:
    return (
        values[0] if values[0] > 0.0 else 0.0,
        values[1] if values[1] > 0.0 else 0.0,
        values[2] if values[2] > 0.0 else 0.0,
        values[3] if values[3] > 0.0 else 0.0,
    )


at_least_0 = njit(cache=True, inline="always")(_at_least_0)


def _lower(values: Lanes, others: Lanes) -> Lanes:
    return (
        values[0] if values[0] < others[0] else others[0],
        values[1] if values[1] < others[1] else others[1],
        values[2] if values[2] < others[2] else others[2],
        values[3] if values[3] < others[3] else others[3],
    )


lower = njit(cache=True, inline="always")(_lower)


def _better(new: Lanes, old: Lanes) -> tuple[bool, bool, bool, bool]:
    """Return where the new values are better by more than rounding."""
    return new[0] > old[0] + MARGIN, new[1] > old[1] + MARGIN, new[2] > old[2] + MARGIN, new[3] > old[3] + MARGIN


better = njit(cache=True, inline="always")(_better)


def _choose(where: tuple[bool, bool, bool, bool], new: Lanes, old: Lanes) -> Lanes:
    """Return the new value where asked, else the old one, without a branch: guessing wrong would cost more than choosing."""
    return (
        new[0] if where[0] else old[0],
        new[1] if where[1] else old[1],
        new[2] if where[2] else old[2],
        new[3] if where[3] else old[3],
    )


choose = njit(cache=True, inline="always")(_choose)
