from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Arrays(NamedTuple):
    """A process as the kernels take it: T slots, N places, M moves in the order of their source, C joint levels.

    The value of a place depends only on the conditions that matter there or on some way from there. Its joint levels are
    therefore told apart by those conditions alone: its C_i *own levels*, C_i <= C. Where a move leads, no more matter.

    Attributes
    ----------
    sizes, steps
        Levels of each condition, ``(K,)``; its matrices slot by slot, flattened one condition after the other, ``(T, .)``.
    matters
        Whether a condition matters at a place, ``(N, K)``.
    own_levels, own_level, joint_level
        C_i, ``(N,)``; the own level of each joint level, ``(N, C)``; a joint level of each own level, ``(N, C)``.
    destination, may_wait, may_stop
        ``(N,)``.
    stay_fee, stay_price
        One slot of waiting: in minor units, ``(N,)``, and in money steps.
    discovered
        ``(N, C)``.
    move_start
        The moves from place i are ``move_start[i] <= m < move_start[i + 1]``.
    same_way
        Whether a move goes the way of the move before it, with the same durations, ``(M,)``.
    target, back, fee, price, demand, demand_price, longer
        ``(M,)``; back is where the party is when it is turned back; fee and demand in minor units, price and demand_price in
        money steps.
    landing, lands
        The first ring row of what a move leads to, its target or a view of it, ``(M,)``; and its level there for each level of
        its source, ``(M, C)``.
    intercepted, turned_back, passed, asked, open_level
        ``(M, C)``; passed is what is left of interception and turning back.
    turns_back, is_asked
        Whether the chance is above 0 at any level, ``(M,)``.
    open_slot
        ``(T, M)``: the moves of one slot lie next to each other.
    duration_start, duration_slots, duration_chance
        As in `Moves`.
    earliest
        First slot at which the group can be at a place, ``(N,)``; beyond T where it cannot come in time.
    looked_at_from
        First slot from which anything can look ahead to a place, ``(N,)``.
    latest
        Last slot from which a destination can be reached in time, ``(N,)``, where a journey may stop; T elsewhere. Later than
        that stopping is best, and every value is 0.
    most_left
        Most money steps that can be left at a place, ``(N,)``.
    ring_start
        Place i has the rows ``ring_start[i] <= row < ring_start[i + 1]``: one for each slot that may be looked ahead, from 0.
    """

    slots: int
    sizes: NDArray[np.int64]
    steps: NDArray[np.float64]
    matters: NDArray[np.bool_]
    own_levels: NDArray[np.int64]
    own_level: NDArray[np.int64]
    joint_level: NDArray[np.int64]
    destination: NDArray[np.bool_]
    may_wait: NDArray[np.bool_]
    may_stop: NDArray[np.bool_]
    stay_fee: NDArray[np.int64]
    stay_price: NDArray[np.int32]
    discovered: NDArray[np.float64]
    move_start: NDArray[np.int32]
    same_way: NDArray[np.bool_]
    target: NDArray[np.int32]
    back: NDArray[np.int32]
    fee: NDArray[np.int64]
    price: NDArray[np.int32]
    demand: NDArray[np.int64]
    demand_price: NDArray[np.int32]
    longer: NDArray[np.int32]
    landing: NDArray[np.int32]
    lands: NDArray[np.int64]
    intercepted: NDArray[np.float64]
    turned_back: NDArray[np.float64]
    passed: NDArray[np.float64]
    turns_back: NDArray[np.bool_]
    asked: NDArray[np.float64]
    is_asked: NDArray[np.bool_]
    open_level: NDArray[np.bool_]
    open_slot: NDArray[np.bool_]
    duration_start: NDArray[np.int32]
    duration_slots: NDArray[np.int32]
    duration_chance: NDArray[np.float64]
    earliest: NDArray[np.int32]
    looked_at_from: NDArray[np.int32]
    latest: NDArray[np.int32]
    most_left: NDArray[np.int32]
    ring_start: NDArray[np.int32]


