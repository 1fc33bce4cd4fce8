"""The reference semantics' numbers, worked out a second time: durations, roots, odds, prices.

Nothing here comes from the planner; only the vocabulary is shared. Fractions are used wherever the inputs are decimals, so
that rounding up means what it says.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, prod

import numpy as np
from numpy.typing import NDArray

from waystation.engine.model import Chain, Condition, Days, LevelFactor, Network
from waystation.kernel import Money, decimals_of

Matrix = NDArray[np.float64]


def written(number: float) -> Fraction:
    """Read a float as the decimal a person wrote."""
    return Fraction(repr(float(number)))


def share_by(low: Fraction, likely: Fraction, high: Fraction, x: Fraction) -> Fraction:
    """Return the chance that a triangular duration is at most x."""
    if x <= low:
        return Fraction(0)
    if x >= high:
        return Fraction(1)
    if x <= likely:
        return (x - low) ** 2 / ((high - low) * (likely - low))
    return 1 - (high - x) ** 2 / ((high - low) * (high - likely))


def duration_chances(days: Days, slot_hours: int) -> dict[int, float]:
    """Return the chance of each whole number of slots, at least one."""
    low, likely, high = written(days.low), written(days.likely), written(days.high)
    slot = Fraction(slot_hours, 24)
    if low == high:
        return {max(1, ceil(low / slot)): 1.0}
    chances = {
        d: share_by(low, likely, high, d * slot) - share_by(low, likely, high, (d - 1) * slot)
        for d in range(1, ceil(high / slot) + 1)
    }
    return {d: float(chance) for d, chance in chances.items() if chance > 0}


def by_odds(chance: float, factors: Iterable[float]) -> float:
    """Multiply the odds of a chance by factors."""
    if chance >= 1.0:
        return 1.0
    odds = chance / (1.0 - chance) * prod(factors)
    return odds / (1.0 + odds)


def at_levels(
    chance: float, factors: Sequence[LevelFactor], levels: dict[str, str], more: Sequence[float] = ()
) -> float:
    """Return a chance while the conditions stand at given levels (by condition)."""
    active = [factor.factor for factor in factors if levels.get(factor.at.condition) == factor.at.level]
    return by_odds(chance, [*active, *more])


def root(matrix: Matrix, degree: int) -> Matrix:
    """Return the principal root of a stochastic matrix by a coupled Newton iteration (Iannazzo 2006)."""
    size = len(matrix)
    found, rest, eye = np.eye(size), np.array(matrix), np.eye(size)
    for _ in range(200):
        factor = ((degree - 1) * eye + rest) / degree
        found = found @ factor
        inverse = np.linalg.inv(factor)
        rest = np.linalg.matrix_power(inverse, degree) @ rest
        if np.abs(rest - eye).max() < 1e-15:
            break
    if np.abs(np.linalg.matrix_power(found, degree) - matrix).max() > 1e-12 or found.min() < -1e-12:
        message = "this matrix has no root that is a chain"
        raise ValueError(message)
    clean = np.maximum(found, 0.0)
    return np.asarray(clean / clean.sum(axis=1, keepdims=True))


def slot_matrix(chain: Chain, slot_hours: int) -> Matrix:
    """Return how a condition moves in one slot."""
    if slot_hours == 24 or len(chain.matrix) == 1:
        return np.array(chain.matrix)
    if chain.persistence is None:
        return root(np.array(chain.matrix), 24 // slot_hours)
    size, stay = len(chain.matrix), chain.persistence ** (slot_hours / 24)
    step = np.zeros((size, size))
    for level in range(size):
        beside = [other for other in (level - 1, level + 1) if 0 <= other < size]
        step[level, level] = stay
        for other in beside:
            step[level, other] = (1 - stay) / len(beside)
    return step


def long_run(chain: Chain) -> Matrix:
    """Return the stationary distribution of a chain."""
    matrix = np.array(chain.matrix)
    size = len(matrix)
    equations = np.vstack([matrix.T - np.eye(size), np.ones((1, size))])
    return np.asarray(np.linalg.lstsq(equations, np.append(np.zeros(size), 1.0), rcond=None)[0])


def start_levels(condition: Condition, network: Network, start: date) -> Matrix:
    """Return the chance of each level on the day of the start: the last observation carried forward day by day."""
    seen = [o for o in network.observations if o.condition == condition.id and o.on <= start]
    if not seen:
        return long_run(condition.chain_in(start.month))
    last = max(seen, key=lambda observation: observation.on)
    size = len(condition.levels)
    if size == 1:
        return np.ones(1)
    share = np.full(size, (1 - last.confidence) / (size - 1))
    share[condition.levels.index(last.level)] = last.confidence
    day = last.on
    while day < start:
        share = share @ np.array(condition.chain_in(day.month).matrix)
        day += timedelta(days=1)
    return share


def in_minor(amount: Money, network: Network) -> int:
    """Return an amount in the network's currency, minor units, at the newest rate known, rounded up."""
    if amount.currency == network.currency:
        return amount.minor
    pair = {amount.currency, network.currency}
    usable = [rate for rate in network.rates if {rate.base, rate.quote} == pair and rate.on <= network.as_of]
    newest = max(usable, key=lambda rate: rate.on)
    dated = Fraction(newest.rate)
    rate = dated if newest.base == amount.currency else 1 / dated
    minor = amount.minor * rate * Fraction(10) ** (decimals_of(network.currency) - decimals_of(amount.currency))
    return ceil(minor)
