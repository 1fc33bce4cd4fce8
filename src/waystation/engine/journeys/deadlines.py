"""The likeliest arrival against the deadline, for all deadlines from one sweep."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.batch import Questions
from waystation.engine.journeys.process import Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.weights import best_scores
from waystation.kernel import BadInputError

_AT_ONCE = 32


def arrival_by_deadline(process: Process, deadlines_in_slots: Sequence[int]) -> NDArray[np.float64]:
    """Return the likeliest arrival for each deadline, whatever it costs: as of the same journey with so many slots.

    Parameters
    ----------
    deadlines_in_slots
        D whole numbers from 0 to T: arriving at that slot still counts.

    Returns
    -------
    NDArray
        ``(D,)``; a later deadline never has less.

    Raises
    ------
    BadInputError
        If a deadline is below 0 or beyond T.
    """
    deadlines = np.asarray(deadlines_in_slots, dtype=np.int64)
    if deadlines.size and (deadlines.min() < 0 or deadlines.max() > process.slots):
        message = f"a deadline lies between 0 and {process.slots} slots"
        raise BadInputError(message)
    solver, found = Solver(process), np.zeros(len(deadlines))
    for first in range(0, len(deadlines), _AT_ONCE):
        some = deadlines[first : first + _AT_ONCE]
        in_time = np.arange(process.slots + 1)[:, None] <= some
        nothing = np.zeros(len(some))
        questions = Questions(in_time.astype(np.float64), nothing, nothing, nothing)
        found[first : first + _AT_ONCE] = best_scores(solver, questions)
    return found
