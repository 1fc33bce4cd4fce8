"""The forward pass over slots where conditions are remembered region by region, or their joint levels are many.

It counts what `waystation.engine.journeys.kernels.walk` counts. But no chain of all conditions is formed: who comes to a place
is spread over the levels known there condition by condition, by the condition's own chain from the level known before, or by its
forecast where it was not known.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays, Knowledge
from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.walk import (
    ARRIVED,
    CHANCE,
    COST,
    FRESH,
    HARMED,
    NEITHER,
    SPENT,
    count,
    finish,
    note,
)

Floats = NDArray[np.float64]


def _look_ahead(p: Arrays, q: Knowledge, t: int, reach: int, chains: Floats) -> None:
    """Fill ``chains[d]`` with every condition's chain over d slots from slot t, and its forecast then, for d up to ``reach``."""
    step, at = 0, 0
    for k in range(len(p.sizes)):
        size, start = p.sizes[k], q.start[k]
        for row in range(size + 1):
            for level in range(size):
                here = start + row * size
                chains[0, here + level] = q.forecast[t, at + level] if row == size else (1.0 if row == level else 0.0)
        for d in range(1, reach + 1):
            for row in range(start, start + (size + 1) * size, size):
                for level in range(size):
                    total = 0.0
                    for before in range(size):
                        total += chains[d - 1, row + before] * p.steps[t + d - 1, step + before * size + level]
                    chains[d, row + level] = total
        step += size * size
        at += size


look_ahead = njit(cache=True, error_model="numpy")(_look_ahead)


def _levels_after(p: Arrays, q: Knowledge, chains: Floats, d: int, i: int, c: int, j: int, row: Floats) -> int:
    """Fill the chance of each level found at place j by who left place i at level c d slots before; return how many there are.

    ``chains`` are from `look_ahead`.
    """
    levels, here, there = 1, q.group[i], q.group[j]
    row[0] = 1.0
    for x in range(q.known_count[there]):
        k = q.known[there, x]
        size, start = p.sizes[k], q.row[here, c, k]
        for old in range(levels - 1, -1, -1):
            chance = row[old]
            for level in range(size):
                row[old * size + level] = chance * chains[d, start + level]
        levels *= size
    return levels


levels_after = njit(cache=True, error_model="numpy", inline="always")(_levels_after)


def _spread(
    mass: Floats,
    row: Floats,
    levels: int,
    slot: int,
    place: int,
    left: int,
    weight: float,
    money: float,
    most_spent: float,
    is_fresh: bool,
) -> None:
    """Put journeys at a place and slot (as a row of ``mass``), over the levels they find there with the chances ``row``.

    ``money`` is their mean cost, ``most_spent`` the most of any.
    """
    for level in range(levels):
        part = weight * row[level]
        if part > 0.0:
            mass[slot, place, level, left, CHANCE] += part
            mass[slot, place, level, left, COST] += part * money
            if is_fresh:
                mass[slot, place, level, left, FRESH] += part
            if most_spent > mass[slot, place, level, left, SPENT]:
                mass[slot, place, level, left, SPENT] = most_spent


spread = njit(cache=True, error_model="numpy", inline="always")(_spread)


