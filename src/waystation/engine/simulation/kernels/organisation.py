"""Parts of an organisation's week, compiled: what ends, what befalls, who asks, who leaves.

All state is plain arrays handed in by the caller, so that a week can also be taken apart and decided by somebody else.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.simulation.kernels.philox import chance, philox
from waystation.engine.simulation.kernels.purse import (
    ASKED_SO_FAR,
    FLYING,
    settle,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WEEKS, MISSIONS, PATIENCE, REVEALED, SHOCKS = 2, 3, 4, 5, 6
"""Streams of random numbers; the second word of the counter."""

(
    ASKED,
    ASKED_PEOPLE,
    LEFT,
    LEFT_PEOPLE,
    ARRIVED_PEOPLE,
    INTERCEPTED_PEOPLE,
    DISCOVERED_PEOPLE,
    CALLED_OFF_PEOPLE,
    UNFINISHED_PEOPLE,
    TURNED_BACK,
    SPLIT,
    LOST_WAITING_PEOPLE,
    WAITING_PEOPLE,
    UNDER_WAY_PEOPLE,
    WAITED_WEEKS,
    SPENT,
    MONEY_LEFT,
    SHORT_WEEKS,
    COMPROMISES,
    REVEALED_PEOPLE,
    REACHED_UNDER_WAY,
    REACHED_REMEMBERED,
    LARGEST_REACHED,
    REFUSED_FULL,
    LAPSED,
    ARRIVED_EMERGENCY,
    ARRIVED_URGENT,
    ARRIVED_NORMAL,
    COLUMNS,
) = range(29)
"""Columns of a tally."""

(PEOPLE, BITS, UNTIL, HOW, COST, KIND, RANK, FLIGHT) = range(8)
"""What is kept of each party under way, beside what each pot gave for it."""

_LOW, _HIGH = np.uint64(0xFFFFFFFF), np.uint64(32)
_FIRST_END = ARRIVED_PEOPLE


def _end_missions(week: int, funds: Ints, counters: Ints, flights: Ints, paid: Ints, pots: Ints, tally: Ints) -> None:
    """Count the parties whose journeys end by a week, and pay for them."""
    n = counters[FLYING]
    row = 0
    while row < n:
        if flights[row, UNTIL] > week:
            row += 1
            continue
        tally[_FIRST_END + flights[row, HOW]] += flights[row, PEOPLE]
        if flights[row, HOW] == 0:
            tally[ARRIVED_EMERGENCY + flights[row, RANK]] += flights[row, PEOPLE]
        tally[SPENT] += flights[row, COST]
        tally[LAPSED] += settle(week, flights[row, KIND], flights[row, COST], funds, pots, counters, paid, row)
        n -= 1
        for column in range(FLIGHT):
            flights[row, column] = flights[n, column]
        for pot in range(paid.shape[1]):
            paid[row, pot] = paid[n, pot]
    counters[FLYING] = n


end_missions = njit(cache=True, error_model="numpy")(_end_missions)


def _turn_partner(
    week: int,
    partner: int,
    run: np.uint64,
    k0: np.uint64,
    k1: np.uint64,
    reveals: float,
    replace: int,
    counters: Ints,
    flights: Ints,
    moved: Ints,
    down_until: Ints,
    tally: Ints,
) -> None:
    """Turn a partner: parties under way that lean on them are caught with a chance; everybody they remember is reached."""
    bit, reached = np.int64(1) << partner, 0
    for row in range(counters[FLYING]):
        if flights[row, BITS] & bit == 0:
            continue
        reached += flights[row, PEOPLE]
        word = philox(np.uint64(row), np.uint64(REVEALED), np.uint64(week), run, k0, k1)[0]
        if flights[row, HOW] != 1 and chance(word) < reveals:
            flights[row, HOW], flights[row, UNTIL] = 1, week
            tally[REVEALED_PEOPLE] += flights[row, PEOPLE]
    tally[COMPROMISES] += 1
    tally[REACHED_UNDER_WAY] += reached
    for age in range(moved.shape[1]):
        reached += moved[partner, age]
        moved[partner, age] = 0
    tally[REACHED_REMEMBERED] += reached
    tally[LARGEST_REACHED] = max(tally[LARGEST_REACHED], reached)
    down_until[partner] = week + replace


turn_partner = njit(cache=True, error_model="numpy")(_turn_partner)


def _requests(
    week: int,
    word: np.uint64,
    run: np.uint64,
    k0: np.uint64,
    k1: np.uint64,
    mean: float,
    nobody: float,
    gives_up: float,
    kinds: Ints,
    counters: Ints,
    queue: Ints,
    ends: Ints,
    tally: Ints,
) -> None:
    """Let groups ask: a Poisson number, each of a kind, each with its own patience."""
    left, chance_of = chance(word), nobody
    total, number = chance_of, 0
    while left >= total and number < 1000:
        number += 1
        chance_of *= mean / number
        total += chance_of
    for _ in range(number):
        asked = counters[ASKED_SO_FAR]
        counters[ASKED_SO_FAR] = asked + 1
        w0, w1, _w2, _w3 = philox(np.uint64(0), np.uint64(PATIENCE), np.uint64(asked), run, k0, k1)
        kind = np.int64((w0 * np.uint64(len(kinds))) >> _HIGH)
        tally[ASKED] += 1
        tally[ASKED_PEOPLE] += kinds[kind]
        patience = 1 << 40
        if gives_up > 0.0:
            patience = 0 if gives_up >= 1.0 else int(np.log(chance(w1)) / np.log(1.0 - gives_up))
        if ends[kind, 1] - ends[kind, 0] >= queue.shape[1]:
            tally[REFUSED_FULL] += 1
            continue
        at = ends[kind, 1] & (queue.shape[1] - 1)
        queue[kind, at, 0], queue[kind, at, 1], queue[kind, at, 2] = week, week + patience, asked
        ends[kind, 1] += 1


requests = njit(cache=True, error_model="numpy")(_requests)


def _forget_lost(week: int, kind: int, people: int, queue: Ints, ends: Ints, tally: Ints) -> bool:
    """Take the groups at the head of a kind's queue out that no longer wait; whether anybody is left."""
    while ends[kind, 0] < ends[kind, 1]:
        at = ends[kind, 0] & (queue.shape[1] - 1)
        if queue[kind, at, 1] >= week:
            return True
        tally[LOST_WAITING_PEOPLE] += people
        ends[kind, 0] += 1
    return False


