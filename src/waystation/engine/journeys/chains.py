"""How conditions move: the step of one slot, the long run, and where they stand at the start."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from waystation.engine.model import Chain, Condition, Observation, neighbour_matrix

_TOLERANCE = 1e-9

Matrix = NDArray[np.float64]


def slot_step(chain: Chain, slot_hours: int) -> Matrix:
    """Return the chance of going from level a to level b in one slot, ``(K, K)``, row-stochastic.

    A chain given by its persistence s keeps its level for a slot with chance s^(slot_hours / 24). A daily matrix is
    replaced by its principal root.

    Parameters
    ----------
    slot_hours
        A divisor of 24.

    Raises
    ------
    ValueError
        If the daily matrix has no root that is a matrix of chances.
    """
    if chain.persistence is not None:
        return np.array(neighbour_matrix(len(chain.matrix), chain.persistence ** (slot_hours / 24)))
    daily = np.array(chain.matrix, dtype=np.float64)
    if slot_hours == 24:
        return daily
    return _stochastic_root(daily, 24 // slot_hours)


def _stochastic_root(daily: Matrix, order: int) -> Matrix:
    values, vectors = np.linalg.eig(daily.astype(np.complex128))
    try:
        root = vectors @ np.diag(values ** (1.0 / order)) @ np.linalg.inv(vectors)
    except np.linalg.LinAlgError:
        root = np.full_like(vectors, np.nan)
    chances = np.clip(root.real, 0.0, 1.0)
    valid = np.abs(root - chances).max() < _TOLERANCE
    if not valid or np.abs(np.linalg.matrix_power(chances, order) - daily).max() > _TOLERANCE:
        message = f"the daily matrix has no valid step of {24 // order} hours"
        raise ValueError(message)
    rows: Matrix = chances / chances.sum(axis=1, keepdims=True)
    return rows


def long_run(chain: Chain) -> Matrix:
    """Return the long-run share of each level, ``(K,)``; with several closed classes, their mean from all levels alike."""
    levels = len(chain.matrix)
    lazy = (np.array(chain.matrix, dtype=np.float64) + np.eye(levels)) / 2.0
    for _ in range(60):
        lazy = lazy @ lazy
        lazy /= lazy.sum(axis=1, keepdims=True)
    share: Matrix = lazy.mean(axis=0)
    share /= share.sum()
    return share


def newest_observation(condition: str, observations: Iterable[Observation], start: date) -> Observation | None:
    """Return the last observation of a condition on or before the start (of one day, the one given last), or None."""
    usable = [seen for seen in observations if seen.condition == condition and seen.on <= start]
    return max(reversed(usable), key=lambda seen: seen.on) if usable else None


def start_chances(condition: Condition, seen: Observation | None, start: date) -> Matrix:
    """Return the chance of each level on the day of the start, ``(K,)``.

    The observation is carried forward day by day by the condition's chain; without one it is the long-run share.
    """
    if seen is None:
        return long_run(condition.chain_in(start.month))
    levels = len(condition.levels)
    chances = np.zeros(levels)
    if levels > 1:
        chances[:] = (1.0 - seen.confidence) / (levels - 1)
    chances[condition.levels.index(seen.level)] = seen.confidence if levels > 1 else 1.0
    for offset in range((start - seen.on).days):
        month = (seen.on + timedelta(days=offset)).month
        chances = chances @ np.array(condition.chain_in(month).matrix, dtype=np.float64)
    total: Matrix = chances / chances.sum()
    return total
