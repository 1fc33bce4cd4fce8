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


def _carry_dense(ring: Floats, first: int, last: int, joint_steps: Floats, t: int, C: int) -> None:
    """Carry a place's rows back to slot t by the joint chain as one matrix, which is quicker while it is small."""
    for row in range(last, first, -1):
        for c in range(C):
            total = 0.0
            for z in range(C):
                total += joint_steps[t, c, z] * ring[row - 1, z]
            ring[row, c] = total


carry_dense = njit(cache=True, error_model="numpy", inline="always")(_carry_dense)


def _likeliest(  # noqa: C901 - one body, for the reason above
    p: Arrays, joint_steps: Floats, few: tuple[int, ...], policy: NDArray[np.int16], ring: Floats
) -> None:
    """Fill the policy ``(T, N, C)``, and the ring ``(rows, C)`` so that place i's first row is its chance of arrival at slot 0.

    ``joint_steps`` is the joint chain of each slot, ``(T, C, C)``, or of no slot: then it is applied condition by condition.
    ``few`` has one entry for each joint level while there are few, else none: a tuple's length is known when the kernel is
    compiled, and so the loops over levels are unrolled.
    The ring is that of `sweep`.
    """
    N = len(p.discovered)
    C = len(few) if len(few) > 0 else p.discovered.shape[1]
    T, earliest, latest, ring_start, move_start = p.slots, p.earliest, p.latest, p.ring_start, p.move_start
    destination, may_wait, may_stop, discovered = p.destination, p.may_wait, p.may_stop, p.discovered
    target, turned_to, passed, turned_back, turns_back = p.target, p.back, p.passed, p.turned_back, p.turns_back
    asked, is_asked, longer, open_level, open_slot = p.asked, p.is_asked, p.longer, p.open_level, p.open_slot
    duration_start, slots, chances = p.duration_start, p.duration_slots, p.duration_chance
    steps, sizes, looked_at_from = p.steps, p.sizes, p.looked_at_from
    is_dense = len(joint_steps) > 0
    scratch, best = np.empty(C), np.empty(C)
    action = np.empty(C, dtype=np.int16)
    for i in range(N):
        for c in range(C):
            ring[ring_start[i], c] = 1.0 if destination[i] else 0.0
    for t in range(T - 1, -1, -1):
        for i in range(N):
            if t < looked_at_from[i]:
                continue
            here = ring_start[i]
            last = min(ring_start[i + 1] - 1, here + latest[i] - t)
            if destination[i]:
                for c in range(C):
                    ring[min(here + T - t, last), c] = 1.0
            elif is_dense:
                carry_dense(ring, here, last, joint_steps, t, C)
            else:
                carry_rows(ring, scratch, here, last, steps, t, sizes)
        for i in range(N):
            here = ring_start[i]
            if destination[i] or t < earliest[i]:
                continue
            for c in range(C):
                best[c] = 0.0
                action[c] = 0 if may_stop[i] else -1
            if may_wait[i] and t <= latest[i]:
                for c in range(C):
                    best[c] = (1.0 - discovered[i, c]) * ring[here + 1, c]
                    if best[c] > MARGIN or action[c] < 0:
                        action[c] = 1
            for m in range(move_start[i], move_start[i + 1] if t <= latest[i] else move_start[i]):
                if not open_slot[t, m]:
                    continue
                there, low, high, n = ring_start[target[m]], duration_start[m], duration_start[m + 1], longer[m]
                home = ring_start[turned_to[m]]
                turned_here = home if turns_back[m] else there  # where nobody is turned back, any row will do
                for c in range(C):
                    if not open_level[m, c]:
                        continue
                    onward, back = 0.0, 0.0
                    for e in range(low, high):
                        onward += chances[e] * ring[there + slots[e], c]
                        back += chances[e] * ring[turned_here + slots[e], c]
                    value, pays = passed[m, c] * onward + turned_back[m, c] * back, 0
                    if is_asked[m] and asked[m, c] > 0.0:
                        refused = ring[home + 1, c]
                        if n >= 0:
                            onward, back = 0.0, 0.0
                            for e in range(low, high):
                                onward += chances[e] * ring[there + n + slots[e], c]
                                back += chances[e] * ring[turned_here + n + slots[e], c]
                            refused = passed[m, c] * onward + turned_back[m, c] * back
                        pays = 1 if value > refused + MARGIN else 0
                        value += asked[m, c] * (max(value, refused) - value)
                    if value > best[c] + MARGIN or action[c] < 0:
                        best[c], action[c] = value, 2 + 2 * m + pays
            for c in range(C):
                ring[here, c] = best[c]  # nothing looks at it before the next slot
                policy[t, i, c] = action[c]


likeliest = compiled(_likeliest)
