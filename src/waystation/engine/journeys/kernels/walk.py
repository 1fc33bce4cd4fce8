"""The forward pass over slots: where a policy leads, counted state by state.

It shares the process with the backward sweep and nothing else: chances are spread over levels by powers of the joint chain, and
money is summed in minor units.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.kernels.compiled import compiled

ARRIVED, HARMED, NEITHER = 0, 1, 2
CHANCE, FRESH, COST, SPENT = 0, 1, 2, 3

Floats = NDArray[np.float64]


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
    mass: Floats,
    powers: Floats,
    slots: int,
    c: int,
    slot: int,
    place: int,
    left: int,
    weight: float,
    money: float,
    most_spent: float,
    is_fresh: bool,
) -> None:
    """Put journeys at a place and slot, over the levels they may find after ``slots`` slots from level c.

    ``money`` is their mean cost, ``most_spent`` the most of any.
    """
    for level in range(powers.shape[2]):
        part = weight * powers[slots, c, level]
        if part > 0.0:
            mass[slot, place, level, left, CHANCE] += part
            mass[slot, place, level, left, COST] += part * money
            if is_fresh:
                mass[slot, place, level, left, FRESH] += part
            if most_spent > mass[slot, place, level, left, SPENT]:
                mass[slot, place, level, left, SPENT] = most_spent


spread = njit(cache=True, error_model="numpy", inline="always")(_spread)


def _finish(ends: Floats, how: int, weight: float, money: float, most_spent: float) -> None:
    """Count journeys that end: chance, cost, and the most that any of them spent."""
    if weight > 0.0:
        ends[how, 0] += weight
        ends[how, 1] += weight * money
        ends[how, 2] = max(ends[how, 2], most_spent)


finish = njit(cache=True, error_model="numpy", inline="always")(_finish)


def _travel(
    p: Arrays,
    powers: Floats,
    t: int,
    c: int,
    m: int,
    extra: int,
    left: int,
    weight: float,
    money: float,
    most_spent: float,
    mass: Floats,
    ends: Floats,
) -> None:
    """Let journeys with chance ``weight`` travel move m: intercepted, turned back or arrived after each possible duration."""
    caught, turned, target, back = p.intercepted[m, c], p.turned_back[m, c], p.target[m], p.back[m]
    low, high, T = p.duration_start[m], p.duration_start[m + 1], p.slots
    durations, chances = p.duration_slots, p.duration_chance
    finish(ends, HARMED, weight * caught, money, most_spent)
    for e in range(low, high):
        slots = durations[e] + extra
        lasting = weight * chances[e]
        if t + slots > T:
            finish(ends, NEITHER, lasting * (1.0 - caught), money, most_spent)
            continue
        passed = lasting * (1.0 - caught - turned)
        spread(mass, powers, slots, c, t + slots, target, left, passed, money, most_spent, True)
        if turned > 0.0:
            spread(mass, powers, slots, c, t + slots, back, left, lasting * turned, money, most_spent, False)


travel = njit(cache=True, error_model="numpy")(_travel)


def _act(
    p: Arrays,
    powers: Floats,
    t: int,
    i: int,
    c: int,
    left: int,
    action: int,
    mass: Floats,
    ends: Floats,
) -> bool:
    """Let the journeys of one state take their action; False if it is closed or cannot be paid."""
    weight = mass[t, i, c, left, CHANCE]
    money, most_spent = mass[t, i, c, left, COST] / weight, mass[t, i, c, left, SPENT]
    if action <= 0:
        finish(ends, NEITHER, weight, money, most_spent)
        return bool(action == -1 or p.may_stop[i])
    if action == 1:
        after = left - p.stay_price[i]
        money, most_spent = money + p.stay_fee[i], most_spent + p.stay_fee[i]
        seen = p.discovered[i, c]
        finish(ends, HARMED, weight * seen, money, most_spent)
        if after >= 0:
            on = weight * (1.0 - seen)
            spread(mass, powers, 1, c, t + 1, i, after, on, money, most_spent, False)
        return bool(p.may_wait[i] and after >= 0)
    m, pays = (action - 2) // 2, (action - 2) % 2 == 1
    after = left - p.price[m]
    is_open = p.open_slot[t, m] and p.open_level[m, c] and p.move_start[i] <= m < p.move_start[i + 1]
    if not is_open or after < 0:
        return False
    money, most_spent = money + p.fee[m], most_spent + p.fee[m]
    q = p.asked[m, c]
    here = weight * (1.0 - q)
    travel(p, powers, t, c, m, 0, after, here, money, most_spent, mass, ends)
    if q == 0.0:
        return True
    asked = weight * q
    if pays:
        after, money, most_spent = after - p.demand_price[m], money + p.demand[m], most_spent + p.demand[m]
        if after < 0:
            return False
        travel(p, powers, t, c, m, 0, after, asked, money, most_spent, mass, ends)
    elif p.longer[m] >= 0:
        extra = p.longer[m]
        travel(p, powers, t, c, m, extra, after, asked, money, most_spent, mass, ends)
    else:
        spread(mass, powers, 1, c, t + 1, p.back[m], after, asked, money, most_spent, False)
    return True


act = njit(cache=True, error_model="numpy")(_act)


def _walk(
    p: Arrays,
    policy: NDArray[np.int16],
    look_ahead: int,
    mass: Floats,
    arrived: Floats,
    ends: Floats,
) -> int:
    """Follow a policy from the chances at slot 0; return the first slot with an action that is not open, or -1.

    Parameters
    ----------
    policy
        ``(T, N, C, B + 1)``.
    mass
        By slot and state, ``(T + 1, N, C, B + 1, 4)``, to be filled: chance of being there, of having just come by a leg, chance
        times minor units spent, and the most minor units spent.
    arrived
        Chance of arriving at each slot, ``(T + 1,)``.
    ends
        For arrived, harmed and neither: chance, chance times cost, and the most spent, ``(3, 3)``.
    """
    _, N, C, _, _ = mass.shape
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
                    weight = mass[t, i, c, left, CHANCE]
                    if weight == 0.0:
                        continue
                    if p.destination[i] or t == p.slots:
                        how = ARRIVED if p.destination[i] else NEITHER
                        arrived[t] += weight if how == ARRIVED else 0.0
                        finish(ends, how, weight, mass[t, i, c, left, COST] / weight, mass[t, i, c, left, SPENT])
                    elif not act(p, powers, t, i, c, left, policy[t, i, c, left], mass, ends):
                        return t
    return -1


walk = compiled(_walk)