forget_lost = njit(cache=True, forceinline=True, error_model="numpy")(_forget_lost)


def _usable_way(
    week: int,
    first: int,
    last: int,
    down: int,
    money: int,
    flying: int,
    room: int,
    ways: Ints,
    needs: Ints,
    booked: Ints,
    capacity: Ints,
) -> int:
    """Return the first way that leans on no lost partner, can be paid for, and for which everybody has room; -1 if none."""
    H, now = booked.shape[0], week % booked.shape[0]
    for way in range(first, last):
        if ways[way, 0] & down != 0 or ways[way, 1] > money or flying + ways[way, 3] - ways[way, 2] > room:
            continue
        fits = True
        for need in range(ways[way, 4], ways[way, 5]):
            resource = needs[need, 0]
            at = now + needs[need, 1]  # no division: a way has many needs
            if booked[at if at < H else at - H, resource] + needs[need, 2] > capacity[resource]:
                fits = False
                break
        if fits:
            return way
    return -1


usable_way = njit(cache=True, forceinline=True, error_model="numpy")(_usable_way)


def _draw_mission(
    state: int,
    party: int,
    request: np.uint64,
    run: np.uint64,
    k0: np.uint64,
    k1: np.uint64,
    table: Ints,
    transitions: Ints,
) -> tuple[int, int, int, int]:
    """Draw a party's journey from the state it starts in; return the state it ends in, money spent, times turned back, bits."""
    spent, back, bits, step = 0, 0, 0, 0
    w0, w1, w2, w3 = np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    while table[state, 0] < 0:
        if step & 3 == 0:
            counter = np.uint64(step >> 2) | (np.uint64(party) << np.uint64(16))
            w0, w1, w2, w3 = philox(counter, np.uint64(MISSIONS), request, run, k0, k1)
        drawn = w0 * np.uint64(table[state, 2])
        w0, w1, w2 = w1, w2, w3
        pick = table[state, 1] + np.int64(drawn >> _HIGH)
        if np.int64(drawn & _LOW) >= transitions[pick, 0]:
            pick = transitions[pick, 1] >> 32
        state = transitions[pick, 1] & 0xFFFFFFFF
        spent += transitions[pick, 2]
        marks = transitions[pick, 3]
        back += marks & 1
        bits |= marks
        step += 1
    return state, spent, back, bits >> 1


draw_mission = njit(cache=True, error_model="numpy")(_draw_mission)
