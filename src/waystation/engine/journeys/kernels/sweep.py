"""Backward induction over slots, with money in the state or without: one pass is exact, there is nothing to converge.

Values are kept for K components, in this order: the score a plan is chosen by, the chance of arrival, the chance of harm,
the expected cost of arriving (cost from here on, times arrived) and the expected slot of arrival (times arrived). With K = 1
only the score is kept; with K = 2 score and arrival.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays, Values, Worth
from waystation.engine.journeys.kernels.chain import carry

MARGIN = 1e-12
SCORE, ARRIVE, HARM, COST, SLOT = 0, 1, 2, 3, 4

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


def _is_better(new: Floats, old: Floats, b: int, shift: float) -> bool:
    """Whether a new action beats the old one at money b: by score, then arrival, least harm, least cost, soonest arrival.

    A choice gives way only to one better by more than rounding. ``shift`` is added to the score for each unit of arrival:
    what the money spent before this state takes from the worth of arriving.
    """
    K = len(new)
    difference = new[SCORE, b] - old[SCORE, b]
    if shift != 0.0:
        difference += shift * (new[ARRIVE, b] - old[ARRIVE, b])
    if difference > MARGIN:
        return True
    if difference < -MARGIN:
        return False
    for k in range(1, K):
        difference = new[k, b] - old[k, b]
        scale = MARGIN
        if k >= COST:
            scale = MARGIN * max(1.0, abs(old[k, b]))
        if k > ARRIVE:
            difference = -difference
        if difference > scale:
            return True
        if difference < -scale:
            return False
    return False


is_better = njit(cache=True, error_model="numpy", inline="always")(_is_better)


def _blend(ring: Floats, row: int, c: int, longer: int, slots: Ints, chances: Floats, out: Floats) -> None:
    """Mix the values a place will have after each possible duration; ``out[k, b]``."""
    K, B = out.shape
    for k in range(K):
        for b in range(B):
            out[k, b] = 0.0
        for e in range(len(slots)):
            values = ring[k, row + slots[e] + longer, c]
            chance = chances[e]
            for b in range(B):
                out[k, b] += chance * values[b]


blend = njit(cache=True, error_model="numpy")(_blend)


def _travel(
    back: Floats, onward: Floats, intercepted: float, turned_back: float, harm_worth: float, out: Floats
) -> None:
    """Combine being turned back, arriving and being intercepted into the value of travelling a leg."""
    K, B = out.shape
    passed = 1.0 - intercepted - turned_back
    for k in range(K):
        constant = 0.0
        if k == SCORE:
            constant = intercepted * harm_worth
        elif k == HARM:
            constant = intercepted
        for b in range(B):
            out[k, b] = constant + turned_back * back[k, b] + passed * onward[k, b]


travel = njit(cache=True, error_model="numpy")(_travel)


def _charge(values: Floats, b: int, paid: float, cost_worth: float) -> None:
    """Add what was just paid to the expected cost of arriving, and take it from the score at its worth."""
    K = len(values)
    if K > ARRIVE:
        values[SCORE, b] -= cost_worth * paid * values[ARRIVE, b]
    if K > COST:
        values[COST, b] += paid * values[ARRIVE, b]


charge = njit(cache=True, error_model="numpy", inline="always")(_charge)


def _keep(values: Values, actions: NDArray[np.int16], b: int, action: int) -> None:
    """Make the new action at money b the best one."""
    actions[b] = action
    for k in range(len(values.best)):
        values.best[k, b] = values.new[k, b]


keep = njit(cache=True, error_model="numpy", inline="always")(_keep)


def _try_wait(
    p: Arrays, w: Worth, ring: Floats, i: int, c: int, spent: Floats, values: Values, actions: NDArray[np.int16]
) -> None:
    """Hold waiting a slot at place i against the best action so far, at every amount of money left."""
    new = values.new
    K, B = new.shape
    row = p.ring_start[i] + 1
    seen = p.discovered[i, c]
    for b in range(p.stay_price[i], B):
        left = b - p.stay_price[i]
        for k in range(K):
            new[k, b] = (1.0 - seen) * ring[k, row, c, left]
        new[SCORE, b] += seen * w.harm
        if K > HARM:
            new[HARM, b] += seen
        charge(new, b, p.stay_fee[i], w.cost)
        shift = -w.cost * spent[b] if w.cost != 0.0 else 0.0
        if actions[b] == -1 or is_better(new, values.best, b, shift):
            keep(values, actions, b, 1)


try_wait = njit(cache=True, error_model="numpy")(_try_wait)


def _travel_both(p: Arrays, w: Worth, ring: Floats, i: int, c: int, m: int, extra: int, v: Values, out: Floats) -> None:
    """Value of travelling move m from place i with every duration ``extra`` slots longer, before any money is paid."""
    low, high = p.duration_start[m], p.duration_start[m + 1]
    durations, chances = p.duration_slots[low:high], p.duration_chance[low:high]
    blend(ring, p.ring_start[i], c, extra, durations, chances, v.back)
    blend(ring, p.ring_start[p.target[m]], c, extra, durations, chances, v.onward)
    travel(v.back, v.onward, p.intercepted[m, c], p.turned_back[m, c], w.harm, out)


travel_both = njit(cache=True, error_model="numpy")(_travel_both)


def _hand_over(p: Arrays, w: Worth, m: int, q: float, b: int, left: int, before: float, v: Values) -> bool:
    """Mix in an extra demand made with chance q once ``left`` money steps are left; whether paying is better than refusing."""
    K = len(v.new)
    pays = False
    if left >= p.demand_price[m]:
        for k in range(K):
            v.paid[k, b] = v.travelled[k, left - p.demand_price[m]]
        charge(v.paid, b, p.demand[m], w.cost)
        pays = is_better(v.paid, v.refused, b, -w.cost * (before + p.fee[m]))
    for k in range(K):
        answered = v.paid[k, b] if pays else v.refused[k, b]
        v.new[k, b] = (1.0 - q) * v.new[k, b] + q * answered
    return pays


hand_over = njit(cache=True, error_model="numpy", inline="always")(_hand_over)


def _try_move(
    p: Arrays, w: Worth, ring: Floats, i: int, c: int, m: int, spent: Floats, v: Values, actions: NDArray[np.int16]
) -> None:
    """Hold a move from place i against the best action so far, at every amount of money left."""
    K, B = v.new.shape
    q = p.asked[m, c]
    travel_both(p, w, ring, i, c, m, 0, v, v.travelled)
    if q > 0.0 and p.longer[m] >= 0:
        travel_both(p, w, ring, i, c, m, p.longer[m], v, v.longer)
    for b in range(p.price[m], B):
        left = b - p.price[m]
        before = spent[b] if w.cost != 0.0 else 0.0
        action = 2 + 2 * m
        for k in range(K):
            v.new[k, b] = v.travelled[k, left]
        if q > 0.0:
            for k in range(K):
                v.refused[k, b] = v.longer[k, left] if p.longer[m] >= 0 else ring[k, p.ring_start[i] + 1, c, left]
            if hand_over(p, w, m, q, b, left, before, v):
                action += 1
        charge(v.new, b, p.fee[m], w.cost)
        if actions[b] == -1 or is_better(v.new, v.best, b, -w.cost * before):
            keep(v, actions, b, action)


try_move = njit(cache=True, error_model="numpy")(_try_move)


def _decide(
    p: Arrays, w: Worth, ring: Floats, t: int, i: int, c: int, spent: Floats, v: Values, actions: NDArray[np.int16]
) -> None:
    """Fill the best values and actions of one place, slot and joint level at every amount of money left."""
    v.best[:] = 0.0
    if p.destination[i]:
        actions[:] = -1
        v.best[SCORE] = w.arrive + w.slot * t
        if len(v.best) > ARRIVE:
            v.best[ARRIVE] = 1.0
        if len(v.best) > SLOT:
            v.best[SLOT] = t
        return
    actions[:] = 0 if p.may_stop[i] and t < p.slots else -1
    if t == p.slots or t < p.earliest[i]:
        actions[:] = -1
        return
    if p.may_wait[i]:
        try_wait(p, w, ring, i, c, spent, v, actions)
    for m in range(p.move_start[i], p.move_start[i + 1]):
        if p.open_slot[m, t] and p.open_level[m, c]:
            try_move(p, w, ring, i, c, m, spent, v, actions)


decide = njit(cache=True, error_model="numpy")(_decide)


def _carry_back(p: Arrays, t: int, ring: Floats, scratch: Floats) -> None:
    """Pass from slot t + 1 to slot t: what was d slots ahead is d + 1 ahead, seen through one step of the chain."""
    for i in range(len(p.destination)):
        for row in range(p.ring_start[i + 1] - 1, p.ring_start[i], -1):
            for k in range(len(ring)):
                carry(ring[k, row - 1], ring[k, row], scratch, p.steps[t], p.sizes)


carry_back = njit(cache=True, error_model="numpy")(_carry_back)


def _sweep(p: Arrays, w: Worth, components: int, spent: Floats, policy: NDArray[np.int16], first: Floats) -> None:
    """Fill the policy ``(T, N, C, B + 1)`` and the values at slot 0, ``first`` ``(K, N, C, B + 1)``.

    The value of a place d slots ahead, seen from now, stands in row ``ring_start[i] + d`` of a ring; passing to the slot
    before carries each row one step through the chain, so no power of it is ever formed.

    ``spent[t, i, c, b]`` is what was spent before a state is reached, minor units; an axis may have length 1. It is looked at
    only where cost has a worth.
    """
    N, C = p.discovered.shape
    K, B = components, first.shape[3]
    ring = np.zeros((K, p.ring_start[N], C, B))
    scratch = np.empty((2, C, B))
    v = Values(
        np.empty((K, B)),
        np.empty((K, B)),
        np.empty((K, B)),
        np.empty((K, B)),
        np.empty((K, B)),
        np.empty((K, B)),
        np.empty((K, B)),
        np.empty((K, B)),
    )
    actions = np.empty(B, dtype=np.int16)
    unspent = np.zeros(B)
    for t in range(p.slots, -1, -1):
        if t < p.slots:
            carry_back(p, t, ring, scratch)
        for i in range(N):
            for c in range(C):
                before = unspent
                if w.cost != 0.0 and t < p.slots:
                    before = spent[t % len(spent), i % spent.shape[1], c % spent.shape[2]]
                decide(p, w, ring, t, i, c, before, v, actions)
                if t < p.slots:
                    policy[t, i, c] = actions
                first[:, i, c] = v.best
        for i in range(N):
            ring[:, p.ring_start[i]] = first[:, i]


sweep = njit(cache=True, error_model="numpy")(_sweep)
