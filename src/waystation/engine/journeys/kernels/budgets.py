"""The likeliest arrival for every hard budget at once, with a policy for every amount of money left, and nothing else.

It breaks no ties and counts one number, so money can lie innermost and every choice between two actions is a selection without a
branch: the machine works on several amounts of money at a time. Written apart from `sweep`, so that each checks the other.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.kernels.chain import carry
from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.sweep import MARGIN

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Actions = NDArray[np.int16]
Mask = NDArray[np.bool_]


def _weigh(ring: Floats, row: int, levels: int, weights: Floats, low: int, end: int, out: Floats) -> None:
    """Fill ``out[b]``, b from ``low`` to before ``end``, with the mean over the levels of one row of the ring, four at a time."""
    out = out[low:end]
    if levels == 1:
        out[:] = ring[row, 0, 0, low:end]
        return
    top = levels - 1
    for z in range(0, levels, 4):
        z2, z3, z4 = min(z + 1, top), min(z + 2, top), min(z + 3, top)
        x, x2 = ring[row, z, 0, low:end], ring[row, z2, 0, low:end]
        x3, x4 = ring[row, z3, 0, low:end], ring[row, z4, 0, low:end]
        w, w2 = weights[z], weights[z2] if z2 == z + 1 else 0.0
        w3, w4 = weights[z3] if z3 == z + 2 else 0.0, weights[z4] if z4 == z + 3 else 0.0
        if z == 0:
            for b in range(len(out)):
                out[b] = w * x[b] + w2 * x2[b] + w3 * x3[b] + w4 * x4[b]
        else:
            for b in range(len(out)):
                out[b] += w * x[b] + w2 * x2[b] + w3 * x3[b] + w4 * x4[b]


weigh = njit(cache=True, error_model="numpy")(_weigh)


def _mix(
    ring: Floats,
    row: int,
    own: int,
    slots: Ints,
    chances: Floats,
    first: int,
    last: int,
    low: int,
    end: int,
    out: Floats,
) -> None:
    """Mix what a place will be worth after the durations ``first`` to before ``last``; ``out[b]`` as in `weigh`."""
    out = out[low:end]
    w, x = chances[first], ring[row + slots[first], own, 0, low:end]
    if last - first == 1:
        for b in range(len(out)):
            out[b] = w * x[b]
        return
    w2, x2 = chances[first + 1], ring[row + slots[first + 1], own, 0, low:end]
    if last - first == 2:
        for b in range(len(out)):
            out[b] = w * x[b] + w2 * x2[b]
        return
    w3, x3 = chances[first + 2], ring[row + slots[first + 2], own, 0, low:end]
    for b in range(len(out)):
        out[b] = w * x[b] + w2 * x2[b] + w3 * x3[b]
    for e in range(first + 3, last):
        w, x = chances[e], ring[row + slots[e], own, 0, low:end]
        for b in range(len(out)):
            out[b] += w * x[b]


mix = njit(cache=True, error_model="numpy")(_mix)


def _travel(passed: float, onward: Floats, turned: float, back: Floats, low: int, end: int, out: Floats) -> None:
    """Combine arriving and being turned back into the chance that travelling a leg leads to; ``out[b]`` as in `weigh`."""
    out, onward, back = out[low:end], onward[low:end], back[low:end]
    if turned > 0.0:
        for b in range(len(out)):
            out[b] = passed * onward[b] + turned * back[b]
    else:
        for b in range(len(out)):
            out[b] = passed * onward[b]


travel = njit(cache=True, error_model="numpy")(_travel)


def _offer(value: Floats, price: int, low: int, end: int, action: int, best: Floats, actions: Actions) -> None:
    """Let an action that costs ``price`` and then is worth ``value[left]`` replace the best one wherever it is better."""
    value, best, actions = value[low:end], best[low + price : end + price], actions[low + price : end + price]
    for left in range(len(value)):
        new, old = value[left], best[left]
        better = (new > old + MARGIN) | (actions[left] < 0)
        best[left] = new if better else old
        actions[left] = action if better else actions[left]


offer = njit(cache=True, error_model="numpy")(_offer)


def _offer_asked(
    value: Floats,
    refused: Floats,
    q: float,
    demand: int,
    price: int,
    low: int,
    end: int,
    action: int,
    best: Floats,
    actions: Actions,
) -> None:
    """Do as `offer` where more is demanded with chance q: ``action`` refuses, the next number pays, whichever is better."""
    for left in range(low, end):
        paid = value[left - demand] if left - demand >= low else (0.0 if left >= demand else -1.0)
        pays = paid > refused[left] + MARGIN
        new, old = (1.0 - q) * value[left] + q * (paid if pays else refused[left]), best[left + price]
        if new > old + MARGIN or actions[left + price] < 0:
            best[left + price] = new
            actions[left + price] = action + 1 if pays else action


offer_asked = njit(cache=True, error_model="numpy")(_offer_asked)


def _cheapest_onward(
    destination: Mask, move_start: Ints, target: Ints, turned_to: Ints, price: Ints, may_stop: Mask, most: int
) -> Ints:
    """Return below how many money steps stopping is best at each place, ``(N,)``: no destination can be reached with less.

    0 where a journey may not stop.
    """
    N = len(destination)
    least = np.full(N, most + 1, dtype=np.int32)
    for i in range(N):
        if destination[i]:
            least[i] = 0
    changed = True
    while changed:
        changed = False
        for i in range(N - 1, -1, -1):
            for m in range(move_start[i], move_start[i + 1]):
                onward = price[m] + min(least[target[m]], least[turned_to[m]])
                if onward < least[i]:
                    least[i] = onward
                    changed = True
    for i in range(N):
        least[i] = least[i] if may_stop[i] else 0
    return least


cheapest_onward = njit(cache=True, error_model="numpy")(_cheapest_onward)


def _likeliest_by_budget(  # noqa: C901 - one body: taking arrays out of their tuple in inner functions costs more than the work
    p: Arrays, start: int, joint: Floats, pattern: Ints, policy: Actions, first: Floats
) -> None:
    """Fill the policy ``(T, N, C, B + 1)`` and the likeliest arrival from place ``start`` at slot 0, ``first`` ``(C, B + 1)``.

    The ring is that of `sweep`, with one component.

    Parameters
    ----------
    joint, pattern
        For each set of conditions that matters somewhere, the chain of each slot over their joint levels, ``(P, T, C, C)``, and
        the set of each place, ``(N,)``; or of no set: then the chain is applied condition by condition.
    policy
        Of no slot where no policy is wanted.
    """
    N, C, B = len(p.destination), p.own_level.shape[1], first.shape[1]
    T, earliest, latest, ring_start, move_start = p.slots, p.earliest, p.latest, p.ring_start, p.move_start
    destination, may_wait, may_stop, discovered = p.destination, p.may_wait, p.may_stop, p.discovered
    target, turned_to, price, demand_price, stay_price = p.target, p.back, p.price, p.demand_price, p.stay_price
    passed, turned_back, asked, longer, same_way = p.passed, p.turned_back, p.asked, p.longer, p.same_way
    open_slot, open_level, most_left, looked_at_from = p.open_slot, p.open_level, p.most_left, p.looked_at_from
    own_levels, own_level, joint_level = p.own_levels, p.own_level, p.joint_level
    steps, sizes, matters = p.steps, p.sizes, p.matters
    duration_start, slots, chances = p.duration_start, p.duration_slots, p.duration_chance
    hopeless = cheapest_onward(destination, move_start, target, turned_to, price, may_stop, B - 1)
    is_dense, keeps = len(joint) > 0, len(policy) > 0
    ring, scratch = np.zeros((ring_start[N], C, 1, B)), np.empty((2, 1 if is_dense else C, 1, B))
    best, actions = np.empty((C, B)), np.empty((C, B), dtype=np.int16)
    onward, back, value = np.empty(B), np.empty(B), np.empty(B)
    onward_longer, back_longer, refused = np.empty(B), np.empty(B), np.empty(B)
    for i in range(N):
        if destination[i]:
            ring[ring_start[i]] = 1.0
    for t in range(T - 1, -1, -1):
        for i in range(N):
            if t < looked_at_from[i]:
                continue
            here, levels, low, end = ring_start[i], own_levels[i], hopeless[i], most_left[i] + 1
            last = min(ring_start[i + 1] - 1, here + latest[i] - t)
            if destination[i]:
                ring[min(here + T - t, last)] = 1.0
            elif is_dense:
                for row in range(last, here, -1):
                    for own in range(levels):
                        weigh(ring, row - 1, levels, joint[pattern[i], t, own], low, end, ring[row, own, 0])
            else:
                for row in range(last, here, -1):
                    carry(ring[row - 1], ring[row], scratch, steps[t], sizes, matters[i], levels, end - 1)
        for i in range(N):
            here, levels, most, bare = ring_start[i], own_levels[i], most_left[i], hopeless[i]
            is_idle = destination[i] or t < earliest[i]
            for own in range(levels):
                c = joint_level[i, own]
                best_here, acts = best[own], actions[own]
                best_here[:] = 0.0
                acts[:] = 0 if may_stop[i] and not is_idle else -1
                if is_idle or t > latest[i]:
                    continue
                if may_wait[i] and not may_stop[i] and stay_price[i] <= most:
                    acts[stay_price[i] : most + 1] = 1  # no leg that leads nowhere is begun
                onward_known, back_known = 0, 0  # before how much money they hold the way of this move
                for m in range(move_start[i], move_start[i + 1]):
                    if not same_way[m]:
                        onward_known, back_known = 0, 0
                    if price[m] > most or not (open_slot[t, m] and open_level[m, c]):
                        continue
                    end, q, j, turned = most + 1 - price[m], asked[m, c], target[m], turned_back[m, c]
                    there, low, high, own_there = (
                        ring_start[j],
                        duration_start[m],
                        duration_start[m + 1],
                        own_level[j, c],
                    )
                    home, own_home = ring_start[turned_to[m]], own_level[turned_to[m], c]
                    least = min(bare, hopeless[j], hopeless[turned_to[m]])
                    if onward_known < end:
                        mix(ring, there, own_there, slots, chances, low, high, least, end, onward)
                        onward_known = end
                    if turned > 0.0 and back_known < end:
                        mix(ring, home, own_home, slots, chances, low, high, least, end, back)
                        back_known = end
                    travel(passed[m, c], onward, turned, back, least, end, value)
                    if q == 0.0:
                        offer(value, price[m], least, end, 2 + 2 * m, best_here, acts)
                        continue
                    n = longer[m]
                    if n < 0:
                        refused[:end] = ring[home + 1, own_home, 0, :end]
                    else:
                        mix(ring, there + n, own_there, slots, chances, low, high, least, end, onward_longer)
                        if turned > 0.0:
                            mix(ring, home + n, own_home, slots, chances, low, high, least, end, back_longer)
                        travel(passed[m, c], onward_longer, turned, back_longer, least, end, refused)
                    offer_asked(value, refused, q, demand_price[m], price[m], least, end, 2 + 2 * m, best_here, acts)
                if may_wait[i] and stay_price[i] <= most:  # last: where both are worth as much, the group goes
                    end = most + 1 - stay_price[i]
                    travel(1.0 - discovered[i, c], ring[here + 1, own, 0], 0.0, back, bare, end, value)
                    offer(value, stay_price[i], bare, end, 1, best_here, acts)
            if not is_idle:
                for own in range(levels):
                    ring[here, own, 0] = best[own]
            if keeps:
                for c in range(C):
                    policy[t, i, c] = actions[own_level[i, c]]
    for c in range(C):
        first[c] = ring[ring_start[start], own_level[start, c], 0]


likeliest_by_budget = compiled(_likeliest_by_budget)
