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
    """Put journeys at a place and slot (as a row of ``mass``), over the levels they may find after ``slots`` slots from level c.

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
        spread(mass, powers, slots, c, (t + slots) % len(mass), target, left, passed, money, most_spent, True)
        if turned > 0.0:
            spread(
                mass, powers, slots, c, (t + slots) % len(mass), back, left, lasting * turned, money, most_spent, False
            )


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
            on = weight * (1.0 - seen)
            spread(mass, powers, 1, c, (t + 1) % len(mass), i, after, on, money, most_spent, False)
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
        spread(mass, powers, 1, c, (t + 1) % len(mass), p.back[m], after, asked, money, most_spent, False)
    return True


act = njit(cache=True, error_model="numpy")(_act)


def _count(p: Arrays, now: Floats, t: int) -> int:
    """Return how many states of slot t, ``now`` ``(N, C, B + 1, 4)``, carry any chance."""
    total = 0
    for i in range(now.shape[0]):
        if t >= p.earliest[i]:
            for c in range(now.shape[1]):
                for left in range(p.most_left[i] + 1):
                    if now[i, c, left, CHANCE] != 0.0:
                        total += 1
    return total


count = njit(cache=True, error_model="numpy")(_count)


def _note(
    states: NDArray[np.int32],
    numbers: Floats,
    at: int,
    t: int,
    i: int,
    c: int,
    left: int,
    action: int,
    four: Floats,
) -> None:
    """Note a state and its four numbers."""
    states[at, 0], states[at, 1], states[at, 2], states[at, 3], states[at, 4] = t, i, c, left, action
    for k in range(len(four)):
        numbers[at, k] = four[k]


note = njit(cache=True, error_model="numpy", inline="always")(_note)


def _walk(  # noqa: C901 - one body: the loops over slots, places, levels and money, and a state in them
    p: Arrays,
    policy: NDArray[np.int16],
    look_ahead: int,
    begin: int,
    known: int,
    mass: Floats,
    states: NDArray[np.int32],
    numbers: Floats,
    arrived: Floats,
    ends: Floats,
) -> tuple[int, int]:
    """Follow a policy from slot ``begin`` on, and note every state it passes.

    It stops early before a slot whose states there is no room to note; called again from there with more room, it goes on.

    Parameters
    ----------
    policy
        ``(T, N, C, B + 1)``.
    look_ahead
        The most slots that an action can last.
    known
        How many states are noted already.
    mass
        The slots that can be looked ahead to, in a ring, and their states, ``(look_ahead + 1, N, C, B + 1, 4)``: chance of being
        there, of having just come by a leg, chance times minor units spent, and the most minor units spent. Slot t is row
        ``t % (look_ahead + 1)``.
    states, numbers
        To be filled: slot, place, level, money left and action (-1 where nothing is to be decided) of each state, ``(room, 5)``;
        its four numbers, ``(room, 4)``.
    arrived
        Chance of arriving at each slot, ``(T + 1,)``.
    ends
        For arrived, harmed and neither: chance, chance times cost, and the most spent, ``(3, 3)``.

    Returns
    -------
    tuple
        The slot it stopped before (T + 1 at the end, or -1 - t where the action of a state at slot t is not open), and how many
        states are noted.
    """
    _, N, C, _, _ = mass.shape
    powers = np.zeros((look_ahead + 1, C, C))
    for c in range(C):
        powers[0, c, c] = 1.0
    for t in range(begin, p.slots + 1):
        now = mass[t % len(mass)]
        if count(p, now, t) > len(states) - known:
            return t, known
        multiply_powers(p, t, min(look_ahead, p.slots - t), powers)
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
                    elif not act(p, powers, t, i, c, left, action, mass, ends):
                        return -1 - t, known
        now[:] = 0.0
    return p.slots + 1, known


walk = compiled(_walk)