class Views(NamedTuple):
    """Places as they look to who comes without knowing some of the conditions known there: V views, each of one place.

    A view has the place's levels of the conditions that are known to who comes; over the others it is the mean by their forecast.
    Where every condition is known everywhere there is none.

    Attributes
    ----------
    place
        ``(V,)``.
    start
        View v has the ring rows ``start[v] <= row < start[v + 1]``, one for each of its place's, behind those of the places.
    levels, level
        How many levels it has, ``(V,)``; its level for each own level of its place, ``(V, C)``.
    weight
        Chance of what is not known at each own level of its place, by slot, ``(T, V, C)``.
    """

    place: NDArray[np.int64]
    start: NDArray[np.int32]
    levels: NDArray[np.int64]
    level: NDArray[np.int64]
    weight: NDArray[np.float64]


class Knowledge(NamedTuple):
    """What is known of the conditions at each place, for who counts forward: G different sets of known conditions.

    Attributes
    ----------
    group
        Which set is known at a place, ``(N,)``.
    known_count, known
        How many conditions are in a set, ``(G,)``, and which, ``(G, K)``, in their order.
    row
        Where in the flattened chains the row of a condition begins at a level of a place of the set, ``(G, C, K)``: its level's
        row, or the last one, of its forecast, where it is not known.
    start
        Where the rows of a condition begin, one for each level and one more, ``(K + 1,)``.
    forecast
        The chance of each level of each condition at each slot, side by side, ``(T + 1, .)``; zeros where all is known.
    """

    group: NDArray[np.int64]
    known_count: NDArray[np.int64]
    known: NDArray[np.int64]
    row: NDArray[np.int64]
    start: NDArray[np.int64]
    forecast: NDArray[np.float64]


class Abreast(NamedTuple):
    """A process as the fastest sweep takes it: C joint levels, padded with empty ones to a ``width`` that four divides.

    What is known by level is flattened, ``(. * width,)``; where nothing else is said fields are those of `Arrays`. The sweep has
    two rings, one for a slot and one for the slot before, flattened as well.

    Attributes
    ----------
    joint_steps
        Chance of going from level c to z in one slot, ``[t, z, c]``, ``(T * width * width,)``; empty where it is too large.
    stays
        1 less the chance of discovery.
    passed
        Not a number where a move is closed: then its value is none either, and no better than any.
    onward, back
        Where in a ring the value begins of having gone a move at its least duration, and of having been turned back, ``(M,)``.
    refused, is_longer
        Where the value begins of refusing a demand; if refusing means a longer way, how much further both values are, ``(M,)``.
    duration_start, duration_chance
        Chances of the least duration, a slot longer, and so on up to the most.
    """

    slots: int
    width: int
    joint_steps: NDArray[np.float64]
    sizes: NDArray[np.int64]
    steps: NDArray[np.float64]
    destination: NDArray[np.bool_]
    may_wait: NDArray[np.bool_]
    may_stop: NDArray[np.bool_]
    earliest: NDArray[np.int32]
    looked_at_from: NDArray[np.int32]
    latest: NDArray[np.int32]
    ring_start: NDArray[np.int64]
    move_start: NDArray[np.int32]
    open_slot: NDArray[np.bool_]
    stays: NDArray[np.float64]
    passed: NDArray[np.float64]
    turned_back: NDArray[np.float64]
    asked: NDArray[np.float64]
    is_asked: NDArray[np.bool_]
    onward: NDArray[np.uint64]
    back: NDArray[np.uint64]
    refused: NDArray[np.uint64]
    is_longer: NDArray[np.bool_]
    duration_start: NDArray[np.uint64]
    duration_chance: NDArray[np.float64]


class Worth(NamedTuple):
    """What the score counts: arrival, arrival by its slot, harm (0 or below), and each minor unit spent on arriving."""

    arrive: float = 1.0
    slot: float = 0.0
    harm: float = 0.0
    cost: float = 0.0
