"""Parties that leave together go on apart under the same weather: their landings counted jointly, or along given paths."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _part(first: int, end: int, tail: int, k: int) -> int:
    """Return the k-th of the numbers from ``first`` to ``end``, and then from ``tail`` on."""
    return first + k if k < end - first else tail + k - (end - first)


part = njit(cache=True, error_model="numpy", inline="always")(_part)


def _evolve(
    joint: Floats, now: int, high: int, A: int, other_now: int, other_high: int, B: int, step: Floats, row: Floats
) -> None:
    """Carry the chances of every pair of landings still to come to over the levels one slot on."""
    X, Y, C = joint.shape
    for k in range(high - now + X - A):
        x = part(now, high, A, k)
        for n in range(other_high - other_now + (Y - B if x < A else 0)):
            y = part(other_now, other_high, B, n)
            total = 0.0
            for c in range(C):
                row[c] = joint[x, y, c]
                total += row[c]
            if total == 0.0:
                continue
            for d in range(C):
                after = 0.0
                for c in range(C):
                    after += row[c] * step[c, d]
                joint[x, y, d] = after


evolve = njit(cache=True, error_model="numpy")(_evolve)


def _pass_on(
    joint: Floats,
    x: int,
    y: int,
    c: int,
    e: int,
    e_end: int,
    target: Ints,
    weight: Floats,
    f: int,
    f_end: int,
    other_target: Ints,
    other_weight: Floats,
) -> None:
    """Pass a pair of landings on at level c, each party by its links ``e`` to ``e_end``; without any it stays."""
    chance = joint[x, y, c]
    if chance == 0.0:
        return
    joint[x, y, c] = 0.0
    for one in range(e, max(e_end, e + 1)):
        to, share = x, chance
        if one < e_end:
            to, share = target[one], chance * weight[one]
        if f == f_end:
            joint[to, y, c] += share
        for other in range(f, f_end):
            joint[to, other_target[other], c] += share * other_weight[other]


pass_on = njit(cache=True, error_model="numpy", inline="always")(_pass_on)


def _pair(
    level: Ints,
    steps: Floats,
    first: Ints,
    reached: Ints,
    start: Ints,
    target: Ints,
    weight: Floats,
    other_level: Ints,
    other_first: Ints,
    other_reached: Ints,
    other_start: Ints,
    other_target: Ints,
    other_weight: Floats,
    joint: Floats,
) -> None:
    """Pass two parties through the slots side by side.

    A party's landings are numbered by slot while the conditions still matter to it, A of them; then those from which they do
    not, in any order. Only the first A are gone through.

    Parameters
    ----------
    level
        The party's own level at each joint level of all conditions, ``(C,)``.
    steps
        The chain of all conditions, ``(T, C, C)``.
    first, reached
        Of the first A landings: the first at slot t or later, and the first that nobody can have been sent to by slot t,
        ``(T + 2,)``.
    start, target, weight
        The party's links, as in `link`, by own level.
    joint
        Chance of every pair of landings at each joint level, those still to come to included, ``(X, Y, C)``: at slot 0, to be
        filled with the pairs of the landings at which the conditions no longer matter.
    """
    X, Y, C = joint.shape
    T, A, B = len(steps), first[len(steps) + 1], other_first[len(steps) + 1]
    own, other_own = (len(start) - 1) // max(A, 1), (len(other_start) - 1) // max(B, 1)
    row = np.zeros(C)
    for t in range(T):
        low, now, high = first[t], first[t + 1], reached[t]
        other_low, other_now, other_high = other_first[t], other_first[t + 1], other_reached[t]
        for x in range(low, now):
            for k in range(other_high - other_low + Y - B):
                y = part(other_low, other_high, B, k)
                for c in range(C):
                    here, there = x * own + level[c], y * other_own + other_level[c]
                    e, e_end, f, f_end = start[here], start[here + 1], 0, 0
                    if y < other_now:
                        f, f_end = other_start[there], other_start[there + 1]
                    pass_on(joint, x, y, c, e, e_end, target, weight, f, f_end, other_target, other_weight)
        for y in range(other_low, other_now):
            for k in range(high - now + X - A):
                x = part(now, high, A, k)
                for c in range(C):
                    there = y * other_own + other_level[c]
                    f, f_end = other_start[there], other_start[there + 1]
                    pass_on(joint, x, y, c, 0, 0, target, weight, f, f_end, other_target, other_weight)
        evolve(joint, now, high, A, other_now, other_high, B, steps[t], row)


pair = compiled(_pair)


def _follow_paths(
    levels: NDArray[np.int16], landings: Ints, group: Ints, own: int, start: Ints, target: Ints, weight: Floats,
    destination: NDArray[np.bool_], least: float, arrived: Floats, harmed: Floats,
) -> None:  # fmt: skip
    """Follow one party along given paths of the conditions, exactly.

    Parameters
    ----------
    levels
        Its own level, ``(R, T + 1, G)``, for each of G sets of conditions that are known at a place.
    landings
        Slot and place of each landing, by slot, ``(n, .)``; it begins at the first.
    group
        The set that is known at each place, ``(N,)``.
    own
        Levels in a row of links.
    least
        What is rarer along a path than this is left there: it neither arrives nor is harmed.
    arrived, harmed
        To be filled: chance of having arrived at each slot, ``(R, T + 1)``, and of harm, ``(R,)``.
    """
    n = len(landings)
    mass = np.zeros(n + 2)
    for r in range(len(levels)):
        mass[:] = 0.0
        mass[0] = 1.0
        for a in range(n):
            chance = mass[a]
            if chance < least:
                continue
            t, i = landings[a, 0], landings[a, 1]
            if destination[i]:
                arrived[r, t] += chance
                continue
            here = a * own + levels[r, t, group[i]]
            for e in range(start[here], start[here + 1]):
                mass[target[e]] += chance * weight[e]
        harmed[r] = mass[n]


follow_paths = compiled(_follow_paths)
