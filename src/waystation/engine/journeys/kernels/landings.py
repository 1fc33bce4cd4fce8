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


def _reach(p: Arrays, policy: NDArray[np.int16], levels: Ints, most: int, reached: NDArray[np.bool_]) -> None:
    """Mark every landing that a policy can come to, ``(T + 1, N, B + 1)``, from those marked at slot 0.

    Parameters
    ----------
    levels
        How many levels are told apart at each place, ``(N,)``.
    most
        Most landings that any action leads to.
    """
    to, chance = np.zeros((most, 3), dtype=np.int64), np.zeros(most)
    T, N, B = p.slots, reached.shape[1], reached.shape[2]
    for t in range(T):
        for i in range(N):
            if p.destination[i]:
                continue
            for left in range(B):
                if not reached[t, i, left]:
                    continue
                for c in range(levels[i]):
                    n = land(p, t, i, c, left, policy[t, i, c, left], to, chance)
                    for k in range(n):
                        if to[k, 1] >= 0:
                            reached[to[k, 0], to[k, 1], to[k, 2]] = True


reach = compiled(_reach)


def _link(
    p: Arrays,
    policy: NDArray[np.int16],
    levels: Ints,
    most: int,
    landings: Ints,
    number: NDArray[np.int32],
    start: Ints,
    target: Ints,
    weight: Floats,
) -> int:
    """Link each landing, at each level, to the landings it leads to; return the number of links, all of them counted.

    Parameters
    ----------
    landings, number
        Slot, place and money left of landing n, ``(n, 3)``; and its number by slot, place and money, ``(T + 1, N, B + 1)``.
    start
        To be filled, ``(n C + 1,)``: the links of landing n at level c begin at ``start[n C + c]``.
    target, weight
        To be filled as far as they reach: a landing, or n for harmed and n + 1 for neither; and its chance.
    """
    to, chance = np.zeros((most, 3), dtype=np.int64), np.zeros(most)
    C, n = policy.shape[2], len(landings)
    count = 0
    for a in range(n):
        t, i, left = landings[a]
        for c in range(C):
            start[a * C + c] = count
            if p.destination[i] or t == p.slots or c >= levels[i]:
                continue
            found = land(p, t, i, c, left, policy[t, i, c, left], to, chance)
            for k in range(found):
                if count < len(target):
                    target[count] = n - 1 - to[k, 1] if to[k, 1] < 0 else number[to[k, 0], to[k, 1], to[k, 2]]
                    weight[count] = chance[k]
                count += 1
    start[n * C] = count
    return count


link = compiled(_link)
