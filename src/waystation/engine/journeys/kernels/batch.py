"""Many questions about one journey in one sweep, without money in the state: weights of a frontier, or deadlines.

The questions lie innermost, so that the machine works on several of them at a time. A question says what arriving at each slot is
worth and what harm, money and time cost; what is counted of a policy is counted of all its journeys, those that fail as well.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays, Views
from waystation.engine.journeys.kernels.chain import carry
from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.sweep import MARGIN

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


class Questions(NamedTuple):
    """K questions: the score of a policy is a weighted sum of what it leads to.

    A journey takes until it arrives, stops, is discovered or intercepted, or time is out. It takes as many slots as its waits and
    legs have lasted; a leg on which the group is intercepted counts its mean duration, and no journey counts more than T.

    Attributes
    ----------
    reward
        Of arriving at each slot, at least 0, ``(T + 1, K)``.
    harm, cost, slot
        Of being intercepted or discovered, of each minor unit at the moment it is spent, and of each slot that passes; at most 0,
        ``(K,)``.
    """

    reward: Floats
    harm: Floats
    cost: Floats
    slot: Floats


def _mix(ring: Floats, row: int, slots: Ints, chances: Floats, low: int, high: int, C: int, out: Floats) -> None:
    """Mix what a place will be worth after the durations ``low`` to before ``high``, ``out`` ``(K,)``; ``row`` is that of now."""
    top = high - 1
    second, third = min(low + 1, top), min(low + 2, top)
    w1, w2 = chances[low], chances[second] if high - low > 1 else 0.0
    w3 = chances[third] if high - low > 2 else 0.0
    row1, row2, row3 = row + C * slots[low], row + C * slots[second], row + C * slots[third]
    for k in range(len(out)):
        out[k] = w1 * ring[row1, k] + w2 * ring[row2, k] + w3 * ring[row3, k]
    for e in range(low + 3, high):
        w1, row1 = chances[e], row + C * slots[e]
        for k in range(len(out)):
            out[k] += w1 * ring[row1, k]


mix = njit(cache=True, error_model="numpy", inline="always")(_mix)


def _carry_dense(ring: Floats, first: int, last: int, C: int, levels: int, joint: Floats, number: int, t: int) -> None:
    """Carry a place's rows back to slot t by its joint chain as one matrix, four levels at a time."""
    K, top = ring.shape[1], levels - 1
    for row in range(last, first, -1):
        for own in range(levels):
            to = row * C + own
            for z in range(0, levels, 4):
                z2, z3, z4 = min(z + 1, top), min(z + 2, top), min(z + 3, top)
                at = (row - 1) * C
                x1, x2, x3, x4 = at + z, at + z2, at + z3, at + z4
                w1, w2 = joint[number, t, own, z], joint[number, t, own, z2] if z2 == z + 1 else 0.0
                w3 = joint[number, t, own, z3] if z3 == z + 2 else 0.0
                w4 = joint[number, t, own, z4] if z4 == z + 3 else 0.0
                if z == 0:
                    for k in range(K):
                        ring[to, k] = w1 * ring[x1, k] + w2 * ring[x2, k] + w3 * ring[x3, k] + w4 * ring[x4, k]
                else:
                    for k in range(K):
                        ring[to, k] += w1 * ring[x1, k] + w2 * ring[x2, k] + w3 * ring[x3, k] + w4 * ring[x4, k]


carry_dense = njit(cache=True, error_model="numpy", inline="always")(_carry_dense)


def _wait(
    ring: Floats,
    ahead: int,
    seen: float,
    price: float,
    harm: Floats,
    cost: Floats,
    slot: Floats,
    best: Floats,
    action: Floats,
    own: int,
) -> None:
    """Let waiting, which leads to the ring's row and level ``ahead``, replace the best action wherever it is better."""
    for k in range(len(harm)):
        new = (1.0 - seen) * ring[ahead, k] + seen * harm[k] + price * cost[k] + slot[k]
        better = new > best[own, k] + MARGIN
        best[own, k] = new if better else best[own, k]
        action[own, k] = 1.0 if better else action[own, k]


