"""Beliefs about how long legs take against what they state."""

from collections.abc import Sequence

import numpy as np
from scipy.special import log_ndtr, ndtr

from waystation.engine.learning.chances import COVERAGE, Found
from waystation.engine.learning.evidence import Trip
from waystation.engine.learning.grid import Floats
from waystation.engine.learning.pooling import nothing_own, pool

_EDGES = np.linspace(-3.0, 3.0, 481)
LOG_RATIOS: Floats = (_EDGES[1:] + _EDGES[:-1]) / 2.0
"""Logarithms of the ratio of a leg's days to its stated days in the middle of each cell, ``(K,)``."""

_NOTHING = 1e-150
_OF_THE_MEAN = 0.5
"""Standard deviation of the mean logarithm of a pool beforehand: a factor of 1.6 either way is no surprise."""

_MEANS = np.linspace(-1.5, 1.5, 41)
_SPREADS = np.exp(np.linspace(np.log(0.05), np.log(0.8), 8))


def learn_durations(
    trips: Sequence[Sequence[Trip]], judged: Sequence[tuple[float, float] | None], coverage: float = COVERAGE
) -> tuple[Found, ...]:
    """Return the ratio of the days to the stated days that is believed of each member of a pool.

    Parameters
    ----------
    trips
        The trips of each member; those not over are censored: they took at least so long.
    judged
        What the statement itself is worth: missions, and the spread from passage to passage; None for nothing.

    Returns
    -------
    tuple of Found
        Ratios (1: as stated), and as weight the number of passages that would tell as much.

    Notes
    -----
    A member's mean logarithm is normal around that of the pool; both and the spread between members are learned on a grid.
    """
    shared = np.array([_log_likelihood(each) for each in trips])
    own = nothing_own(len(shared), len(LOG_RATIOS))
    for index, judgement in enumerate(judged):
        if judgement is not None:
            missions, spread = judgement
            own.log_likelihood[index] = -0.5 * missions * (LOG_RATIOS / spread) ** 2
    mean, between = (part.ravel() for part in np.meshgrid(_MEANS, _SPREADS, indexing="ij"))
    mass = np.diff(ndtr((_EDGES - mean[:, None]) / between[:, None]), axis=1)
    mass[mass < _NOTHING] = 0.0
    log_prior = -0.5 * (mean / _OF_THE_MEAN) ** 2
    posterior = pool(mass / mass.sum(axis=1, keepdims=True), shared, own, log_prior=log_prior).member
    return _found(
        posterior, [_spread(each, judgement) for each, judgement in zip(trips, judged, strict=True)], coverage
    )


def _log_likelihood(trips: Sequence[Trip]) -> Floats:
    total = np.zeros(len(LOG_RATIOS))
    for trip in trips:
        away = (trip.log_ratio - LOG_RATIOS) / trip.spread
        total += trip.weight * (-0.5 * away**2 if trip.is_over else log_ndtr(-away))
    return total


def _spread(trips: Sequence[Trip], judged: tuple[float, float] | None) -> float:
    if trips:
        return float(np.mean([trip.spread for trip in trips]))
    return judged[1] if judged is not None else 0.3


def _found(posterior: Floats, spreads: Sequence[float], coverage: float) -> tuple[Found, ...]:
    below = np.cumsum(posterior, axis=1)
    parts = (0.5 - coverage / 2.0, 0.5 + coverage / 2.0)
    found = []
    for row, under, spread in zip(posterior, below, spreads, strict=True):
        low, high = (float(np.exp(np.interp(part, [0.0, *under], _EDGES))) for part in parts)
        mean = float(row @ np.exp(LOG_RATIOS))
        variance = float(row @ LOG_RATIOS**2 - (row @ LOG_RATIOS) ** 2)
        found.append(Found(mean, min(low, mean), max(high, mean), spread**2 / max(variance, 1e-9)))
    return tuple(found)
