"""The best arrival that holds whatever chances nature picks within bounds, with money in the state; what a policy is sure of."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.kernels.cautious import Nature
from waystation.engine.journeys.kernels.chain import carry
from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.sweep import MARGIN

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


def _carry_money(ring: Floats, first: int, last: int, joint_steps: Floats, t: int, C: int, B: int) -> None:
    """Carry a place's rows, ``(C, 1, B)`` each, back to slot t by the joint chain as one matrix."""
    for row in range(last, first, -1):
        for c in range(C):
            for b in range(B):
                ring[row, c, 0, b] = joint_steps[t, c, 0] * ring[row - 1, 0, 0, b]
            for z in range(1, C):
                for b in range(B):
                    ring[row, c, 0, b] += joint_steps[t, c, z] * ring[row - 1, z, 0, b]


carry_money = njit(cache=True, error_model="numpy", inline="always")(_carry_money)


def _carry_ring(p: Arrays, joint_steps: Floats, t: int, ring: Floats, scratch: Floats) -> None:
    """Pass from slot t + 1 to slot t."""
    N, C, B = len(p.destination), ring.shape[1], ring.shape[3]
    ring_start, latest, looked_at_from, destination = p.ring_start, p.latest, p.looked_at_from, p.destination
    every = np.ones(len(p.sizes), dtype=np.bool_)
    for i in range(N):
        if t < looked_at_from[i]:
            continue
        here = ring_start[i]
        last = min(ring_start[i + 1] - 1, here + latest[i] - t)
        if destination[i]:
            ring[min(here + p.slots - t, last)] = 1.0
        elif len(joint_steps) > 0:
            carry_money(ring, here, last, joint_steps, t, C, B)
        else:
            for row in range(last, here, -1):
                carry(ring[row - 1], ring[row], scratch, p.steps[t], p.sizes, every, C, B - 1)


carry_ring = njit(cache=True, error_model="numpy")(_carry_ring)


def _travel_worst(
    ring: Floats,
    home: int,
    there: int,
    c: int,
    slots: Ints,
    chances: Floats,
    low: int,
    high: int,
    uncaught: float,
    least: float,
    most: float,
    left: int,
    back: Floats,
    out: Floats,
) -> None:
    """Fill ``out[b]`` with the value of travelling with b steps left, up to ``left``, turned back as it hurts most."""
    for b in range(left + 1):
        out[b] = 0.0
        back[b] = 0.0
    for e in range(low, high):
        chance, ahead = chances[e], slots[e]
        for b in range(left + 1):
            out[b] += chance * ring[there + ahead, c, 0, b]
            back[b] += chance * ring[home + ahead, c, 0, b]
    for b in range(left + 1):
        gained = back[b] - out[b]
        out[b] = uncaught * out[b] + min(least * gained, most * gained)


travel_worst = njit(cache=True, error_model="numpy", inline="always")(_travel_worst)


def _cautious_with_money(  # noqa: C901 - one body, as in `arrival`
    p: Arrays,
    nature: Nature,
    by_fee: NDArray[np.int64],
    joint_steps: Floats,
    policy: NDArray[np.int16],
    ring: Floats,
) -> None:
    """Fill the policy ``(T, N, C, B)``, and the ring ``(rows, C, 1, B)`` so that place i's first row is its value at slot 0.

    ``by_fee`` are the moves of each place in the order in which they are preferred, ``(M,)``.
    """
    N, C, B = len(p.discovered), ring.shape[1], ring.shape[3]
    T, earliest, latest, ring_start, move_start = p.slots, p.earliest, p.latest, p.ring_start, p.move_start
    destination, may_wait, may_stop, stay_price = p.destination, p.may_wait, p.may_stop, p.stay_price
    target, turned_to, turns_back, is_asked, longer = p.target, p.back, p.turns_back, p.is_asked, p.longer
    most_left = p.most_left
    open_level, open_slot, prices, demand_price = p.open_level, p.open_slot, p.price, p.demand_price
    duration_start, slots, chances = p.duration_start, p.duration_slots, p.duration_chance
    uncaught, least_turned, most_turned, stays = (
        nature.uncaught,
        nature.least_turned,
        nature.most_turned,
        nature.stays,
    )
    least_asked, most_asked = nature.least_asked, nature.most_asked
    scratch = np.empty((2, C, 1, B))
    back, value, refused = np.empty(B), np.empty(B), np.empty(B)
    pays = np.zeros(B, dtype=np.int16)
    best, action = np.empty((C, B)), np.empty((C, B), dtype=np.int16)
    for i in range(N):
        ring[ring_start[i]] = 1.0 if destination[i] else 0.0
    for t in range(T - 1, -1, -1):
        carry_ring(p, joint_steps, t, ring, scratch)
        for i in range(N):
            here, most, can_decide = ring_start[i], most_left[i], t <= latest[i]
            if destination[i] or t < earliest[i]:
                continue
            dearest = stay_price[i] if may_wait[i] and can_decide else B
            for c in range(C):
                for b in range(most + 1):
                    best[c, b] = 0.0
                    action[c, b] = 0 if may_stop[i] else 1 if b >= dearest else -1
            for k in range(move_start[i], move_start[i + 1] if can_decide else move_start[i]):
                m = by_fee[k]
                left = most - prices[m]
                if not open_slot[t, m] or left < 0:
                    continue
                there, low, high, n = ring_start[target[m]], duration_start[m], duration_start[m + 1], longer[m]
                home = ring_start[turned_to[m]]
                turned_here = home if turns_back[m] else there  # where nobody is turned back, any row will do
                for c in range(C):
                    if not open_level[m, c]:
                        continue
                    caught, least, often = uncaught[m, c], least_turned[m, c], most_turned[m, c]
                    travel_worst(
                        ring, turned_here, there, c, slots, chances, low, high, caught, least, often, left, back, value
                    )
                    if is_asked[m]:
                        if n < 0:
                            for b in range(left + 1):
                                refused[b] = ring[home + 1, c, 0, b]
                        else:
                            travel_worst(
                                ring, turned_here + n, there + n, c, slots, chances, low, high, caught, least, often, left,
                                back, refused,
                            )  # fmt: skip
                        demanded, rarely, often = demand_price[m], least_asked[m, c], most_asked[m, c]
                        for b in range(left, -1, -1):  # what paying leaves is looked at before it is overwritten
                            answered = refused[b]
                            pays[b] = 1 if b >= demanded and value[b - demanded] > answered + MARGIN else 0
                            if pays[b] == 1:
                                answered = value[b - demanded]
                            lost = answered - value[b]
                            value[b] += min(rarely * lost, often * lost)
                            pays[b] = pays[b] if often > 0.0 else 0
                    price = prices[m]
                    for b in range(price, most + 1):
                        if value[b - price] > best[c, b] + MARGIN or action[c, b] < 0:
                            answer = pays[b - price] if is_asked[m] else 0
                            best[c, b], action[c, b] = value[b - price], 2 + 2 * m + answer
            for c in range(C):
                for b in range(dearest, most + 1):
                    waited = stays[i, c] * ring[here + 1, c, 0, b - dearest]
                    if waited > best[c, b] + MARGIN:
                        best[c, b], action[c, b] = waited, 1
            for c in range(C):
                for b in range(most + 1):
                    ring[here, c, 0, b] = best[c, b]  # nothing looks at it before the next slot
                    policy[t, i, c, b] = action[c, b]


