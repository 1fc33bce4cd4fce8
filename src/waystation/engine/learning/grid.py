"""The cells on which chances and their distribution over like legs are laid out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln

Floats = NDArray[np.float64]

CELLS = 500
"""Cells of equal width in the angle asin(sqrt(chance)), in which the spread of a proportion does not depend on it."""

LEAST_ALIKE, MOST_ALIKE = 0.3, 50.0
"""How alike the members of a pool may be: c, where Beta(m, k) has mean m and weight k = c / (m (1 - m)).

Small chances have then a coefficient of variation of about 1 / sqrt(c): from 1.8 (a few bad legs carry all of the risk) to 0.14.
The logarithm of c is uniform between the two.
"""

_NOTHING = 1e-150
"""Masses below this are none: numbers still smaller slow a processor down."""

_EXACT = 8
"""Cells at either end whose mass is integrated exactly: a density may be infinite at 0 and 1."""

_EDGES = np.linspace(0.0, np.pi / 2.0, CELLS + 1)
_MIDDLES = (_EDGES[1:] + _EDGES[:-1]) / 2.0

CHANCES: Floats = np.sin(_MIDDLES) ** 2
"""The chance in the middle of each cell, ``(K,)``."""


@dataclass(frozen=True, eq=False)
class Family:
    """The Betas from which the legs of a pool may have been drawn.

    Attributes
    ----------
    mean, concentration
        Of each member, ``(G,)``.
    mass
        The chance of each cell under it, ``(G, K)``; rows sum to 1.
    """

    mean: Floats
    concentration: Floats
    mass: Floats


def family(lowest: float, highest: float, means: int, steps: int) -> Family:
    """Return Betas whose means lie between two angles (in [0, pi/2]) and which are alike in evenly spread degrees.

    All members are equally likely beforehand: the mean has Jeffreys' prior, Beta(1/2, 1/2), cut to the two angles.
    """
    width = (highest - lowest) / means
    mean = np.sin(lowest + width * (np.arange(means) + 0.5)) ** 2
    ratio = np.log(MOST_ALIKE / LEAST_ALIKE) / steps
    alike = LEAST_ALIKE * np.exp(ratio * (np.arange(steps) + 0.5))
    mean, alike = (part.ravel() for part in np.meshgrid(mean, alike, indexing="ij"))
    concentration = alike / (mean * (1.0 - mean))
    return Family(mean, concentration, beta_masses(mean * concentration, (1.0 - mean) * concentration))


def beta_masses(a: Floats, b: Floats) -> Floats:
    """Return the chance of each cell under some Betas, ``(G, K)``."""
    a, b = a[:, None], b[:, None]
    log_mass = (a - 0.5) * np.log(CHANCES) + (b - 0.5) * np.log1p(-CHANCES) - betaln(a, b)
    mass: Floats = np.exp(log_mass) * (2.0 * _EDGES[1])
    edge = np.sin(_EDGES[: _EXACT + 1]) ** 2
    mass[:, :_EXACT] = np.diff(betainc(a, b, edge), axis=1)
    mass[:, : -_EXACT - 1 : -1] = np.diff(betainc(b, a, edge), axis=1)
    mass /= mass.sum(axis=1, keepdims=True)
    mass[mass < _NOTHING] = 0.0
    return mass


def quantile(mass: Floats, part: float) -> Floats:
    """Return the chance below which a part of each row's mass lies, ``(L,)``; within a cell the mass is even in the angle.

    In the first and the last cell chances cannot be told from 0 and 1: a part below one half is taken to the cell's lower end
    there and another to its upper end, so that no interval is too narrow for the grid.
    """
    below = np.cumsum(mass, axis=1)
    cell = np.minimum((below < part * below[:, -1:]).sum(axis=1), CELLS - 1)
    row = np.arange(len(mass))
    before = below[row, cell] - mass[row, cell]
    inside = np.clip((part * below[:, -1] - before) / np.maximum(mass[row, cell], 1e-300), 0.0, 1.0)
    inside = np.where((cell == 0) | (cell == CELLS - 1), 0.0 if part < 0.5 else 1.0, inside)
    found: Floats = np.sin(_EDGES[cell] + inside * _EDGES[1]) ** 2
    return found


def moments(mass: Floats) -> tuple[Floats, Floats]:
    """Return the mean of each row and the weight of the Beta of that mean and variance, ``(L,)`` each."""
    mean = mass @ CHANCES
    variance = np.maximum(mass @ CHANCES**2 - mean**2, 1e-16)
    return mean, np.clip(mean * (1.0 - mean) / variance - 1.0, 0.05, 1e6)
