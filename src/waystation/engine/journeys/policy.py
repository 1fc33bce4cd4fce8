from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.process import MoneyGrid


@dataclass(frozen=True, eq=False)
class Policy:
    """What to do in every state: ``actions[t, i, c, b]``, ``(T, N, C, B + 1) int16``, coded as in `Process`.

    Without money in the state B is 0.
    """

    actions: NDArray[np.int16]
    grid: MoneyGrid


@dataclass(frozen=True, eq=False)
class Solution:
    """A policy that maximises a score, and its values at the start, mean over the start levels.

    Attributes
    ----------
    score
        What was maximised.
    arrive, harm
        Chances; ``harm`` is None when it was not among the components.
    """

    policy: Policy
    score: float
    arrive: float
    harm: float | None
