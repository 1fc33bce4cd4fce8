"""Where each visited state of a fixed policy leads, as lists of links: what stays the same while the chances change.

A state's journeys divide into five streams, by what happens to them; each stream has its own chance, which depends on the
beliefs, and its own links, which do not: weights of durations and of the conditions' levels.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays, Knowledge
from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.regional_walk import levels_after, look_ahead
from waystation.engine.journeys.kernels.walk import multiply_powers

STREAMS = 5
ON, BACK, ON_ASKED, BACK_ASKED, SENT_BACK = range(STREAMS)
"""Passed or waited; turned back; the same two after answering a demand; back at once, refusing it."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _land(row: Floats, chance: float, landing: NDArray[np.int32], count: int, target: Ints, weight: Floats) -> int:
    """Add the links to one slot, place and money left, by level; only count them where ``target`` is empty."""
    for level in range(len(row)):
        to = landing[level]
        if row[level] > 0.0 and to >= 0:
            if len(target) > 0:
                target[count], weight[count] = to, chance * row[level]
            count += 1
    return count


land = njit(cache=True, error_model="numpy")(_land)


def _last(
    p: Arrays,
    q: Knowledge | None,
    powers: Floats,
    chains: Floats,
    row: Floats,
    index: NDArray[np.int32],
    t: int,
    i: int,
    j: int,
    c: int,
    m: int,
    extra: int,
    left: int,
    count: int,
    target: Ints,
    weight: Floats,
) -> int:
    """Add the links of a leg that ends at place j after each of its durations."""
    for e in range(p.duration_start[m], p.duration_start[m + 1]):
        d = p.duration_slots[e] + extra
        if t + d <= p.slots:
            # Whether q is None is known when this is compiled: of the other case nothing is left.
            levels = powers[d, c] if q is None else row[: levels_after(p, q, chains, d, i, c, j, row)]
            count = land(levels, p.duration_chance[e], index[t + d, j, :, left], count, target, weight)
    return count


last = njit(cache=True, error_model="numpy")(_last)


def _wait(
    p: Arrays,
    q: Knowledge | None,
    powers: Floats,
    chains: Floats,
    row: Floats,
    index: NDArray[np.int32],
    t: int,
    i: int,
    j: int,
    c: int,
    left: int,
    count: int,
    target: Ints,
    weight: Floats,
) -> int:
    """Add the links to place j a slot later."""
    levels = powers[1, c] if q is None else row[: levels_after(p, q, chains, 1, i, c, j, row)]
    return land(levels, 1.0, index[t + 1, j, :, left], count, target, weight)


wait = njit(cache=True, error_model="numpy")(_wait)


def _link(  # noqa: C901 - two ways of looking ahead
    p: Arrays,
    q: Knowledge | None,
    reach: int,
    visits: Ints,
    index: NDArray[np.int32],
    start: Ints,
    target: Ints,
    weight: Floats,
) -> int:
    """Fill the links of every visited state and return how many there are; with an empty ``target``, only count them.

    Parameters
    ----------
    q
        None where every condition is known everywhere and all have one chain; else it goes condition by condition.
    reach
        The most slots that an action can last.
    visits
        Slot, place, joint level, money steps left and action of each visit, ``(n, 5)``, in the order of slots.
    index
        Number of the visit of a state, ``(T + 1, N, C, B + 1)``; -1 where the policy never comes.
    start
        To be filled, ``(5 n + 1,)``: stream s of visit v has the links from ``start[5 v + s]`` on.
    target, weight
        To be filled: visit a link leads to, and the chance of it within its stream.
    """
    C = index.shape[2]
    powers, chains, row = np.zeros((0, C, C)), np.zeros((0, 0)), np.empty(C)
    if q is None:
        powers = np.zeros((reach + 1, C, C))
        for c in range(C):
            powers[0, c, c] = 1.0
    else:
        chains = np.zeros((reach + 1, q.start[len(p.sizes)]))
    count, slot = 0, -1
    for v in range(len(visits)):
        t, i, c, left, action = visits[v]
        if t != slot:
            slot = t
            ahead = min(reach, p.slots - t)
            if q is None:
                multiply_powers(p, t, ahead, powers)
            else:
                look_ahead(p, q, t, ahead, chains)
        first = STREAMS * v
        start[first : first + STREAMS] = count
        if action == 1:
            count = wait(p, q, powers, chains, row, index, t, i, i, c, left - p.stay_price[i], count, target, weight)
            start[first + BACK : first + STREAMS] = count
        elif action > 1:
            m, pays = (action - 2) // 2, (action - 2) % 2 == 1
            j, back, after = p.target[m], p.back[m], left - p.price[m]
            count = last(p, q, powers, chains, row, index, t, i, j, c, m, 0, after, count, target, weight)
            start[first + BACK] = count
            if p.turned_back[m, c] > 0.0:
                count = last(p, q, powers, chains, row, index, t, i, back, c, m, 0, after, count, target, weight)
            start[first + ON_ASKED : first + STREAMS] = count
            if p.asked[m, c] == 0.0:
                continue
            if pays or p.longer[m] >= 0:
                extra = 0 if pays else p.longer[m]
                after -= p.demand_price[m] if pays else 0
                count = last(p, q, powers, chains, row, index, t, i, j, c, m, extra, after, count, target, weight)
                start[first + BACK_ASKED] = count
                if p.turned_back[m, c] > 0.0:
                    count = last(
                        p, q, powers, chains, row, index, t, i, back, c, m, extra, after, count, target, weight
                    )
                start[first + SENT_BACK] = count
            else:
                count = wait(p, q, powers, chains, row, index, t, i, back, c, after, count, target, weight)
    start[STREAMS * len(visits)] = count
    return count


link = compiled(_link)
