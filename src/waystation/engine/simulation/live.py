from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.simulation.kernels.lives import FIRST_COME, MOST_URGENT, World, live, new_state
from waystation.engine.simulation.kernels.organisation import COLUMNS
from waystation.engine.simulation.kernels.philox import key_of
from waystation.engine.simulation.organisation import WEEKS_A_YEAR
from waystation.engine.simulation.rule import Rule
from waystation.engine.simulation.steps import live_by_rule

Ints = NDArray[np.int64]
MOST_WAITING, MOST_UNDER_WAY = 1024, 256
"""Groups of a kind that wait at most (others are counted as turned away), and parties under way at most."""

COMPILED = {"first_come": FIRST_COME, "most_urgent": MOST_URGENT}
"""Rules that need no call into Python, by name."""


@dataclass(frozen=True, eq=False)
class Lives:
    """What became of an organisation in some runs.

    Attributes
    ----------
    tallies
        One row a run, its columns as in ``kernels.organisation``, ``(runs, COLUMNS)``.
    by_year
        People who arrived in each year, ``(runs, years)``.
    """

    tallies: Ints
    by_year: Ints


def live_runs(world: World, rule: str | Rule, seed: int, first: int, runs: int) -> Lives:
    """Live the runs ``first`` to ``first + runs - 1`` of an organisation.

    Run n of a seed has the same requests, patience and shocks by chance in every scenario and under every rule: that is what
    makes a difference between two of them much surer than either (common random numbers).

    Parameters
    ----------
    rule
        The name of a compiled rule, or a rule that is asked each week.

    Notes
    -----
    O(weeks G) a run for G kinds of groups, and O(1) a step of a journey. A run's numbers depend on the seed and its number only.
    """
    weeks = len(world.scheduled)
    tallies = np.zeros((runs, COLUMNS), dtype=np.int64)
    by_year = np.zeros((runs, weeks // WEEKS_A_YEAR), dtype=np.int64)
    ahead = 2 + int(world.needs[:, 1].max(initial=0))
    state = new_state(world, MOST_WAITING, MOST_UNDER_WAY, ahead)
    if isinstance(rule, str):
        live(world, state, COMPILED[rule], *key_of(seed), first, tallies, by_year)
    else:
        live_by_rule(world, state, rule, key_of(seed), first, tallies, by_year)
    return Lives(tallies, by_year)
