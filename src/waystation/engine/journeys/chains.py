"""How conditions move: the step of one slot, the long run, and where they stand at the start."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.model import Chain, Condition, Observation, neighbour_matrix

_TOLERANCE = 1e-9
_MOST_ITERATIONS = 100

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
    for root in (_root_by_eigenvectors(daily, order), _root_by_newton(daily, order)):
        chances = np.clip(root.real, 0.0, 1.0)
        is_real = np.abs(root - chances).max() < _TOLERANCE
        if is_real and np.abs(np.linalg.matrix_power(chances, order) - daily).max() < _TOLERANCE:
            rows: Matrix = chances / chances.sum(axis=1, keepdims=True)
            return rows
    message = f"the daily matrix has no valid step of {24 // order} hours"
    raise ValueError(message)


def _root_by_eigenvectors(daily: Matrix, order: int) -> NDArray[np.complex128]:
    """Return the principal root, or anything else where the eigenvectors do not span the space."""
    values, vectors = np.linalg.eig(daily.astype(np.complex128))
    try:
        return vectors @ np.diag(values ** (1.0 / order)) @ np.linalg.inv(vectors)
    except np.linalg.LinAlgError:
        return np.full_like(vectors, 2.0)


def _root_by_newton(daily: Matrix, order: int) -> NDArray[np.complex128]:
    """Return the principal root by the coupled Newton iteration, which needs no eigenvectors.

    Iannazzo (2006), On the Newton method for the matrix pth root, SIAM J. Matrix Anal. Appl. 28, doi:10.1137/050624790.
    """
    identity = np.eye(len(daily))
    root, rest = identity.copy(), daily.copy()
    for _ in range(_MOST_ITERATIONS):
        step = ((order - 1) * identity + rest) / order
        if not np.isfinite(step).all() or np.linalg.matrix_rank(step) < len(step):
            break
        root = root @ step
        rest = np.linalg.matrix_power(np.linalg.inv(step), order) @ rest
        if np.abs(rest - identity).max() < 1e-15:
            break
    return np.nan_to_num(root, nan=2.0, posinf=2.0, neginf=2.0).astype(np.complex128)


def joint_steps(steps: Sequence[NDArray[np.float64]], slots: int) -> NDArray[np.float64]:
    """Return the joint chain of several conditions at each slot, ``(T, C, C)``, the last condition fastest.

    Parameters
    ----------
    steps
        For each condition its chain at each slot, ``(T, K_k, K_k)``.
    slots
        T.
    """
    joint: NDArray[np.float64] = np.ones((slots, 1, 1))
    for step in steps:
        size = joint.shape[1] * step.shape[1]
        joint = (joint[:, :, None, :, None] * step[:, None, :, None, :]).reshape(slots, size, size)
    return joint


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

    Raises
    ------
    UnusableModelError
        If what was seen is no level of the condition.
    """
    if seen is None:
        return long_run(condition.chain_in(start.month))
    if seen.level not in condition.levels:
        known = ", ".join(condition.levels)
        message = f"{seen.level} was seen of {condition.id} on {seen.on}, but its levels are {known}: name one of them"
        raise UnusableModelError(message)
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
