"""Beliefs about one chance of the legs or partners of one pool."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from waystation.engine.learning.grid import CHANCES, Family, Floats, family, moments, quantile
from waystation.engine.learning.pooling import Own, Pooled, family_posterior, pool
from waystation.engine.learning.tally import Tally
from waystation.engine.model import LearningRules, Stated

COVERAGE = 0.8

_COARSE, _FINE = (48, 6), (32, 10)
"""Means and concentrations of the first look and of the second, which is as wide as the first found necessary."""

_WIDEST = np.pi / 2.0
"""The angle of the chance 1."""

_NEGLIGIBLE = np.exp(-14.0)


@dataclass(frozen=True, slots=True)
class Found:
    """What is believed of one member: mean, interval, and the weight of the Beta with that mean and variance."""

    mean: float
    low: float
    high: float
    weight: float


def learn_chances(
    tallies: Sequence[Tally], judged: Sequence[Stated | None], rules: LearningRules, coverage: float = COVERAGE
) -> tuple[Found, ...]:
    """Return what is believed of one chance of each member of a pool.

    Parameters
    ----------
    tallies
        What happened to each member.
    judged
        What people judge of each, as a chance and missions' worth, capped already; None where nobody did.
    coverage
        Of the intervals, in (0, 1); as much is left out on either side.

    Notes
    -----
    Each member's chance comes from a Beta whose mean and concentration are not known (Jeffreys' prior on the mean, uniform in the
    logarithm of the concentration) and are learned from what happened to all members. Empirical Bayes, with the doubt about the
    Beta itself kept by a sum over a grid.
    """
    posterior = pooled(tallies, judged, rules).member
    mean, weight = moments(posterior)
    low, high = (quantile(posterior, part) for part in (0.5 - coverage / 2.0, 0.5 + coverage / 2.0))
    low, high = np.minimum(low, mean), np.maximum(high, mean)
    return tuple(Found(*map(float, row)) for row in zip(mean, low, high, weight, strict=True))


def pooled(tallies: Sequence[Tally], judged: Sequence[Stated | None], rules: LearningRules) -> Pooled:
    """Return the posterior of each member of a pool over the cells of the grid."""
    alone = np.array([tally.known() for tally in tallies])
    if any(tally.near for tally in tallies):  # where nobody writes near misses down, their absence says nothing
        alone += np.array([tally.near_misses(rules) for tally in tallies])
    shared = alone + np.array([tally.silence() for tally in tallies])
    return pool(fitting(shared).mass, shared, _own(tallies, judged), alone)


def fitting(shared: Floats) -> Family:
    """Return the grid of Betas that what happened leaves likely, found by a first look at all of them."""
    first = _coarse()
    by_mean = family_posterior(first.mass, shared).reshape(_COARSE).sum(axis=1)
    kept = np.flatnonzero(by_mean > _NEGLIGIBLE * by_mean.max())
    width = _WIDEST / _COARSE[0]
    return family(max(0.0, (kept[0] - 1) * width), min(_WIDEST, (kept[-1] + 2) * width), *_FINE)


@cache
def _coarse() -> Family:
    """Return the first look, the same for every pool."""
    return family(0.0, _WIDEST, *_COARSE)


def _own(tallies: Sequence[Tally], judged: Sequence[Stated | None]) -> Own:
    member, share, log_likelihood = [], [], []
    for index, (tally, judgement) in enumerate(zip(tallies, judged, strict=True)):
        shares, readings = tally.readings()
        if judgement is not None:
            happened = judgement.value * judgement.weight
            readings = readings + happened * np.log(CHANCES) + (judgement.weight - happened) * np.log1p(-CHANCES)
        member.append(np.full(len(shares), index))
        share.append(shares)
        log_likelihood.append(readings)
    return Own(np.concatenate(member), np.concatenate(share), np.concatenate(log_likelihood))
