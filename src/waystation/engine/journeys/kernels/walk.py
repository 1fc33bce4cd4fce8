"""The forward pass over slots: where a policy leads, counted state by state.

It shares the process with the backward sweep and nothing else: chances are spread over levels by powers of the joint chain, and
money is summed in minor units.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays

ARRIVED, HARMED, NEITHER = 0, 1, 2

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _multiply_powers(p: Arrays, t: int, reach: int, powers: Floats) -> None:
    """Fill ``powers[d]``, ``(C, C)``, with the joint chain over d slots from slot t, for d up to ``reach``."""
    C, K = powers.shape[1], len(p.sizes)
    for d in range(1, reach + 1):
        steps = p.steps[t + d - 1]
        for c in range(C):
            row = powers[d - 1, c].copy()
            right, offset = C, 0
            for k in range(K):
                size = p.sizes[k]
                right //= size
                result = np.zeros(C)
                for z in range(C):
                    level = (z // right) % size
                    for other in range(size):
                        result[z + (other - level) * right] += row[z] * steps[offset + level * size + other]
                row = result
                offset += size * size
            powers[d, c] = row


multiply_powers = njit(cache=True, error_model="numpy")(_multiply_powers)


def _spread(
    chance: Floats,
    fresh: Floats,
    cost: Floats,
    spent: Ints,
    over: Floats,
    slot: int,
    place: int,
    left: int,
    weight: float,
    money: float,
    most_spent: int,
    is_fresh: bool,
) -> None:
    """Put journeys at a place and slot, over the levels; ``money`` is their mean cost, ``most_spent`` the most of any."""
    for level in range(len(over)):
        part = weight * over[level]
        if part > 0.0:
            chance[slot, place, level, left] += part
            cost[slot, place, level, left] += part * money
            if is_fresh:
                fresh[slot, place, level, left] += part
            if most_spent > spent[slot, place, level, left]:
                spent[slot, place, level, left] = most_spent


spread = njit(cache=True, error_model="numpy")(_spread)


def _finish(ends: Floats, dearest: Ints, how: int, weight: float, money: float, most_spent: int) -> None:
    """Count journeys that end: chance, cost, and the most that any of them spent."""
    if weight > 0.0:
        ends[how, 0] += weight
        ends[how, 1] += weight * money
        dearest[how] = max(dearest[how], most_spent)


finish = njit(cache=True, error_model="numpy", inline="always")(_finish)


def _travel(
    p: Arrays,
    powers: Floats,
    t: int,
    i: int,
    c: int,
    m: int,
    extra: int,
    left: int,
    weight: float,
    money: float,
    most_spent: int,
    chance: Floats,
    fresh: Floats,
    cost: Floats,
    spent: Ints,
    ends: Floats,
    dearest: Ints,
) -> None:
    """Let journeys with chance ``weight`` travel move m: intercepted, turned back or arrived after each possible duration."""
    caught, turned = p.intercepted[m, c], p.turned_back[m, c]
    finish(ends, dearest, HARMED, weight * caught, money, most_spent)
    for e in range(p.duration_start[m], p.duration_start[m + 1]):
        slots = p.duration_slots[e] + extra
        lasting = weight * p.duration_chance[e]
        if t + slots > p.slots:
            finish(ends, dearest, NEITHER, lasting * (1.0 - caught), money, most_spent)
            continue
        over = powers[slots, c]
        passed = lasting * (1.0 - caught - turned)
        spread(chance, fresh, cost, spent, over, t + slots, p.target[m], left, passed, money, most_spent, True)
        if turned > 0.0:
            back = lasting * turned
            spread(chance, fresh, cost, spent, over, t + slots, i, left, back, money, most_spent, False)


travel = njit(cache=True, error_model="numpy")(_travel)


def _act(
    p: Arrays,
    powers: Floats,
    t: int,
    i: int,
    c: int,
    left: int,
    action: int,
    chance: Floats,
    fresh: Floats,
    cost: Floats,
    spent: Ints,
    ends: Floats,
    dearest: Ints,
) -> bool:
    """Let the journeys of one state take their action; False if it is closed or cannot be paid."""
    weight = chance[t, i, c, left]
    money, most_spent = cost[t, i, c, left] / weight, spent[t, i, c, left]
    if action <= 0:
        finish(ends, dearest, NEITHER, weight, money, most_spent)
        return action == -1 or p.may_stop[i]
    if action == 1:
        after = left - p.stay_price[i]
        money, most_spent = money + p.stay_fee[i], most_spent + p.stay_fee[i]
        seen = p.discovered[i, c]
        finish(ends, dearest, HARMED, weight * seen, money, most_spent)
        if after >= 0:
            on = weight * (1.0 - seen)
            spread(chance, fresh, cost, spent, powers[1, c], t + 1, i, after, on, money, most_spent, False)
        return p.may_wait[i] and after >= 0
    m, pays = (action - 2) // 2, (action - 2) % 2 == 1
    after = left - p.price[m]
    is_open = p.open_slot[m, t] and p.open_level[m, c] and p.move_start[i] <= m < p.move_start[i + 1]
    if not is_open or after < 0:
        return False
    money, most_spent = money + p.fee[m], most_spent + p.fee[m]
    q = p.asked[m, c]
    here = weight * (1.0 - q)
    travel(p, powers, t, i, c, m, 0, after, here, money, most_spent, chance, fresh, cost, spent, ends, dearest)
    if q == 0.0:
        return True
    asked = weight * q
    if pays:
        after, money, most_spent = after - p.demand_price[m], money + p.demand[m], most_spent + p.demand[m]
        if after < 0:
            return False
        travel(p, powers, t, i, c, m, 0, after, asked, money, most_spent, chance, fresh, cost, spent, ends, dearest)
    elif p.longer[m] >= 0:
        extra = p.longer[m]
        travel(p, powers, t, i, c, m, extra, after, asked, money, most_spent, chance, fresh, cost, spent, ends, dearest)
    else:
        spread(chance, fresh, cost, spent, powers[1, c], t + 1, i, after, asked, money, most_spent, False)
    return True


act = njit(cache=True, error_model="numpy")(_act)


def _walk(
    p: Arrays,
    policy: NDArray[np.int16],
    look_ahead: int,
    chance: Floats,
    fresh: Floats,
    cost: Floats,
    spent: Ints,
    arrived: Floats,
    ends: Floats,
    dearest: Ints,
) -> int:
    """Follow a policy from the chances at slot 0; return the first slot with an action that is not open, or -1.

    Parameters
    ----------
    policy
        ``(T, N, C, B + 1)``.
    chance, fresh, cost, spent
        By slot and state, ``(T + 1, N, C, B + 1)``, to be filled: chance of being there, of having just come by a leg, chance times
        minor units spent, and the most spent.
    arrived
        Chance of arriving at each slot, ``(T + 1,)``.
    ends, dearest
        For arrived, harmed and neither: chance and cost, ``(3, 2)``; the most spent, ``(3,)``.
    """
    _, N, C, B = chance.shape
    powers = np.zeros((look_ahead + 1, C, C))
    for c in range(C):
        powers[0, c, c] = 1.0
    for t in range(p.slots + 1):
        multiply_powers(p, t, min(look_ahead, p.slots - t), powers)
        for i in range(N):
            if t < p.earliest[i]:
                continue
            for c in range(C):
                for left in range(p.most_left[i] + 1):
                    weight = chance[t, i, c, left]
                    if weight == 0.0:
                        continue
                    if p.destination[i]:
                        arrived[t] += weight
                        money = cost[t, i, c, left] / weight
                        finish(ends, dearest, ARRIVED, weight, money, spent[t, i, c, left])
                    elif t == p.slots:
                        money = cost[t, i, c, left] / weight
                        finish(ends, dearest, NEITHER, weight, money, spent[t, i, c, left])
                    elif not act(
                        p, powers, t, i, c, left, policy[t, i, c, left], chance, fresh, cost, spent, ends, dearest
                    ):
                        return t
    return -1


walk = njit(cache=True, error_model="numpy")(_walk)
