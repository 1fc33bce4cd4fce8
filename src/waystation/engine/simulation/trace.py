"""One journey of a replay, step by step: the same draws as the compiled loops, told instead of counted."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from waystation.engine.simulation.kernels.philox import key_of, philox
from waystation.engine.simulation.script import GOES_ON, START, Script


@dataclass(frozen=True, slots=True)
class Step:
    """What happened between two decisions.

    Attributes
    ----------
    slot, until
        When it began and when the next decision is, or the journey has ended.
    cost
        Minor units.
    turned
        Whether the party was turned back or led back.
    used
        The bits of what the move leans on; 0 for waiting.
    end
        How the journey has ended with it; `GOES_ON` where it has not.
    """

    slot: int
    until: int
    cost: int
    turned: bool
    used: int
    end: int


def trace(script: Script, seed: int, stream: int, number: tuple[int, int], party: int = 0) -> Iterator[Step]:
    """Yield the steps of one journey after its start levels are known.

    Parameters
    ----------
    stream, number, party
        Which random numbers: for journey n of a replay `JOURNEYS` and ``(n mod 2^32, n div 2^32)``; for a mission of an
        organisation `MISSIONS`, the number of the request and of the run, and which of the group's parties it is.
    """
    keys, words, state, step = key_of(seed), [0, 0, 0, 0], START, 0
    low, high = map(np.uint64, number)
    while script.end[state] == GOES_ON:
        if step % 4 == 0:
            counter = np.uint64((step // 4) | (party << 16))
            words = [int(word) for word in philox(counter, np.uint64(stream), low, high, *keys)]
        drawn = words[step % 4] * int(script.states[state, 2])
        pick = int(script.states[state, 1]) + (drawn >> 32)
        if drawn & 0xFFFFFFFF >= int(script.steps[pick, 0]):
            pick = int(script.steps[pick, 1]) >> 32
        _, leads, cost, marks = script.steps[pick].tolist()
        before, state = state, leads & 0xFFFFFFFF
        if step:
            slots = int(script.slot[before]), int(script.slot[state])
            yield Step(*slots, cost, bool(marks & 1), marks >> 1, int(script.end[state]))
        step += 1
