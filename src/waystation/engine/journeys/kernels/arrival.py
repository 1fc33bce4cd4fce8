"""The likeliest arrival and a policy that attains it, nothing else: the smallest and fastest of the sweeps.

It is written apart from the sweeps that break ties, so that each checks the others. Its speed rests on three things: levels lie
next to each other and are worked on four at a time; nothing it chooses between takes a branch; and what a place is worth is
carried to the slot before as soon as it is known, into a second ring, so that every place of a slot can be done in any order.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Abreast
from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.lanes import (
    FOUR,
    LANES,
    OFFSET,
    ONE,
    THREE,
    TWO,
    Lanes,
    add,
    add_each,
    alike,
    at_least_0,
    better,
    choose,
    minus,
    plus,
    put,
    take,
)

Floats = NDArray[np.float64]
Actions = NDArray[np.int16]


def _carry_few(
    few: tuple[int, ...], step: OFFSET, joint_steps: Floats, source: OFFSET, now: Floats, then: Floats
) -> None:
    """Carry one row to the next row of the slot before, by the matrix that begins at ``step``."""
    total, level = alike(0.0), source
    for _ in range(len(few)):
        total = add(total, now[level], joint_steps, step)
        level, step = level + ONE, step + FOUR
    put(then, source + FOUR, total)


carry_few = njit(cache=True, error_model="numpy", inline="always")(_carry_few)


def _carry_many(width: OFFSET, step: OFFSET, joint_steps: Floats, source: OFFSET, now: Floats, then: Floats) -> None:
    """Do the same for more levels, in four sums: each product would else wait for the one before."""
    for lane in range(OFFSET(0), width, FOUR):
        one, two, three, four = alike(0.0), alike(0.0), alike(0.0), alike(0.0)
        at = step + lane
        for level in range(source, source + width, FOUR):
            one = add(one, now[level], joint_steps, at)
            two = add(two, now[level + ONE], joint_steps, at + width)
            three = add(three, now[level + TWO], joint_steps, at + TWO * width)
            four = add(four, now[level + THREE], joint_steps, at + THREE * width)
            at = at + FOUR * width
        put(then, source + width + lane, plus(plus(one, two), plus(three, four)))


carry_many = njit(cache=True, error_model="numpy", inline="always")(_carry_many)


def _carry_dense(p: Abreast, few: tuple[int, ...], t: int, first: int, last: int, now: Floats, then: Floats) -> None:
    """Carry the rows from ``first`` to before ``last`` of slot t to the next rows of the slot before it, all levels at once."""
    joint_steps, width = p.joint_steps, OFFSET(p.width)
    step = OFFSET(t - 1) * width * width
    for row in range(first, last):
        if len(few) > 0:
            carry_few(few, step, joint_steps, OFFSET(row) * FOUR, now, then)
        else:
            carry_many(width, step, joint_steps, OFFSET(row) * width, now, then)


carry_dense = njit(cache=True, error_model="numpy", inline="always")(_carry_dense)


def _carry_by_condition(p: Abreast, t: int, first: int, last: int, now: Floats, then: Floats, scratch: Floats) -> None:
    """Do the same condition by condition, which is quicker where there are many levels."""
    steps, sizes, width, C = p.steps, p.sizes, p.width, len(scratch)
    for row in range(first, last):
        here, right, offset = (row + 1) * width, C, 0
        for c in range(C):
            then[here + c] = now[here - width + c]
        for size in sizes:
            block = right
            right //= size
            for c in range(C):
                scratch[c] = then[here + c]
            for left in range(0, C, block):
                for level in range(size):
                    for inner in range(left, left + right):
                        total = 0.0
                        for z in range(size):
                            total += steps[t - 1, offset + level * size + z] * scratch[inner + z * right]
                        then[here + inner + level * right] = total
            offset += size * size


carry_by_condition = njit(cache=True, error_model="numpy")(_carry_by_condition)


def _travel(
    now: Floats,
    onward: OFFSET,
    back: OFFSET,
    width: OFFSET,
    first: int,
    end: int,
    chances: Floats,
    at: OFFSET,
    passed: Floats,
    turned_back: Floats,
) -> Lanes:
    """Return the value of travelling a move, whose chances by level begin ``at``, as long as ``chances[first:end]`` say."""
    passes, turned = alike(0.0), alike(0.0)
    for e in range(first, end):
        passes = add(passes, chances[e], now, onward)
        turned = add(turned, chances[e], now, back)
        onward, back = onward + width, back + width
    return add_each(add_each(alike(0.0), passed, at, passes), turned_back, at, turned)


travel = njit(cache=True, error_model="numpy", inline="always")(_travel)


def _note(policy: Actions, t: int, i: int, block: int, left: int, action: Lanes) -> None:
    """Write down the actions of a block of levels of which there are ``left``."""
    level = LANES * block
    policy[t, i, level] = np.int16(action[0])
    if left > 1:
        policy[t, i, level + 1] = np.int16(action[1])
    if left > 2:
        policy[t, i, level + 2] = np.int16(action[2])
    if left > 3:
        policy[t, i, level + 3] = np.int16(action[3])


note = njit(cache=True, error_model="numpy", inline="always")(_note)


def _one_slot(  # noqa: C901 - one body: a call of what it does for each move would cost more than what is done
    p: Abreast, few: tuple[int, ...], t: int, low: int, high: int, policy: Actions, now: Floats, then: Floats
) -> None:
    """Decide what to do in slot t at the places from ``low`` to before ``high``, and carry their rows to the slot before.

    Of the ring ``now`` only the first row of these places is written, and of the ring ``then`` only their rows.
    """
    C = len(few) if len(few) > 0 else policy.shape[2]
    ring_start, move_start, may_wait, may_stop, open_slot = (
        p.ring_start,
        p.move_start,
        p.may_wait,
        p.may_stop,
        p.open_slot,
    )
    earliest, latest, looked_at_from, destination = p.earliest, p.latest, p.looked_at_from, p.destination
    stays, passed, turned_back = p.stays, p.passed, p.turned_back
    asked, is_asked, refused, is_longer = p.asked, p.is_asked, p.refused, p.is_longer
    onward, back, start, chances = p.onward, p.back, p.duration_start, p.duration_chance
    blocks = 1 if len(few) > 0 else p.width // LANES
    width = FOUR if len(few) > 0 else OFFSET(p.width)
    scratch = np.empty(C)
    for i in range(low, high):
        if t < looked_at_from[i]:
            continue
        here = ring_start[i]
        last = min(ring_start[i + 1] - 1, here + latest[i] - t + 1)
        if destination[i]:
            then[here * p.width : (last + 1) * p.width] = 1.0
            continue
        can_decide = earliest[i] <= t <= latest[i]
        for block in range(blocks):
            lane = OFFSET(block) * FOUR
            row = OFFSET(here) * width + lane
            best = alike(0.0 if may_stop[i] else -2.0)  # worse than anything that is open
            action = alike(0.0 if may_stop[i] else -1.0)
            if can_decide and may_wait[i]:
                value = add_each(alike(0.0), stays, OFFSET(i) * width + lane, take(now, row + width))
                where = better(value, best)
                best, action = choose(where, value, best), choose(where, alike(1.0), action)
            for m in range(move_start[i], move_start[i + 1] if can_decide else move_start[i]):
                if not open_slot[t, m]:
                    continue
                there, home, at = onward[m] + lane, back[m] + lane, OFFSET(m) * width + lane
                low_e, high_e = start[m], start[m + 1]
                value = travel(now, there, home, width, low_e, high_e, chances, at, passed, turned_back)
                codes = alike(2.0 + 2.0 * m)
                if is_asked[m]:
                    if is_longer[m]:
                        there, home = there + refused[m], home + refused[m]
                        answer = travel(now, there, home, width, low_e, high_e, chances, at, passed, turned_back)
                    else:
                        answer = take(now, refused[m] + lane)
                    pays = better(value, answer)
                    answer = choose(pays, value, answer)
                    codes = choose(pays, alike(3.0 + 2.0 * m), codes)
                    codes = choose(better(take(asked, at), alike(0.0)), codes, alike(2.0 + 2.0 * m))
                    value = add_each(value, asked, at, minus(answer, value))
                where = better(value, best)
                best, action = choose(where, value, best), choose(where, codes, action)
            put(now, row, at_least_0(best))
            if t >= earliest[i]:
                note(policy, t, i, block, C - LANES * block, action)
        if t > 0 and len(p.joint_steps) > 0:
            carry_dense(p, few, t, here, last, now, then)
        elif t > 0:
            carry_by_condition(p, t, here, last, now, then, scratch)


one_slot = compiled(_one_slot, abreast=True)


def _likeliest(p: Abreast, few: tuple[int, ...], policy: Actions, rings: Floats) -> None:
    """Fill the policy ``(T, N, C)``, and one of the rings ``(2, rows * width)`` with the chance of arrival at slot 0.

    It stands in the first row of every place in ring ``(T - 1) % 2``. ``few`` has one entry for each joint level while there are
    few, else none: a tuple's length is known when the kernel is compiled, so the loops over levels are unrolled and what only an
    empty level needs is left out.
    """
    N = len(p.destination)
    now, then = rings[0], rings[1]
    for i in range(N):
        if p.destination[i]:
            now[p.ring_start[i] * p.width : min(p.ring_start[i] + 2, p.ring_start[i + 1]) * p.width] = 1.0
    for t in range(p.slots - 1, -1, -1):
        one_slot(p, few, t, 0, N, policy, now, then)
        now, then = then, now


likeliest = compiled(_likeliest, abreast=True)
