"""An organisation in several scenarios under several rules, compared run by run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from waystation.engine.simulation.live import Lives
from waystation.engine.simulation.measures import MEASURES
from waystation.engine.simulation.prepare import Prepared
from waystation.engine.simulation.rule import Rule
from waystation.engine.simulation.tasks import LiveTask, Runner, Told, gather, in_this_process, pieces

Floats = NDArray[np.float64]
RUNS_A_PIECE = 125
_NORMAL = 1.959963984540054
"""Of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over runs: its mean with the standard error, and what eight runs in ten lie between."""

    mean: float
    error: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Floats) -> "Spread":
        """Return the spread of a measure's values, ``(runs,)``."""
        low, high = np.quantile(values, [0.1, 0.9]).tolist()
        return cls(float(values.mean()), _error(values), low, high)


@dataclass(frozen=True, slots=True)
class Paired:
    """The mean of the differences to the first arm, run by run, with a 95 % interval of that mean."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Floats, first: Floats) -> "Paired":
        """Return the paired difference of a measure's values, ``(runs,)`` each, in the order of the runs."""
        difference = values - first
        mean, half = float(difference.mean()), _NORMAL * _error(difference)
        return cls(mean, mean - half, mean + half)


@dataclass(frozen=True, eq=False)
class Arm:
    """One scenario under one rule, and what became of it.

    Attributes
    ----------
    measures
        The spread of each of `MEASURES` over all years together, by name.
    by_year
        People who arrived, year by year.
    differences
        Against the first arm; empty for the first.
    """

    scenario: str
    rule: str
    measures: dict[str, Spread]
    by_year: tuple[Spread, ...]
    differences: dict[str, Paired]


@dataclass(frozen=True, eq=False)
class Study:
    """All arms, the first of them being what the others are compared with."""

    arms: tuple[Arm, ...]
    years: int
    runs: int
    seed: int


def study(
    worlds: Sequence[Prepared],
    rules: Sequence[str | Rule],
    seed: int,
    runs: int,
    *,
    runner: Runner = in_this_process,
    told: Told | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Study:
    """Live every world under every rule, with the same random numbers, and compare each with the first.

    Parameters
    ----------
    runner
        Who does the work; the answer does not depend on it.

    Raises
    ------
    SimulationCancelledError
        If ``cancelled`` says so.
    """
    arms = [(number, rule) for number in range(len(worlds)) for rule in rules]
    parts = pieces(runs, RUNS_A_PIECE)
    tasks = [LiveTask(world, rule, seed, first, count) for world, rule in arms for first, count in parts]
    done = gather(tasks, [each.world for each in worlds], runner, Lives, told, cancelled)
    lives = [_together(done[n * len(parts) : (n + 1) * len(parts)]) for n in range(len(arms))]
    made = tuple(
        _arm(worlds[world], rule, each, None if each is lives[0] else lives[0])
        for (world, rule), each in zip(arms, lives, strict=True)
    )
    return Study(made, lives[0].by_year.shape[1], runs, seed)


def _together(parts: Sequence[Lives]) -> Lives:
    return Lives(np.concatenate([each.tallies for each in parts]), np.concatenate([each.by_year for each in parts]))


def _arm(world: Prepared, rule: str | Rule, lives: Lives, first: Lives | None) -> Arm:
    values = {measure.name: measure.of(lives) for measure in MEASURES}
    compared = {} if first is None else {each.name: Paired.of(values[each.name], each.of(first)) for each in MEASURES}
    return Arm(
        scenario=world.scenario.name,
        rule=rule if isinstance(rule, str) else rule.name,
        measures={name: Spread.of(value) for name, value in values.items()},
        by_year=tuple(Spread.of(year.astype(np.float64)) for year in lives.by_year.T),
        differences=compared,
    )


def _error(values: Floats) -> float:
    return float(values.std(ddof=1)) / sqrt(len(values)) if len(values) > 1 else float("nan")