cautious_with_money = compiled(_cautious_with_money)


def _travel_once(
    ring: Floats,
    home: int,
    there: int,
    c: int,
    left: int,
    slots: Ints,
    chances: Floats,
    low: int,
    high: int,
    uncaught: float,
    least: float,
    most: float,
) -> float:
    """Return the value of travelling with ``left`` steps, turned back as it hurts most."""
    onward, back = 0.0, 0.0
    for e in range(low, high):
        onward += chances[e] * ring[there + slots[e], c, 0, left]
        back += chances[e] * ring[home + slots[e], c, 0, left]
    return uncaught * onward + min(least * (back - onward), most * (back - onward))


travel_once = njit(cache=True, error_model="numpy", inline="always")(_travel_once)


def _sure_of(  # noqa: C901 - one body, as in `arrival`
    p: Arrays, nature: Nature, joint_steps: Floats, policy: NDArray[np.int16], ring: Floats
) -> None:
    """Fill the ring so that place i's first row is what the policy is sure of from slot 0; shapes as in `cautious_with_money`.

    What is closed or cannot be paid is sure of nothing.
    """
    N, C, B = len(p.discovered), ring.shape[1], ring.shape[3]
    ring_start, move_start, target, turned_to, turns_back = p.ring_start, p.move_start, p.target, p.back, p.turns_back
    may_wait, stay_price, open_slot, open_level = p.may_wait, p.stay_price, p.open_slot, p.open_level
    destination, earliest, latest, prices, demand_price = p.destination, p.earliest, p.latest, p.price, p.demand_price
    is_asked, longer, duration_start, slots, chances = (
        p.is_asked,
        p.longer,
        p.duration_start,
        p.duration_slots,
        p.duration_chance,
    )
    uncaught, least_turned, most_turned = nature.uncaught, nature.least_turned, nature.most_turned
    least_asked, most_asked, stays = nature.least_asked, nature.most_asked, nature.stays
    scratch = np.empty((2, C, 1, B))
    for i in range(N):
        ring[ring_start[i]] = 1.0 if destination[i] else 0.0
    for t in range(p.slots - 1, -1, -1):
        carry_ring(p, joint_steps, t, ring, scratch)
        for i in range(N):
            here = ring_start[i]
            if destination[i] or t < earliest[i]:
                continue
            ring[here] = 0.0
            for c in range(C if t <= latest[i] else 0):
                for b in range(B):
                    action = policy[t, i, c, b]
                    m, pays = (action - 2) // 2, action % 2 == 1
                    if action == 1 and may_wait[i] and b >= stay_price[i]:
                        ring[here, c, 0, b] = stays[i, c] * ring[here + 1, c, 0, b - stay_price[i]]
                    if action < 2 or not (
                        move_start[i] <= m < move_start[i + 1] and open_slot[t, m] and open_level[m, c]
                    ):
                        continue
                    left, low, high = b - prices[m], duration_start[m], duration_start[m + 1]
                    if left < 0:
                        continue
                    there, home = ring_start[target[m]], ring_start[turned_to[m]]
                    turned_here = home if turns_back[m] else there  # where nobody is turned back, any row will do
                    rest, least, most = uncaught[m, c], least_turned[m, c], most_turned[m, c]
                    value = travel_once(ring, turned_here, there, c, left, slots, chances, low, high, rest, least, most)
                    if is_asked[m]:
                        n, kept = longer[m], left - demand_price[m] if pays else left
                        if kept < 0:
                            answered = 0.0
                        elif not pays and n < 0:
                            answered = ring[home + 1, c, 0, kept]
                        else:
                            n = 0 if pays else n
                            answered = travel_once(
                                ring, turned_here + n, there + n, c, kept, slots, chances, low, high, rest, least, most
                            )
                        lost = answered - value
                        value += min(least_asked[m, c] * lost, most_asked[m, c] * lost)
                    ring[here, c, 0, b] = value


sure_of = compiled(_sure_of)
