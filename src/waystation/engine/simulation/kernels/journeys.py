"""Journeys drawn one after another, compiled; and the same ones, bit for bit, abreast with NumPy alone."""

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.simulation.kernels.philox import philox, philox_of_arrays

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

JOURNEYS = 1
"""The stream of the random numbers of single journeys: the second word of the counter."""
_LOW, _HIGH = np.uint64(0xFFFFFFFF), np.uint64(32)
_ROWS = 16384
"""So many journeys at a time stay in the processor's cache."""


def _draw_journeys(
    table: Ints,
    transitions: Ints,
    k0: np.uint64,
    k1: np.uint64,
    number: int,
    states: Ints,
    spent_of: Ints,
    turned_of: Ints,
    used_of: Ints,
) -> int:
    """Draw journeys ``number``, ``number + 1``, ... and fill the state each ends in; return the number of steps of all.

    Parameters
    ----------
    table, transitions
        The states and steps of a `Script`.
    k0, k1
        The key; word e of a journey is word e % 4 of the block whose counter is e // 4, the stream and the journey's number.
    states, spent_of, turned_of, used_of
        ``(J,)``; filled.
    """
    steps = 0
    for row in range(len(states)):
        journey = np.uint64(number + row)
        low, high = journey & _LOW, journey >> _HIGH
        state, spent, back, leant, step = 0, 0, 0, 0, 0
        w0, w1, w2, w3 = np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
        while table[state, 0] < 0:
            if step & 3 == 0:
                w0, w1, w2, w3 = philox(np.uint64(step >> 2), np.uint64(JOURNEYS), low, high, k0, k1)
            drawn = w0 * np.uint64(table[state, 2])
            w0, w1, w2 = w1, w2, w3
            pick = table[state, 1] + np.int64(drawn >> _HIGH)
            if np.int64(drawn & _LOW) >= transitions[pick, 0]:
                pick = transitions[pick, 1] >> 32
            state = transitions[pick, 1] & 0xFFFFFFFF
            spent += transitions[pick, 2]
            marks = transitions[pick, 3]
            back += marks & 1
            leant |= marks
            step += 1
        states[row], spent_of[row], turned_of[row], used_of[row] = state, spent, back, leant >> 1
        steps += step
    return steps


draw_journeys = compiled(_draw_journeys)


def draw_journeys_abreast(
    table: Ints,
    transitions: Ints,
    k0: np.uint64,
    k1: np.uint64,
    number: int,
    states: Ints,
    spent_of: Ints,
    turned_of: Ints,
    used_of: Ints,
) -> int:
    """Draw the same journeys as `draw_journeys` with NumPy alone: all of them take their next step together."""
    ends, first, wide = table[:, 0].copy(), table[:, 1].copy(), table[:, 2].astype(np.uint64)
    limit, alias, target = transitions[:, 0].copy(), transitions[:, 1] >> 32, transitions[:, 1] & 0xFFFFFFFF
    cost, marks, steps = transitions[:, 2].copy(), transitions[:, 3].copy(), 0
    for begin in range(0, len(states), _ROWS):
        rows = np.arange(begin, min(begin + _ROWS, len(states)))
        journey = (rows + number).astype(np.uint64)
        state = np.zeros(len(rows), dtype=np.int64)
        spent, back, leant = (np.zeros(len(rows), dtype=np.int64) for _ in range(3))
        words: list[Words] = []
        step = 0
        while len(rows):
            if step % 4 == 0:
                block, stream = np.full(len(rows), step // 4, dtype=np.uint64), np.uint64(JOURNEYS)
                words = list(philox_of_arrays(block, stream, journey & _LOW, journey >> _HIGH, k0, k1))
            drawn = words.pop(0) * wide[state]
            pick = first[state] + (drawn >> _HIGH).view(np.int64)
            pick = np.where((drawn & _LOW).view(np.int64) < limit[pick], pick, alias[pick])
            spent += cost[pick]
            marked = marks[pick]
            back += marked & 1
            leant |= marked
            state = target[pick]
            steps += len(rows)
            step += 1
            stay = ends[state] < 0
            if stay.all():
                continue
            over = ~stay
            done = rows[over]
            states[done], spent_of[done], turned_of[done], used_of[done] = (
                state[over],
                spent[over],
                back[over],
                leant[over] >> 1,
            )
            rows, journey, state = rows[stay], journey[stay], state[stay]
            spent, back, leant = spent[stay], back[stay], leant[stay]
            words = [word[stay] for word in words]
    return steps