wait = njit(cache=True, error_model="numpy", inline="always")(_wait)


def _mean_slots(slots: Ints, chances: Floats, low: int, high: int, longer: int, left: int) -> float:
    """Return the mean duration of a leg, counted no further than the ``left`` slots there are."""
    mean = 0.0
    for e in range(low, high):
        mean += chances[e] * min(slots[e] + longer, left)
    return mean


mean_slots = njit(cache=True, error_model="numpy", inline="always")(_mean_slots)


def _answer_all(  # noqa: C901 - one body, for the reason of `likeliest_by_budget`
    p: Arrays,
    v: Views,
    q: Questions,
    start: int,
    joint: Floats,
    pattern: Ints,
    policy: NDArray[np.int16],
    values: Floats,
) -> None:
    """Fill the policies ``(T, N, C, K)`` and their scores from place ``start``, ``values`` ``(C, K)`` by joint level at slot 0.

    ``joint`` and ``pattern`` are those of `likeliest_by_budget`, and so is a policy of no slot. The ring is that of `sweep` with
    the questions in money's stead; level c of row r stands at ``r * C + c``.
    """
    N, C, K = len(p.destination), p.own_level.shape[1], values.shape[1]
    reward, harm, cost, slot = q.reward, q.harm, q.cost, q.slot
    T, earliest, latest, ring_start, move_start = p.slots, p.earliest, p.latest, p.ring_start, p.move_start
    destination, may_wait, may_stop, discovered = p.destination, p.may_wait, p.may_stop, p.discovered
    landing, lands, turned_to, fee, demand, stay_fee = p.landing, p.lands, p.back, p.fee, p.demand, p.stay_fee
    passed, turned_back, intercepted, asked = p.passed, p.turned_back, p.intercepted, p.asked
    longer, open_slot, open_level = p.longer, p.open_slot, p.open_level
    own_levels, own_level, joint_level, looked_at_from = p.own_levels, p.own_level, p.joint_level, p.looked_at_from
    steps, sizes, matters = p.steps, p.sizes, p.matters
    duration_start, slots, chances = p.duration_start, p.duration_slots, p.duration_chance
    is_dense, keeps = len(joint) > 0, len(policy) > 0
    view_place, view_start, view_level, view_weight = v.place, v.start, v.level, v.weight
    by_row, scratch = np.zeros((view_start[len(view_place)], C, 1, K)), np.empty((2, 1 if is_dense else C, 1, K))
    ring = by_row.reshape((len(by_row) * C, K))
    best, action = np.empty((C, K)), np.empty((C, K))
    onward, back, value, refused = np.zeros(K), np.zeros(K), np.empty(K), np.empty(K)
    for i in range(N):
        if destination[i]:
            for k in range(K):
                ring[ring_start[i] * C, k] = reward[T, k]
    for t in range(T - 1, -1, -1):
        for i in range(N):
            if t < looked_at_from[i]:
                continue
            here, levels = ring_start[i], own_levels[i]
            last = min(ring_start[i + 1] - 1, here + latest[i] - t)
            if destination[i]:
                for row in range(here, last + 1):
                    for k in range(K):
                        ring[row * C, k] = reward[t + row - here, k]
            elif is_dense:
                carry_dense(ring, here, last, C, levels, joint, pattern[i], t)
            else:
                for row in range(last, here, -1):
                    carry(by_row[row - 1], by_row[row], scratch, steps[t], sizes, matters[i], levels, K - 1)
        for x in range(len(view_place)):
            i = view_place[x]
            if t >= looked_at_from[i]:
                here, last = ring_start[i], min(ring_start[i + 1] - 1, ring_start[i] + latest[i] - t)
                by_row[view_start[x] : view_start[x] + last - here + 1] = 0.0
                for own in range(own_levels[i]):
                    weight, level = view_weight[t, x, own], view_level[x, own]
                    for d in range(1, last - here + 1):
                        at, source = (view_start[x] + d) * C + level, (here + d) * C + own
                        for k in range(K):
                            ring[at, k] += weight * ring[source, k]
        for i in range(N):
            here, levels = ring_start[i] * C, own_levels[i]
            is_idle = destination[i] or t < earliest[i]
            stops = may_stop[i] and not is_idle
            for own in range(levels):
                for k in range(K):
                    best[own, k] = 0.0 if stops else -np.inf
                    action[own, k] = 0.0 if stops else -1.0
            decides = not is_idle and t <= latest[i]
            if decides and may_wait[i] and not stops:
                for own in range(levels):
                    ahead, seen = here + C + own, discovered[i, joint_level[i, own]]
                    wait(ring, ahead, seen, float(stay_fee[i]), harm, cost, slot, best, action, own)
            for m in range(move_start[i], move_start[i + 1] if decides else move_start[i]):
                if not open_slot[t, m]:
                    continue
                low, high, number, price, n = (
                    duration_start[m],
                    duration_start[m + 1],
                    2.0 + 2.0 * m,
                    float(fee[m]),
                    longer[m],
                )
                lasts = mean_slots(slots, chances, low, high, 0, T - t)
                landed, homed = landing[m] * C, ring_start[turned_to[m]] * C
                for own in range(levels):
                    c = joint_level[i, own]
                    if not open_level[m, c]:
                        continue
                    there, home = landed + lands[m, c], homed + own_level[turned_to[m], c]
                    on, turned, caught, asks = passed[m, c], turned_back[m, c], intercepted[m, c], asked[m, c]
                    mix(ring, there, slots, chances, low, high, C, onward)
                    if turned > 0.0:
                        mix(ring, home, slots, chances, low, high, C, back)
                    if asks == 0.0:
                        for k in range(K):
                            new = on * onward[k] + turned * back[k]
                            new += caught * harm[k] + price * cost[k] + lasts * slot[k]
                            better = new > best[own, k] + MARGIN
                            best[own, k] = new if better else best[own, k]
                            action[own, k] = number if better else action[own, k]
                        continue
                    for k in range(K):
                        value[k] = on * onward[k] + turned * back[k] + caught * harm[k] + lasts * slot[k]
                    if n < 0:
                        for k in range(K):
                            refused[k] = ring[home + C, k] + slot[k]
                    else:
                        later = mean_slots(slots, chances, low, high, n, T - t)
                        mix(ring, there + n * C, slots, chances, low, high, C, onward)
                        if turned > 0.0:
                            mix(ring, home + n * C, slots, chances, low, high, C, back)
                        for k in range(K):
                            refused[k] = on * onward[k] + turned * back[k] + caught * harm[k] + later * slot[k]
                    more = float(demand[m])
                    for k in range(K):
                        paid = value[k] + more * cost[k]
                        pays = paid > refused[k] + MARGIN
                        new = (1.0 - asks) * value[k] + asks * (paid if pays else refused[k]) + price * cost[k]
                        better = new > best[own, k] + MARGIN
                        best[own, k] = new if better else best[own, k]
                        action[own, k] = (number + (1.0 if pays else 0.0)) if better else action[own, k]
            if decides and may_wait[i] and stops:  # last: where both are worth as much, the group goes
                for own in range(levels):
                    ahead, seen = here + C + own, discovered[i, joint_level[i, own]]
                    wait(ring, ahead, seen, float(stay_fee[i]), harm, cost, slot, best, action, own)
            for own in range(levels if not is_idle else 0):
                for k in range(K):
                    ring[here + own, k] = best[own, k] if action[own, k] >= 0.0 else 0.0
            for c in range(C if keeps else 0):
                own = own_level[i, c]
                for k in range(K):
                    policy[t, i, c, k] = np.int16(action[own, k]) if own >= 0 else -1
    for c in range(C):
        for k in range(K):
            values[c, k] = ring[ring_start[start] * C + max(0, own_level[start, c]), k]


answer_all = compiled(_answer_all)
