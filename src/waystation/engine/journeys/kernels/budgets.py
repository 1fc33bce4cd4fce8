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


def _carry_dense(
    ring: Floats, first: int, last: int, C: int, levels: int, joint: Floats, number: int, t: int, low: int, high: int
) -> None:
    """Carry a place's rows back to slot t by its joint chain as one matrix, four levels at a time, for money from low to high."""
    top, start, count = levels - 1, np.uint64(low), np.uint64(max(0, high + 1 - low))
    for row in range(last, first, -1):
        for own in range(levels):
            to, at = row * C + own, (row - 1) * C
            for z in range(0, levels, 4):
                z2, z3, z4 = min(z + 1, top), min(z + 2, top), min(z + 3, top)
                x1, x2, x3, x4 = at + z, at + z2, at + z3, at + z4
                w1, w2 = joint[number, t, own, z], joint[number, t, own, z2] if z2 == z + 1 else 0.0
                w3 = joint[number, t, own, z3] if z3 == z + 2 else 0.0
                w4 = joint[number, t, own, z4] if z4 == z + 3 else 0.0
                if levels == 1:
                    for n in range(count):
                        ring[to, n + start] = ring[x1, n + start]
                elif z == 0:
                    for n in range(count):
                        b = n + start
                        ring[to, b] = w1 * ring[x1, b] + w2 * ring[x2, b] + w3 * ring[x3, b] + w4 * ring[x4, b]
                else:
                    for n in range(count):
                        b = n + start
                        ring[to, b] += w1 * ring[x1, b] + w2 * ring[x2, b] + w3 * ring[x3, b] + w4 * ring[x4, b]


carry_dense = njit(cache=True, error_model="numpy", inline="always")(_carry_dense)


def _mix(
    ring: Floats,
    row: int,
    slots: Ints,
    chances: Floats,
    low: int,
    high: int,
    C: int,
    share: float,
    least: int,
    end: int,
    out: Floats,
) -> None:
    """Add to ``out[left]``, left from ``least`` to before ``end``, a share of what a place will be worth after a leg."""
    start, count = np.uint64(least), np.uint64(max(0, end - least))
    for e in range(low, high):
        at, weight = row + C * slots[e], share * chances[e]
        for n in range(count):
            out[n + start] += weight * ring[at, n + start]


mix = njit(cache=True, error_model="numpy", inline="always")(_mix)


def _offer_plain(
    ring: Floats,
    there: int,
    home: int,
    slots: Ints,
    chances: Floats,
    low: int,
    high: int,
    C: int,
    passed: float,
    turned: float,
    price: int,
    least: int,
    end: int,
    action: int,
    best: Floats,
    actions: Floats,
    own: int,
) -> None:
    """Let a leg of at most three durations on which no more is demanded replace the best action wherever it is better.

    ``there`` and ``home`` are where it leads and where the party turned back is; after it ``least`` to before ``end`` steps of
    money are left.
    """
    top, start, count, paid = high - 1, np.uint64(least), np.uint64(max(0, end - least)), np.uint64(least + price)
    second, third, chosen = min(low + 1, top), min(low + 2, top), float(action)
    w1, w2 = chances[low], chances[second] if high - low > 1 else 0.0
    w3 = chances[third] if high - low > 2 else 0.0
    d1, d2, d3 = C * slots[low], C * slots[second], C * slots[third]
    r1, r2, r3, p1, p2, p3 = there + d1, there + d2, there + d3, passed * w1, passed * w2, passed * w3
    if turned == 0.0:
        for n in range(count):
            x, y = n + start, n + paid
            new, old = p1 * ring[r1, x] + p2 * ring[r2, x] + p3 * ring[r3, x], best[own, y]
            better = new > old + MARGIN
            best[own, y] = new if better else old
            actions[own, y] = chosen if better else actions[own, y]
        return
    h1, h2, h3, u1, u2, u3 = home + d1, home + d2, home + d3, turned * w1, turned * w2, turned * w3
    for n in range(count):
        x, y = n + start, n + paid
        new, old = p1 * ring[r1, x] + p2 * ring[r2, x] + p3 * ring[r3, x], best[own, y]
        new += u1 * ring[h1, x] + u2 * ring[h2, x] + u3 * ring[h3, x]
        better = new > old + MARGIN
        best[own, y] = new if better else old
        actions[own, y] = chosen if better else actions[own, y]


offer_plain = njit(cache=True, error_model="numpy")(_offer_plain)


def _offer_asked(
    value: Floats,
    refused: Floats,
    q: float,
    demand: int,
    price: int,
    least: int,
    end: int,
    action: int,
    best: Floats,
    actions: Floats,
    own: int,
) -> None:
    """Let a leg on which more is demanded with chance q replace the best action: ``action`` refuses, the next number pays.

    ``value[left]`` is what travelling is worth with so much left, ``refused[left]`` what refusing is.
    """
    for left in range(least, end):
        paid = value[left - demand] if left - demand >= least else (0.0 if left >= demand else -1.0)
        pays = paid > refused[left] + MARGIN
        new = (1.0 - q) * value[left] + q * (paid if pays else refused[left])
        if new > best[own, left + price] + MARGIN:
            best[own, left + price] = new
            actions[own, left + price] = action + 1 if pays else action


offer_asked = njit(cache=True, error_model="numpy")(_offer_asked)


