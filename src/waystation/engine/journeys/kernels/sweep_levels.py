"""Backward induction over slots without money in the state.

Components and meaning are those of `waystation.engine.journeys.kernels.sweep`. This kernel is the one whose speed decides what
can be planned at all. Its arrays are taken out of their tuple once, and its innermost work is scalar arithmetic: reading a
field of the tuple, or making a view of an array, in the inner loop took eight times as long as the arithmetic itself.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays, Views, Worth
from waystation.engine.journeys.kernels.chain import carry_rows
from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.sweep import ARRIVE, COST, HARM, MARGIN, SCORE, SLOT

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


def _prefers(new: Floats, old: Floats, shift: float) -> bool:
    """Whether values ``new``, ``(K,)``, are better than ``old``; the order and the margin are those of `is_better`."""
    K = len(new)
    difference = new[SCORE] - old[SCORE]
    if shift != 0.0:
        difference += shift * (new[ARRIVE] - old[ARRIVE])
    if difference > MARGIN or difference < -MARGIN or K == 1:
        return bool(difference > MARGIN)
    for k in range(ARRIVE, K):
        difference = new[k] - old[k] if k == ARRIVE else old[k] - new[k]
        scale = MARGIN * max(1.0, abs(old[k])) if k >= COST else MARGIN
        if difference > scale or difference < -scale:
            return bool(difference > scale)
    return False


prefers = njit(cache=True, error_model="numpy", inline="always")(_prefers)


def _spend(values: Floats, paid: float, cost_worth: float) -> None:
    """Add what is paid to the expected cost of arriving, and take it from the score at its worth."""
    K = len(values)
    if K > ARRIVE:
        values[SCORE] -= cost_worth * paid * values[ARRIVE]
    if K > COST:
        values[COST] += paid * values[ARRIVE]


spend = njit(cache=True, error_model="numpy", inline="always")(_spend)


def _travel(
    ring: Floats,
    home: int,
    own_home: int,
    there: int,
    own_there: int,
    slots: Ints,
    chances: Floats,
    low: int,
    high: int,
    passed: float,
    turned: float,
    caught: float,
    harm_worth: float,
    out: Floats,
) -> None:
    """Value of travelling a leg to the row ``there``, or turned back to ``home``, each at its own level; ``out``, ``(K,)``.

    It lasts ``slots[e]`` with ``chances[e]`` for e from ``low`` to ``high``.
    """
    for k in range(len(out)):
        onward = 0.0
        for e in range(low, high):
            onward += chances[e] * ring[k, there + slots[e], own_there]
        out[k] = passed * onward
        if turned > 0.0:
            back = 0.0
            for e in range(low, high):
                back += chances[e] * ring[k, home + slots[e], own_home]
            out[k] += turned * back
    out[SCORE] += caught * harm_worth
    if len(out) > HARM:
        out[HARM] += caught


travel = njit(cache=True, error_model="numpy", inline="always")(_travel)


def _answer(
    p: Arrays, w: Worth, ring: Floats, m: int, c: int, spent: float, new: Floats, paid: Floats, refused: Floats
) -> bool:
    """Mix an extra demand into the value of travelling, ``new``; whether paying is better than refusing."""
    K, q = len(new), p.asked[m, c]
    home, own_home = p.ring_start[p.back[m]], p.own_level[p.back[m], c]
    for k in range(K):
        paid[k] = new[k]
    spend(paid, p.demand[m], w.cost)
    if p.longer[m] < 0:
        for k in range(K):
            refused[k] = ring[k, home + 1, own_home]
    else:
        low, high = p.duration_start[m], p.duration_start[m + 1]
        home, there, own_there = home + p.longer[m], p.landing[m] + p.longer[m], p.lands[m, c]
        slots, chances, turned, caught = p.duration_slots, p.duration_chance, p.turned_back[m, c], p.intercepted[m, c]
        passed = p.passed[m, c]
        travel(
            ring, home, own_home, there, own_there, slots, chances, low, high, passed, turned, caught, w.harm, refused
        )
    pays = prefers(paid, refused, -w.cost * (spent + p.fee[m]))
    for k in range(K):
        new[k] = (1.0 - q) * new[k] + q * (paid[k] if pays else refused[k])
    return pays


answer = njit(cache=True, error_model="numpy")(_answer)


def _look_from_outside(p: Arrays, v: Views, t: int, values: Floats) -> None:
    """Fill the rows of every view in the ring of one component, ``(rows, C)``; as in `sweep`."""
    for x in range(len(v.place)):
        i = v.place[x]
        if t < p.looked_at_from[i]:
            continue
        here, there = p.ring_start[i], v.start[x]
        for d in range(1, min(p.ring_start[i + 1] - here, p.latest[i] - t + 1)):
            for level in range(v.levels[x]):
                values[there + d, level] = 0.0
            for own in range(p.own_levels[i]):
                values[there + d, v.level[x, own]] += v.weight[t, x, own] * values[here + d, own]


look_from_outside = njit(cache=True, error_model="numpy")(_look_from_outside)


def _sweep_levels(  # noqa: C901 - one body, for the reason above
    p: Arrays, v: Views, w: Worth, spent: Floats, policy: NDArray[np.int16], first: Floats
) -> None:
    """Fill the policy ``(T, N, C)`` and the values at slot 0, ``first`` ``(N, K, C)`` by own level.

    ``spent[t, i, c]`` is what was spent before a state is reached, minor units; an axis may have length 1. The ring is that of
    `sweep`.
    """
    N, K, C = first.shape
    T, earliest, latest, ring_start, move_start = p.slots, p.earliest, p.latest, p.ring_start, p.move_start
    destination, may_wait, may_stop, discovered, stay_fee = (
        p.destination,
        p.may_wait,
        p.may_stop,
        p.discovered,
        p.stay_fee,
    )
    landing, lands, back, fee, passed = p.landing, p.lands, p.back, p.fee, p.passed
    own_levels, own_level, joint_level, matters = p.own_levels, p.own_level, p.joint_level, p.matters
    turned_back, intercepted = p.turned_back, p.intercepted
    asked, open_level, open_slot = p.asked, p.open_level, p.open_slot
    duration_start, slots, chances = p.duration_start, p.duration_slots, p.duration_chance
    steps, sizes, looked_at_from = p.steps, p.sizes, p.looked_at_from
    ring, scratch = np.zeros((K, v.start[len(v.place)], C)), np.empty(C)
    actions = np.empty(C, dtype=np.int16)
    best, new, paid, refused = np.empty(K), np.empty(K), np.empty(K), np.empty(K)
    for t in range(T, -1, -1):
        for i in range(N):
            if t < T and t >= looked_at_from[i]:
                last = min(ring_start[i + 1] - 1, ring_start[i] + latest[i] - t)
                for k in range(K):
                    carry_rows(ring[k], scratch, ring_start[i], last, steps, t, sizes, matters[i], own_levels[i])
        if t < T and len(v.place) > 0:
            for k in range(K):
                look_from_outside(p, v, t, ring[k])
        for i in range(N):
            here = ring_start[i]
            for own in range(own_levels[i]):
                c = joint_level[i, own]
                for k in range(K):
                    best[k] = 0.0
                action = 0 if may_stop[i] and not destination[i] else -1
                if destination[i]:
                    best[SCORE] = w.arrive + w.slot * t
                    if K > ARRIVE:
                        best[ARRIVE] = 1.0
                    if K > SLOT:
                        best[SLOT] = t
                elif earliest[i] <= t <= latest[i] and t < T:
                    before = spent[t % spent.shape[0], i % spent.shape[1], c % spent.shape[2]]
                    shift = -w.cost * before
                    if may_wait[i]:
                        seen = discovered[i, c]
                        for k in range(K):
                            new[k] = (1.0 - seen) * ring[k, here + 1, own]
                        new[SCORE] += seen * w.harm
                        if K > HARM:
                            new[HARM] += seen
                        spend(new, stay_fee[i], w.cost)
                        if action == -1 or prefers(new, best, shift):
                            action = 1
                            for k in range(K):
                                best[k] = new[k]
                    for m in range(move_start[i], move_start[i + 1]):
                        if not (open_slot[t, m] and open_level[m, c]):
                            continue
                        there, low, high = landing[m], duration_start[m], duration_start[m + 1]
                        home, own_home, own_there = ring_start[back[m]], own_level[back[m], c], lands[m, c]
                        turned, caught = turned_back[m, c], intercepted[m, c]
                        travel(
                            ring,
                            home,
                            own_home,
                            there,
                            own_there,
                            slots,
                            chances,
                            low,
                            high,
                            passed[m, c],
                            turned,
                            caught,
                            w.harm,
                            new,
                        )
                        pays = asked[m, c] > 0.0 and answer(p, w, ring, m, c, before, new, paid, refused)
                        spend(new, fee[m], w.cost)
                        if action == -1 or prefers(new, best, shift):
                            action = 2 + 2 * m + (1 if pays else 0)
                            for k in range(K):
                                best[k] = new[k]
                actions[own] = action
                for k in range(K):
                    first[i, k, own] = best[k]
            for c in range(C if t < T else 0):
                if own_level[i, c] >= 0:
                    policy[t, i, c] = actions[own_level[i, c]]
        for i in range(N):
            for k in range(K):
                for own in range(own_levels[i]):
                    ring[k, ring_start[i], own] = first[i, k, own]


sweep_levels = compiled(_sweep_levels)
