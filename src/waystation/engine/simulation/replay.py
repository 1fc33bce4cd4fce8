from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.simulation.kernels.journeys import draw_journeys, draw_journeys_abreast
from waystation.engine.simulation.kernels.philox import key_of
from waystation.engine.simulation.script import ENDS, Script


@dataclass(frozen=True, eq=False)
class Journeys:
    """How replayed journeys ended, in the order of their numbers; all arrays ``(J,)``.

    Attributes
    ----------
    end
        `ARRIVED`, `INTERCEPTED`, `DISCOVERED`, `CALLED_OFF` or `UNFINISHED` of ``script``.
    slot
        At which slot it ended.
    spent
        Minor units.
    turned
        How often the party was turned back or led back.
    used
        The bits of what the moves taken lean on.
    steps
        How many steps were drawn for all of them.
    """

    end: NDArray[np.int8]
    slot: NDArray[np.int32]
    spent: NDArray[np.int64]
    turned: NDArray[np.int64]
    used: NDArray[np.int64]
    steps: int

    def share(self, *ends: int) -> float:
        """Return the share of journeys that ended in one of these ways."""
        return float(np.isin(self.end, ends).mean())

    def counts(self) -> dict[str, int]:
        """Return how many journeys ended in each way, by its name."""
        found = np.bincount(self.end, minlength=len(ENDS))
        return dict(zip(ENDS, found.tolist(), strict=True))


def replay(script: Script, seed: int, first: int, journeys: int, *, compiled: bool = True) -> Journeys:
    """Draw the journeys with the numbers ``first`` to ``first + journeys - 1``.

    A journey's draws depend on the seed, its number and the number of the step alone: whoever draws it gets the same bits,
    compiled or with NumPy alone.

    Parameters
    ----------
    seed
        From 0 to 2^64 - 1.

    Notes
    -----
    O(1) a step, whatever the policy; 29 bytes a journey for the answer.
    """
    state, spent, turned, used = (np.empty(journeys, dtype=np.int64) for _ in range(4))
    draw = draw_journeys if compiled else draw_journeys_abreast
    steps = draw(script.states, script.steps, *key_of(seed), first, state, spent, turned, used)
    return Journeys(script.end[state].astype(np.int8), script.slot[state], spent, turned, used, int(steps))