def _travel(
    p: Arrays,
    q: Knowledge,
    chains: Floats,
    t: int,
    i: int,
    c: int,
    m: int,
    extra: int,
    left: int,
    weight: float,
    money: float,
    most_spent: float,
    row: Floats,
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
        levels = levels_after(p, q, chains, slots, i, c, target, row)
        spread(mass, row, levels, (t + slots) % len(mass), target, left, passed, money, most_spent, True)
        if turned > 0.0:
            levels = levels_after(p, q, chains, slots, i, c, back, row)
            spread(mass, row, levels, (t + slots) % len(mass), back, left, lasting * turned, money, most_spent, False)


travel = njit(cache=True, error_model="numpy")(_travel)


def _act(
    p: Arrays,
    q: Knowledge,
    chains: Floats,
    t: int,
    i: int,
    c: int,
    left: int,
    action: int,
    row: Floats,
    mass: Floats,
    ends: Floats,
) -> bool:
    """Let the journeys of one state take their action; False if it is closed or cannot be paid."""
    now = t % len(mass)
    weight = mass[now, i, c, left, CHANCE]
    money, most_spent = mass[now, i, c, left, COST] / weight, mass[now, i, c, left, SPENT]
    if action <= 0:
        finish(ends, NEITHER, weight, money, most_spent)
        return bool(action == -1 or p.may_stop[i])
    if action == 1:
        after = left - p.stay_price[i]
        money, most_spent = money + p.stay_fee[i], most_spent + p.stay_fee[i]
        seen = p.discovered[i, c]
        finish(ends, HARMED, weight * seen, money, most_spent)
        if after >= 0:
            levels = levels_after(p, q, chains, 1, i, c, i, row)
            spread(mass, row, levels, (t + 1) % len(mass), i, after, weight * (1.0 - seen), money, most_spent, False)
        return bool(p.may_wait[i] and after >= 0)
    m, pays = (action - 2) // 2, (action - 2) % 2 == 1
    after = left - p.price[m]
    is_open = p.open_slot[t, m] and p.open_level[m, c] and p.move_start[i] <= m < p.move_start[i + 1]
    if not is_open or after < 0:
        return False
    money, most_spent = money + p.fee[m], most_spent + p.fee[m]
    chance = p.asked[m, c]
    unasked, asked = weight * (1.0 - chance), weight * chance
    travel(p, q, chains, t, i, c, m, 0, after, unasked, money, most_spent, row, mass, ends)
    if chance == 0.0:
        return True
    if pays:
        after, money, most_spent = after - p.demand_price[m], money + p.demand[m], most_spent + p.demand[m]
        if after < 0:
            return False
        travel(p, q, chains, t, i, c, m, 0, after, asked, money, most_spent, row, mass, ends)
    elif p.longer[m] >= 0:
        travel(p, q, chains, t, i, c, m, p.longer[m], after, asked, money, most_spent, row, mass, ends)
    else:
        levels = levels_after(p, q, chains, 1, i, c, p.back[m], row)
        spread(mass, row, levels, (t + 1) % len(mass), p.back[m], after, asked, money, most_spent, False)
    return True


act = njit(cache=True, error_model="numpy")(_act)


def _regional_walk(
    p: Arrays,
    q: Knowledge,
    policy: NDArray[np.int16],
    reach: int,
    begin: int,
    known: int,
    mass: Floats,
    states: NDArray[np.int32],
    numbers: Floats,
    arrived: Floats,
    ends: Floats,
) -> tuple[int, int]:
    """Follow a policy from slot ``begin`` on, and note every state it passes.

    Parameters and what is returned are those of `walk`; ``reach`` is its ``look_ahead``.
    """
    _, N, C, _, _ = mass.shape
    chains, row = np.zeros((reach + 1, q.start[len(p.sizes)])), np.empty(C)
    for t in range(begin, p.slots + 1):
        now = mass[t % len(mass)]
        if count(p, now, t) > len(states) - known:
            return t, known
        look_ahead(p, q, t, min(reach, p.slots - t), chains)
        for i in range(N):
            if t < p.earliest[i]:
                continue
            for c in range(C):
                for left in range(p.most_left[i] + 1):
                    weight = now[i, c, left, CHANCE]
                    if weight == 0.0:
                        continue
                    is_last = p.destination[i] or t == p.slots
                    action = policy[t, i, c, left] if t < p.slots else -1
                    note(states, numbers, known, t, i, c, left, action, now[i, c, left])
                    known += 1
                    if is_last:
                        how = ARRIVED if p.destination[i] else NEITHER
                        arrived[t] += weight if how == ARRIVED else 0.0
                        finish(ends, how, weight, now[i, c, left, COST] / weight, now[i, c, left, SPENT])
                    elif not act(p, q, chains, t, i, c, left, action, row, mass, ends):
                        return -1 - t, known
        now[:] = 0.0
    return p.slots + 1, known


regional_walk = compiled(_regional_walk)
