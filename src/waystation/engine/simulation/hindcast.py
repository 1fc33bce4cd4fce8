"""Looking back: each year forecast from the years before it, by simulation, beside "the same as last year".

Yearly arrivals are simulated as a level that jumps: from year to year its logarithm changes as it did in one of the years before,
drawn with replacement, their mean taken down to a quarter; given the level, people come in a Poisson number of parties of three.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from waystation.engine.simulation.kernels.philox import chance_of_arrays, key_of, philox_of_arrays
from waystation.kernel import BadInputError

Floats = NDArray[np.float64]

FEWEST_CHANGES = 3
PARTY = 3
DRAWS = 20_000
_STREAM = 7
_DRIFT = 0.25
"""Of the mean of past changes a quarter is expected again: few years cannot tell a drift from chance."""


@dataclass(frozen=True, slots=True)
class Shock:
    """What befell in a year, as told to the simulation beforehand: a factor on the arrivals of the year before."""

    year: int
    name: str
    factor: float


@dataclass(frozen=True, slots=True)
class YearForecast:
    """One year: what came, and what was foreseen.

    Attributes
    ----------
    last_year
        The forecast "the same as last year".
    forecast, low, high
        Median of the simulation and what eight in ten of its draws lie between, knowing the years before only.
    told
        The median when the year's shock was told beforehand; None in a year without one.
    """

    year: int
    actual: int
    last_year: int
    forecast: float
    low: float
    high: float
    shock: str = ""
    told: float | None = None

    @property
    def gain(self) -> float:
        """How much nearer the simulation came than "the same as last year", in people; below 0: it lost."""
        return abs(self.last_year - self.actual) - abs(self.forecast - self.actual)

    @property
    def covered(self) -> bool:
        """Whether what came lies within what was foreseen."""
        return self.low <= self.actual <= self.high


@dataclass(frozen=True)
class Hindcast:
    """Every year that could be forecast."""

    years: tuple[YearForecast, ...]

    @property
    def won(self) -> int:
        """In how many years the simulation came nearer."""
        return sum(each.gain > 0.0 for each in self.years)

    @property
    def lost(self) -> int:
        """In how many years "the same as last year" came nearer."""
        return sum(each.gain < 0.0 for each in self.years)

    def mean_error(self, which: str) -> float:
        """Return the mean distance in people of ``forecast``, ``last_year``, or of ``told`` where there is one."""
        return float(np.mean([abs(self._of(each, which) - each.actual) for each in self.years]))

    def mean_factor(self, which: str) -> float:
        """Return by which factor a forecast is off on average (geometric mean, 1 or more)."""
        logs = [abs(math.log(max(1.0, self._of(each, which)) / max(1, each.actual))) for each in self.years]
        return math.exp(float(np.mean(logs)))

    @property
    def coverage(self) -> float:
        """The share of years within what was foreseen; 0.8 would be right."""
        return float(np.mean([each.covered for each in self.years]))

    @staticmethod
    def _of(year: YearForecast, which: str) -> float:
        if which == "told":
            return year.forecast if year.told is None else year.told
        return float(getattr(year, which))


def hindcast(arrivals: Mapping[int, int], shocks: Sequence[Shock] = (), seed: int = 0, draws: int = DRAWS) -> Hindcast:
    """Forecast each year from the years before it alone.

    Parameters
    ----------
    arrivals
        People by year, years one after another.
    shocks
        What is told beforehand for the ``told`` column; the other columns never see it.

    Raises
    ------
    BadInputError
        If a year is missing, nobody arrived in one, or there are too few.
    """
    years = sorted(arrivals)
    if len(years) < FEWEST_CHANGES + 2:
        message = f"{len(years)} years; at least {FEWEST_CHANGES + 2} are needed"
        raise BadInputError(message)
    for before, year in pairwise(years):
        if year != before + 1:
            message = f"after {before} comes {year}; a year is missing"
            raise BadInputError(message)
    nobody = [year for year in years if arrivals[year] < 1]
    if nobody:
        message = f"in {nobody[0]} nobody arrived; a year needs at least one person"
        raise BadInputError(message)
    known = {shock.year: shock for shock in shocks}
    found = []
    for n in range(FEWEST_CHANGES + 1, len(years)):
        past = np.array([arrivals[year] for year in years[:n]], dtype=np.float64)
        drawn = _simulate(past, seed, years[n], draws)
        low, middle, high = np.quantile(drawn, [0.1, 0.5, 0.9]).tolist()
        shock = known.get(years[n])
        found.append(
            YearForecast(
                year=years[n],
                actual=arrivals[years[n]],
                last_year=arrivals[years[n - 1]],
                forecast=middle,
                low=low,
                high=high,
                shock=shock.name if shock else "",
                told=float(past[-1]) * shock.factor if shock else None,
            )
        )
    return Hindcast(tuple(found))


def _simulate(past: Floats, seed: int, year: int, draws: int) -> Floats:
    """Return draws of next year's arrivals from the years before, ``(draws,)``."""
    changes = np.diff(np.log(past))
    number = np.arange(draws, dtype=np.uint64)
    zero = np.zeros(draws, dtype=np.uint64)
    w0, w1, w2, _ = philox_of_arrays(zero, np.uint64(_STREAM), number, np.uint64(year), *key_of(seed))
    picked = changes[((w0 * np.uint64(len(changes))) >> np.uint64(32)).astype(np.int64)]
    level: Floats = past[-1] * np.exp(picked - (1.0 - _DRIFT) * changes.mean())
    # A Poisson number of parties is near enough to normal at these sizes; Box and Muller (1958).
    normal = np.sqrt(-2.0 * np.log(chance_of_arrays(w1))) * np.cos(2.0 * np.pi * chance_of_arrays(w2))
    people: Floats = np.maximum(0.0, level + normal * np.sqrt(PARTY * level))
    return people
