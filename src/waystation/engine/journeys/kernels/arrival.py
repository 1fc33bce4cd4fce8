"""The likeliest arrival and a policy that attains it, nothing else: the smallest and fastest of the sweeps.

It is written apart from the sweeps that break ties, so that each checks the others. As in `sweep_levels`, its arrays are taken
out of their tuple once and its innermost work is scalar arithmetic.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.kernels.chain import carry_rows
from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.sweep import MARGIN

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


def _after(
    ring: Floats, row: int, slots: Ints, chances: Floats, low: int, high: int, worth: Floats, m: int, out: Floats
) -> None:
    """Add ``worth[m, c]`` times the value that a place will have after the durations ``low`` to ``high`` to ``out[c]``."""
    for e in range(low, high):
        at, chance = row + slots[e], chances[e]
        for c in range(len(out)):
            out[c] += chance * worth[m, c] * ring[at, c]


after = njit(cache=True, error_model="numpy", inline="always")(_after)


def _likeliest(  # noqa: C901 - one body, for the reason above
    p: Arrays, policy: NDArray[np.int16], first: Floats
) -> None:
    """Fill the policy ``(T, N, C)`` and the chance of arrival at slot 0, ``first`` ``(N, C)``. The ring is that of `sweep`."""
    N, C = first.shape
    T, earliest, latest, ring_start, move_start = p.slots, p.earliest, p.latest, p.ring_start, p.move_start
    destination, may_wait, may_stop, discovered = p.destination, p.may_wait, p.may_stop, p.discovered
    target, passed, turned_back, turns_back = p.target, p.passed, p.turned_back, p.turns_back
    asked, is_asked, longer, open_level, open_slot = p.asked, p.is_asked, p.longer, p.open_level, p.open_slot
    duration_start, slots, chances = p.duration_start, p.duration_slots, p.duration_chance
    steps, sizes, looked_at_from = p.steps, p.sizes, p.looked_at_from
    ring, scratch = np.zeros((ring_start[N], C)), np.empty(C)
    best, value, refused = np.empty(C), np.empty(C), np.empty(C)
    action = np.empty(C, dtype=np.int16)
    for t in range(T, -1, -1):
        for i in range(N):
            if t < T and t >= looked_at_from[i]:
                last = min(ring_start[i + 1] - 1, ring_start[i] + latest[i] - t)
                carry_rows(ring, scratch, ring_start[i], last, steps, t, sizes)
        for i in range(N):
            here = ring_start[i]
            for c in range(C):
                best[c] = 1.0 if destination[i] else 0.0
                action[c] = 0 if may_stop[i] and not destination[i] else -1
            if not destination[i] and earliest[i] <= t <= latest[i] and t < T:
                if may_wait[i]:
                    for c in range(C):
                        best[c] = (1.0 - discovered[i, c]) * ring[here + 1, c]
                        if best[c] > MARGIN or action[c] < 0:
                            action[c] = 1
                for m in range(move_start[i], move_start[i + 1]):
                    if not open_slot[m, t]:
                        continue
                    there, low, high = ring_start[target[m]], duration_start[m], duration_start[m + 1]
                    for c in range(C):
                        value[c] = 0.0
                    after(ring, there, slots, chances, low, high, passed, m, value)
                    if turns_back[m]:
                        after(ring, here, slots, chances, low, high, turned_back, m, value)
                    if is_asked[m]:
                        n = longer[m]
                        for c in range(C):
                            refused[c] = ring[here + 1, c] if n < 0 else 0.0
                        if n >= 0:
                            after(ring, there + n, slots, chances, low, high, passed, m, refused)
                            after(ring, here + n, slots, chances, low, high, turned_back, m, refused)
                    for c in range(C):
                        pays = 0
                        if is_asked[m] and asked[m, c] > 0.0:
                            pays = 1 if value[c] > refused[c] + MARGIN else 0
                            value[c] += asked[m, c] * (max(value[c], refused[c]) - value[c])
                        if open_level[m, c] and (value[c] > best[c] + MARGIN or action[c] < 0):
                            best[c], action[c] = value[c], 2 + 2 * m + pays
            for c in range(C):
                if t < T:
                    policy[t, i, c] = action[c]
                first[i, c] = best[c]
        for i in range(N):
            for c in range(C):
                ring[ring_start[i], c] = first[i, c]


likeliest = compiled(_likeliest)
