from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TINY = 1e-290
_LOWEST = -300.0
"""Of a log likelihood below the highest: numbers so small that processors slow down for them are kept out of the products."""


@dataclass(frozen=True, eq=False)
class Own:
    """What is known of single members of a pool and not shared with the others: judgement, and ways to read a silence.

    A member may have several readings; they are kept apart and mixed in fixed shares, whatever happened.

    Attributes
    ----------
    member
        Whose each reading is, ``(R,)``; every member has at least one.
    share
        Of each reading, ``(R,)``; those of a member sum to 1.
    log_likelihood
        By cell, ``(R, K)``.
    """

    member: NDArray[np.int64]
    share: Floats
    log_likelihood: Floats


def nothing_own(members: int, cells: int) -> Own:
    """Return one empty reading for each member."""
    return Own(np.arange(members), np.ones(members), np.zeros((members, cells)))


@dataclass(frozen=True, eq=False)
class Pooled:
    """What a pool learned.

    Attributes
    ----------
    member
        The posterior of each member, ``(L, K)``; rows sum to 1.
    family
        The posterior of each distribution from which the members may come, ``(G,)``.
    """

    member: Floats
    family: Floats


def family_posterior(mass: Floats, shared: Floats, log_prior: Floats | None = None) -> Floats:
    """Return how likely each distribution is, ``(G,)``, given its masses ``(G, K)`` and log likelihoods by cell ``(L, K)``."""
    return _weighed(_evidence(mass, shared), log_prior)


def _evidence(mass: Floats, shared: Floats) -> Floats:
    """Return how likely what happened to each member is under each distribution, up to a factor by member, ``(L, G)``."""
    likelihood = np.exp(np.maximum(shared - shared.max(axis=1, keepdims=True), _LOWEST))
    found: Floats = np.maximum(likelihood @ mass.T, _TINY)
    return found


def _weighed(evidence: Floats, log_prior: Floats | None) -> Floats:
    log_weight = np.log(evidence).sum(axis=0)
    if log_prior is not None:
        log_weight = log_weight + log_prior
    weight = np.exp(log_weight - log_weight.max())
    posterior: Floats = weight / weight.sum()
    return posterior


def pool(
    mass: Floats, shared: Floats, own: Own, alone: Floats | None = None, log_prior: Floats | None = None
) -> Pooled:
    """Learn the distribution that members come from, and each member, exactly on cells.

    Parameters
    ----------
    mass
        The chance of each cell under each possible distribution, ``(G, K)``.
    shared
        Log likelihood of what happened to each member, by cell, ``(L, K)``: from it the distribution is learned.
    own
        What is known of members beside; no other member learns from it.
    alone
        What replaces ``shared`` when a member's own posterior is formed, ``(L, K)``; None for ``shared`` itself.
    log_prior
        Of the distributions, ``(G,)``; None for all alike.

    Notes
    -----
    What the others say of a member is the mixture of the distributions by what happened to the others; that times its own
    likelihoods is its posterior. Two matrix products, O(L G K), and no chain. Readings of fixed shares are Jeffrey's rule of
    conditioning.
    """
    evidence = _evidence(mass, shared)
    family = _weighed(evidence, log_prior)
    others = (family / evidence) @ mass
    others /= others.sum(axis=1, keepdims=True)
    log_own = own.log_likelihood + (shared if alone is None else alone)[own.member]
    reading = np.exp(np.maximum(log_own - log_own.max(axis=1, keepdims=True), _LOWEST)) * others[own.member] + _TINY
    reading *= (own.share / reading.sum(axis=1))[:, None]
    member = np.zeros_like(shared)
    np.add.at(member, own.member, reading)
    return Pooled(member, family)