def _offer_wait(
    ring: Floats, ahead: int, kept: float, price: int, least: int, end: int, best: Floats, actions: Floats, own: int
) -> None:
    """Let waiting, which leads to the ring's row and level ``ahead``, replace the best action wherever it is better."""
    start, count, paid = np.uint64(least), np.uint64(max(0, end - least)), np.uint64(least + price)
    for n in range(count):
        new, old = kept * ring[ahead, n + start], best[own, n + paid]
        better = new > old + MARGIN
        best[own, n + paid] = new if better else old
        actions[own, n + paid] = 1.0 if better else actions[own, n + paid]


offer_wait = njit(cache=True, error_model="numpy")(_offer_wait)


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
    passed, turned_back, asked, longer = p.passed, p.turned_back, p.asked, p.longer
    open_slot, open_level, most_left, looked_at_from = p.open_slot, p.open_level, p.most_left, p.looked_at_from
    own_levels, own_level, joint_level = p.own_levels, p.own_level, p.joint_level
    steps, sizes, matters = p.steps, p.sizes, p.matters
    duration_start, slots, chances = p.duration_start, p.duration_slots, p.duration_chance
    hopeless = cheapest_onward(destination, move_start, target, turned_to, price, may_stop, B - 1)
    is_dense, keeps = len(joint) > 0, len(policy) > 0
    by_row, scratch = np.zeros((ring_start[N], C, 1, B)), np.empty((2, 1 if is_dense else C, 1, B))
    ring = by_row.reshape((len(by_row) * C, B))
    best, actions, value, refused = np.empty((C, B)), np.empty((C, B)), np.empty(B), np.empty(B)
    for i in range(N):
        if destination[i]:
            by_row[ring_start[i]] = 1.0
    for t in range(T - 1, -1, -1):
        for i in range(N):
            if t < looked_at_from[i]:
                continue
            here, levels, low, high = ring_start[i], own_levels[i], hopeless[i], most_left[i]
            last = min(ring_start[i + 1] - 1, here + latest[i] - t)
            if destination[i]:
                by_row[min(here + T - t, last)] = 1.0
            elif is_dense:
                carry_dense(ring, here, last, C, levels, joint, pattern[i], t, low, high)
            else:
                for row in range(last, here, -1):
                    carry(by_row[row - 1], by_row[row], scratch, steps[t], sizes, matters[i], levels, high)
        for i in range(N):
            here, levels, most, bare = ring_start[i] * C, own_levels[i], most_left[i], hopeless[i]
            is_idle = destination[i] or t < earliest[i]
            for own in range(levels):
                c = joint_level[i, own]
                for b in range(B):  # below 0 nothing can be done
                    best[own, b], actions[own, b] = 0.0, 0.0 if may_stop[i] and not is_idle else -1.0
                if is_idle or t > latest[i]:
                    continue
                if not may_stop[i]:
                    for b in range(B):
                        waits = may_wait[i] and stay_price[i] <= b <= most
                        best[own, b], actions[own, b] = 0.0 if waits else -1.0, 1.0 if waits else -1.0
                for m in range(move_start[i], move_start[i + 1]):
                    if price[m] > most or not (open_slot[t, m] and open_level[m, c]):
                        continue
                    end, asks, turned, on = most + 1 - price[m], asked[m, c], turned_back[m, c], passed[m, c]
                    j, o, low, high, number = (
                        target[m],
                        turned_to[m],
                        duration_start[m],
                        duration_start[m + 1],
                        2 + 2 * m,
                    )
                    there, home = ring_start[j] * C + own_level[j, c], ring_start[o] * C + own_level[o, c]
                    least = min(bare, hopeless[j], hopeless[o])
                    if asks == 0.0 and high - low <= 3:
                        offer_plain(
                            ring,
                            there,
                            home,
                            slots,
                            chances,
                            low,
                            high,
                            C,
                            on,
                            turned,
                            price[m],
                            least,
                            end,
                            number,
                            best,
                            actions,
                            own,
                        )
                        continue
                    value[:end] = 0.0
                    mix(ring, there, slots, chances, low, high, C, on, least, end, value)
                    if turned > 0.0:
                        mix(ring, home, slots, chances, low, high, C, turned, least, end, value)
                    n = longer[m]
                    if n < 0:
                        refused[:end] = ring[home + C, :end]
                    else:
                        refused[:end] = 0.0
                        mix(ring, there + n * C, slots, chances, low, high, C, on, least, end, refused)
                        if turned > 0.0:
                            mix(ring, home + n * C, slots, chances, low, high, C, turned, least, end, refused)
                    offer_asked(value, refused, asks, demand_price[m], price[m], least, end, number, best, actions, own)
                if may_wait[i] and stay_price[i] <= most:  # last: where both are worth as much, the group goes
                    end = most + 1 - stay_price[i]
                    offer_wait(
                        ring, here + C + own, 1.0 - discovered[i, c], stay_price[i], bare, end, best, actions, own
                    )
            for own in range(levels if not is_idle else 0):
                for b in range(B):
                    ring[here + own, b] = max(0.0, best[own, b])
            for c in range(C if keeps else 0):
                own = own_level[i, c]
                for b in range(B):
                    policy[t, i, c, b] = np.int16(actions[own, b])
    for c in range(C):
        first[c] = ring[ring_start[start] * C + own_level[start, c]]


likeliest_by_budget = compiled(_likeliest_by_budget)
