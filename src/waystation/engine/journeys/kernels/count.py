"""The forward pass for the policies of `batch`: where each leads, over the states that its journeys come to and no others.

It is their certificate: it goes the other way through time, and adds up chances, money and slots where the sweep compares scores.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays, Views
from waystation.engine.journeys.kernels.batch import Questions, mean_slots
from waystation.engine.journeys.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

ARRIVE, HARM, COST, SLOTS, REWARD = 0, 1, 2, 3, 4
"""What is counted of a policy."""


def _pass_on(  # noqa: C901 - two ways to do one thing, the second a loop over conditions, levels and levels
    mass: Floats,
    source: int,
    to: int,
    levels: int,
    joint: Floats,
    number: int,
    t: int,
    steps: Floats,
    sizes: NDArray[np.int64],
    matters: NDArray[np.bool_],
    scratch: Floats,
) -> None:
    """Spread what stands at the levels of one row over those of the slot after t, in another row."""
    if len(joint) > 0:
        for z in range(levels):
            total = 0.0
            for own in range(levels):
                total += mass[source + own] * joint[number, t, own, z]
            scratch[z] = total
        for z in range(levels):
            mass[to + z] = scratch[z]
        return
    for z in range(levels):
        mass[to + z] = mass[source + z]
    right, offset = levels, 0
    for k in range(len(sizes)):
        size = sizes[k]
        if matters[k]:
            right //= size
            for z in range(levels):
                scratch[z], mass[to + z] = mass[to + z], 0.0
            for z in range(levels):
                level = (z // right) % size
                for other in range(size):
                    mass[to + z + (other - level) * right] += scratch[z] * steps[t, offset + level * size + other]
        offset += size * size


pass_on = njit(cache=True, error_model="numpy", inline="always")(_pass_on)


def _count_all(  # noqa: C901 - one body, for the reason of `likeliest_by_budget`
    p: Arrays,
    v: Views,
    q: Questions,
    start: int,
    start_chance: Floats,
    joint: Floats,
    pattern: Ints,
    policy: NDArray[np.int16],
    which: NDArray[np.int64],
    counts: Floats,
) -> None:
    """Follow some of the policies ``(T, N, C, K)`` from the start, and count where each leads, ``counts`` ``(n, 5)``.

    ``counts`` holds the chances of arrival and of harm, the mean cost and slots of all journeys, and the mean reward. What is
    under way to a place and comes there d slots from now stands in row d of a ring like that of `answer_all`, at the levels of
    now: its rows are passed on from slot to slot, save those of places where nothing stands.
    """
    N, C = p.own_level.shape
    reward, T, ring_start, destination, discovered = q.reward, p.slots, p.ring_start, p.destination, p.discovered
    target, lands, turned_to, fee, demand, stay_fee = p.target, p.lands, p.back, p.fee, p.demand, p.stay_fee
    passed, turned_back, intercepted, asked, longer = p.passed, p.turned_back, p.intercepted, p.asked, p.longer
    own_levels, own_level, joint_level = p.own_levels, p.own_level, p.joint_level
    steps, sizes, matters = p.steps, p.sizes, p.matters
    duration_start, slots, chances = p.duration_start, p.duration_slots, p.duration_chance
    view_start, view_level, view_weight = v.start, v.level, v.weight
    view = np.searchsorted(view_start, p.landing, "right") - 1  # -1 where a move leads to the place itself
    mass, scratch, live = np.zeros(ring_start[N] * C), np.empty(C), np.zeros(N, dtype=np.bool_)
    for number in range(len(which)):
        k = which[number]
        arrive, harm, cost, lasted, rewarded = 0.0, 0.0, 0.0, 0.0, 0.0
        for c in range(C):
            mass[ring_start[start] * C + own_level[start, c]] += start_chance[c]
        live[start] = True
        for t in range(T + 1):
            for i in range(N):
                if not live[i]:
                    continue
                here = ring_start[i] * C
                for own in range(own_levels[i]):
                    weight, mass[here + own] = mass[here + own], 0.0
                    if weight == 0.0:
                        continue
                    if destination[i]:
                        arrive, lasted, rewarded = (
                            arrive + weight,
                            lasted + weight * t,
                            rewarded + weight * reward[t, k],
                        )
                        continue
                    c = joint_level[i, own]
                    action = policy[t, i, c, k] if t < T else 0
                    if action <= 0:
                        lasted += weight * t
                        continue
                    if action == 1:
                        seen = weight * discovered[i, c]
                        harm, cost, lasted = harm + seen, cost + weight * stay_fee[i], lasted + seen * (t + 1)
                        mass[here + C + own] += weight - seen
                        continue
                    m, n = (action - 2) // 2, 0
                    low, high = duration_start[m], duration_start[m + 1]
                    there, x = ring_start[target[m]] * C, view[m]
                    home = ring_start[turned_to[m]] * C + own_level[turned_to[m], c]
                    live[target[m]] = live[turned_to[m]] = True
                    on, turned, caught = passed[m, c], turned_back[m, c], intercepted[m, c]
                    asks = weight * asked[m, c]
                    cost += weight * fee[m]
                    if action % 2 == 1:
                        cost, asks = cost + asks * demand[m], 0.0
                    elif asks > 0.0:
                        n = longer[m]
                        if n < 0:
                            mass[home + C] += asks
                    for refuses in range(2 if asks > 0.0 and n >= 0 else 1):
                        part, extra = (asks, n) if refuses else (weight - asks, 0)
                        harm += part * caught
                        lasted += part * caught * (t + mean_slots(slots, chances, low, high, extra, T - t))
                        for e in range(low, high):
                            ahead, lasting = slots[e] + extra, part * chances[e]
                            if t + ahead > T:
                                lasted += lasting * (1.0 - caught) * T
                                continue
                            if x < 0:
                                mass[there + C * ahead + lands[m, c]] += lasting * on
                            else:
                                for z in range(own_levels[target[m]]):
                                    if view_level[x, z] == lands[m, c]:
                                        mass[there + C * ahead + z] += lasting * on * view_weight[t, x, z]
                            if turned > 0.0:
                                mass[home + C * ahead] += lasting * turned
            for i in range(N if t < T else 0):
                if not live[i]:
                    continue
                live[i], last = False, ring_start[i + 1] - 1
                for row in range(ring_start[i], last):
                    pass_on(
                        mass,
                        (row + 1) * C,
                        row * C,
                        own_levels[i],
                        joint,
                        pattern[i],
                        t,
                        steps,
                        sizes,
                        matters[i],
                        scratch,
                    )
                    for own in range(own_levels[i]):
                        live[i] = live[i] or mass[row * C + own] > 0.0
                        mass[(row + 1) * C + own] = 0.0
        counts[number, ARRIVE], counts[number, HARM], counts[number, COST] = arrive, harm, cost
        counts[number, SLOTS], counts[number, REWARD] = lasted, rewarded


count_all = compiled(_count_all)
