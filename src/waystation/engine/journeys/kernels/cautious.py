"""The best arrival that holds whatever chances nature picks within bounds, money not counted.

The sweep is that of `arrival`, with nature in between.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Abreast
from waystation.engine.journeys.kernels.arrival import carry_by_condition, carry_dense, note
from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.lanes import (
    FOUR,
    LANES,
    OFFSET,
    Lanes,
    add,
    add_each,
    alike,
    at_least_0,
    better,
    choose,
    lower,
    minus,
    put,
    take,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Actions = NDArray[np.int16]


class Nature(NamedTuple):
    """What nature can do to M moves and N places at C joint levels.

    Being intercepted is worth nothing, so nature always picks the most of it. What is left is shared between being turned back
    and passing, and between being asked for more and not, as it hurts most.

    Attributes
    ----------
    uncaught
        1 less the most interception, ``(M, C)``; for the kernel without money not a number where a move is closed.
    least_turned, most_turned, least_asked, most_asked
        ``(M, C)``; ``most_turned <= uncaught``.
    stays
        1 less the most discovery, ``(N, C)``. The kernel without money takes all of them padded and flattened as in `Abreast`.
    """

    uncaught: Floats
    least_turned: Floats
    most_turned: Floats
    least_asked: Floats
    most_asked: Floats
    stays: Floats


def _travel_worst(
    now: Floats,
    onward: OFFSET,
    back: OFFSET,
    width: OFFSET,
    first: int,
    end: int,
    chances: Floats,
    at: OFFSET,
    uncaught: Floats,
    least: Floats,
    most: Floats,
) -> Lanes:
    """Return the value of travelling a move, as `travel` does, turned back as it hurts most."""
    passes, turned = alike(0.0), alike(0.0)
    for e in range(first, end):
        passes = add(passes, chances[e], now, onward)
        turned = add(turned, chances[e], now, back)
        onward, back = onward + width, back + width
    gained = minus(turned, passes)
    fewest, most_often = add_each(alike(0.0), least, at, gained), add_each(alike(0.0), most, at, gained)
    return add_each(lower(fewest, most_often), uncaught, at, passes)


travel_worst = njit(cache=True, error_model="numpy", inline="always")(_travel_worst)


def _one_cautious_slot(  # noqa: C901 - one body, as in `arrival`
    p: Abreast,
    nature: Nature,
    by_fee: Ints,
    few: tuple[int, ...],
    t: int,
    policy: Actions,
    now: Floats,
    then: Floats,
) -> None:
    """Decide what to do in slot t, and carry the rows to the slot before, as `one_slot` does."""
    C = len(few) if len(few) > 0 else policy.shape[2]
    ring_start, move_start, may_wait, may_stop, open_slot = (
        p.ring_start,
        p.move_start,
        p.may_wait,
        p.may_stop,
        p.open_slot,
    )
    earliest, latest, looked_at_from, destination = p.earliest, p.latest, p.looked_at_from, p.destination
    uncaught, least, most = nature.uncaught, nature.least_turned, nature.most_turned
    least_asked, most_asked, stays = nature.least_asked, nature.most_asked, nature.stays
    is_asked, refused, is_longer = p.is_asked, p.refused, p.is_longer
    onward, back, start, chances = p.onward, p.back, p.duration_start, p.duration_chance
    blocks = 1 if len(few) > 0 else p.width // LANES
    width = FOUR if len(few) > 0 else OFFSET(p.width)
    scratch = np.empty(C)
    for i in range(len(destination)):
        if t < looked_at_from[i]:
            continue
        here = ring_start[i]
        last = min(ring_start[i + 1] - 1, here + latest[i] - t + 1)
        if destination[i]:
            then[here * p.width : (last + 1) * p.width] = 1.0
            continue
        can_decide = earliest[i] <= t <= latest[i]
        can_wait = can_decide and may_wait[i]
        for block in range(blocks):
            lane = OFFSET(block) * FOUR
            row = OFFSET(here) * width + lane
            best = alike(0.0 if may_stop[i] or can_wait else -2.0)  # -2 is worse than anything that is open
            action = alike(0.0 if may_stop[i] else 1.0 if can_wait else -1.0)
            for k in range(move_start[i], move_start[i + 1] if can_decide else move_start[i]):
                m = by_fee[k]
                if not open_slot[t, m]:
                    continue
                there, home, at = onward[m] + lane, back[m] + lane, OFFSET(m) * width + lane
                first, end = start[m], start[m + 1]
                value = travel_worst(now, there, home, width, first, end, chances, at, uncaught, least, most)
                codes = alike(2.0 + 2.0 * m)
                if is_asked[m]:
                    if is_longer[m]:
                        there, home = there + refused[m], home + refused[m]
                        answer = travel_worst(now, there, home, width, first, end, chances, at, uncaught, least, most)
                    else:
                        answer = take(now, refused[m] + lane)
                    # Whoever may pay what is asked loses nothing by it, so nature has it asked as rarely as it can.
                    pays = better(value, answer)
                    answer = choose(pays, value, answer)
                    codes = choose(pays, alike(3.0 + 2.0 * m), codes)
                    codes = choose(better(take(most_asked, at), alike(0.0)), codes, alike(2.0 + 2.0 * m))
                    value = add_each(value, least_asked, at, minus(answer, value))
                where = better(value, best)
                best, action = choose(where, value, best), choose(where, codes, action)
            if can_wait:
                value = add_each(alike(0.0), stays, OFFSET(i) * width + lane, take(now, row + width))
                where = better(value, best)
                best, action = choose(where, value, best), choose(where, alike(1.0), action)
            put(now, row, at_least_0(best))
            if t >= earliest[i]:
                note(policy, t, i, block, C - LANES * block, action)
        if t > 0 and len(p.joint_steps) > 0:
            carry_dense(p, few, t, here, last, now, then)
        elif t > 0:
            carry_by_condition(p, t, here, last, now, then, scratch)


one_cautious_slot = compiled(_one_cautious_slot, abreast=True)


def _cautious(p: Abreast, nature: Nature, by_fee: Ints, few: tuple[int, ...], policy: Actions, rings: Floats) -> None:
    """Fill the policy ``(T, N, C)``, and one of the rings ``(2, rows * width)`` with the arrival that is sure at slot 0.

    ``few`` and ``rings`` are those of `arrival`; ``by_fee`` are the moves of each place in the order in which they are preferred,
    ``(M,)``.
    """
    now, then = rings[0], rings[1]
    for i in range(len(p.destination)):
        if p.destination[i]:
            now[p.ring_start[i] * p.width : min(p.ring_start[i] + 2, p.ring_start[i + 1]) * p.width] = 1.0
    for t in range(p.slots - 1, -1, -1):
        one_cautious_slot(p, nature, by_fee, few, t, policy, now, then)
        now, then = then, now


cautious = compiled(_cautious, abreast=True)
