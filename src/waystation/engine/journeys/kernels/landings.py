"""Where a fixed policy leads from each state in which it decides, whatever level the conditions then stand at.

A party that has set out will land at a slot and a place: how its leg ends is drawn on departure, at the level of that slot. So
its journey passes from landing to landing, and the conditions enter only through the level at each.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.kernels.compiled import compiled

HARMED, NEITHER = -1, -2

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _lead(to: Ints, chance: Floats, n: int, slot: int, place: int, left: int, weight: float) -> int:
    """Add a landing with its chance; return how many there are."""
    if weight <= 0.0:
        return n
    to[n, 0], to[n, 1], to[n, 2] = slot, place, left
    chance[n] = weight
    return n + 1


lead = njit(cache=True, error_model="numpy", inline="always")(_lead)


def _travel(
    p: Arrays, t: int, c: int, m: int, extra: int, left: int, weight: float, to: Ints, chance: Floats, n: int
) -> int:
    """Add how move m ends when it is taken at slot t and level c, every duration ``extra`` slots longer."""
    caught, turned = p.intercepted[m, c], p.turned_back[m, c]
    n = lead(to, chance, n, 0, HARMED, 0, weight * caught)
    for e in range(p.duration_start[m], p.duration_start[m + 1]):
        slot, lasting = t + p.duration_slots[e] + extra, weight * p.duration_chance[e]
        if slot > p.slots:
            n = lead(to, chance, n, 0, NEITHER, 0, lasting * (1.0 - caught))
            continue
        n = lead(to, chance, n, slot, p.target[m], left, lasting * (1.0 - caught - turned))
        n = lead(to, chance, n, slot, p.back[m], left, lasting * turned)
    return n


travel = njit(cache=True, error_model="numpy")(_travel)


def _land(p: Arrays, t: int, i: int, c: int, left: int, action: int, to: Ints, chance: Floats) -> int:
    """Fill the landings an action leads to, ``to[n]`` (slot, place, money left) or (0, `HARMED` or `NEITHER`, 0); return n."""
    if action <= 0:
        return lead(to, chance, 0, 0, NEITHER, 0, 1.0)
    if action == 1:
        n = lead(to, chance, 0, 0, HARMED, 0, p.discovered[i, c])
        return lead(to, chance, n, t + 1, i, left - p.stay_price[i], 1.0 - p.discovered[i, c])
    m, pays = (action - 2) // 2, (action - 2) % 2 == 1
    q, after = p.asked[m, c], left - p.price[m]
    n = travel(p, t, c, m, 0, after, 1.0 - q, to, chance, 0)
    if pays:
        return travel(p, t, c, m, 0, after - p.demand_price[m], q, to, chance, n)
    if p.longer[m] >= 0:
        return travel(p, t, c, m, p.longer[m], after, q, to, chance, n)
    return lead(to, chance, n, t + 1, p.back[m], after, q)


land = njit(cache=True, error_model="numpy")(_land)


def _trace(
    p: Arrays,
    policy: NDArray[np.int16],
    levels: Ints,
    most: int,
    reached: NDArray[np.bool_],
    landings: Ints,
    start: Ints,
    target: Ints,
    weight: Floats,
) -> int:
    """Go through every landing that a policy can come to, slot by slot, and note where each leads at each level.

    Parameters
    ----------
    levels
        How many levels are told apart at each place, ``(N,)``.
    most
        Most landings that any action leads to.
    reached
        By slot, place and money left, ``(T + 1, N, B + 1)``; where the journey starts is marked, the others are to be.
    landings
        To be filled: the landings' positions in ``reached``, flattened.
    start
        To be filled: the links of landing n at level c begin at ``start[n C + c]``.
    target, weight
        To be filled: where a link leads, as in ``landings``, or `HARMED` or `NEITHER`; and its chance.

    Returns
    -------
    int
        How many landings there are; -1 if the arrays to be filled are too short.
    """
    to, chance = np.zeros((most, 3), dtype=np.int64), np.zeros(most)
    N, B, C = reached.shape[1], reached.shape[2], policy.shape[2]
    n, count = 0, 0
    for t in range(p.slots + 1):
        for i in range(N):
            for left in range(B):
                if not reached[t, i, left]:
                    continue
                if n == len(landings) or count + C * most > len(target):
                    return -1
                landings[n] = (t * N + i) * B + left
                for c in range(C):
                    start[n * C + c] = count
                    if p.destination[i] or t == p.slots or c >= levels[i]:
                        continue
                    for k in range(land(p, t, i, c, left, policy[t, i, c, left], to, chance)):
                        target[count], weight[count] = to[k, 1], chance[k]
                        if to[k, 1] >= 0:
                            reached[to[k, 0], to[k, 1], to[k, 2]] = True
                            target[count] = (to[k, 0] * N + to[k, 1]) * B + to[k, 2]
                        count += 1
                n += 1
                start[n * C] = count
    return n


trace = compiled(_trace)


def _forget(
    place: Ints,
    start: Ints,
    C: int,
    levels: Ints,
    target: Ints,
    weight: Floats,
    same: Ints,
    indifferent: NDArray[np.bool_],
) -> None:
    """Find the landings that lead to the same, and those from which on no condition changes anything.

    Parameters
    ----------
    place
        Slot and place of each landing as one number, rising, ``(n,)``.
    levels
        How many levels are told apart at each landing, ``(n,)``.
    same
        To be filled: the first landing at the same slot and place with the same links, ``(n + 2,)``. The last two are the ends.
    indifferent
        To be filled, ``(n + 2,)``.
    """
    n = len(place)
    for end in range(n, n + 2):
        same[end], indifferent[end] = end, True
    first = n
    for last in range(n - 1, -1, -1):
        if last > 0 and place[last - 1] == place[last]:
            continue
        for a in range(last, first):
            low, high = start[a * C], start[(a + 1) * C]
            for k in range(low, high):
                target[k] = same[target[k]]
            same[a] = a
            for b in range(last, a):
                if same[b] == b and alike(start, target, weight, b * C, a * C, C):
                    same[a] = b
                    break
            indifferent[a] = True
            for k in range(start[a * C], start[a * C + 1]):
                indifferent[a] &= indifferent[target[k]]
            for c in range(1, levels[a]):
                indifferent[a] &= alike(start, target, weight, a * C, a * C + c, 1)
        first = last


def _alike(start: Ints, target: Ints, weight: Floats, one: int, other: int, rows: int) -> bool:
    """Whether so many rows of links from two on are the same."""
    for row in range(rows):
        low, high, shift = start[one + row], start[one + row + 1], start[other + row] - start[one + row]
        if start[other + row + 1] - start[other + row] != high - low:
            return False
        for k in range(low, high):
            if target[k] != target[k + shift] or weight[k] != weight[k + shift]:
                return False
    return True


alike = njit(cache=True, error_model="numpy")(_alike)
forget = compiled(_forget)
