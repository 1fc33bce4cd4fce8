"""Runs of an organisation, week after week, compiled."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.kernels.organisation import (
    draw_mission,
    end_missions,
    forget_lost,
    requests,
    turn_partner,
    usable_way,
)
from waystation.engine.simulation.kernels.philox import chance, philox
from waystation.engine.simulation.kernels.purse import (
    COUNTERS,
    FLYING,
    PURSE,
    RANDOM_SHOCKS,
    REGIME,
    free_money,
    open_pots,
    set_aside,
    take,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FIRST_COME, MOST_URGENT = 0, 1
"""The rules that are compiled."""

_HIGH = np.uint64(32)


class World(NamedTuple):
    """An organisation in one scenario, laid out. G kinds of groups, W ways, Y parties, P partners, R resources, Z seasons.

    Attributes
    ----------
    opening
        The purse at the start, minor units.
    income, income_from, costs
        Money that comes into the purse each week, the first week in which it does, and retainers paid each week.
    funds
        Money that may be used for something, for some time; K pots, the columns as in ``kernels.purse``, ``(K, 4 + G)``.
    mean, nobody
        Requests a week, and the chance that nobody asks in a week.
    gives_up, compromise, reveals
        Chances a week and of a party under way, as in `Organisation`.
    people, rank
        Of each kind of group: how many they are, how urgent it is (0 the most), ``(G,)``.
    way_range
        The ways of a kind are those from ``way_range[season, regime, kind, 0]`` to one before ``[..., 1]``, the best first,
        ``(Z, E, G, 2)``.
    ways
        Bits of the partners a way may lean on, money set aside for it, its parties from and to, its needs from and to,
        ``(W, 6)``.
    parties
        The script's state each party starts in, its people, and the money set aside for it, ``(Y, 3)``.
    needs
        Resource, weeks from departure, people expected in hundredths, ``(., 3)``.
    arrive
        Share of a way's people expected to arrive, ``(W,)``.
    capacity
        People in hundredths, a partner's in a week or a house's in one night of the week, ``(R,)``.
    scheduled
        Bits of the changes that hold in each week, ``(weeks,)``.
    shocks
        The bit of each change that comes by chance, ``(., )``, with its chances a week to begin and to end, ``(., 2)``.
    week_slots
        Slots in a week.
    """

    opening: int
    income: int
    income_from: int
    costs: int
    funds: Ints
    mean: float
    nobody: float
    gives_up: float
    compromise: float
    reveals: float
    remembers: int
    replace: int
    week_slots: int
    people: Ints
    rank: Ints
    way_range: Ints
    ways: Ints
    parties: Ints
    needs: Ints
    arrive: Floats
    capacity: Ints
    partners: int
    scheduled: Ints
    shock_bits: Ints
    shock_chances: Floats
    slot: NDArray[np.int32]
    states: Ints
    steps: Ints


class State(NamedTuple):
    """What one run keeps from week to week; made by ``new_state``, and emptied before each run."""

    counters: Ints
    flights: Ints
    paid: Ints
    pots: Ints
    queue: Ints
    queue_ends: Ints
    booked: Ints
    moved: Ints
    down_until: Ints
    blocked: Ints


def _befall(
    week: int, run: np.uint64, k0: np.uint64, k1: np.uint64, scheduled: int, bits: Ints, chances: Floats, counters: Ints
) -> None:
    """Let the changes that come by chance begin or end, and set the regime."""
    held = counters[RANDOM_SHOCKS]
    if len(bits) > 0:
        w0, w1, w2, w3 = philox(np.uint64(0), np.uint64(o.SHOCKS), np.uint64(week), run, k0, k1)
        for n in range(len(bits)):
            drawn = chance(w0 if n == 0 else (w1 if n == 1 else (w2 if n == 2 else w3)))
            holds = held & bits[n] != 0
            if drawn < chances[n, 1 if holds else 0]:
                held ^= bits[n]
    counters[RANDOM_SHOCKS] = held
    counters[REGIME] = held | scheduled


befall = njit(cache=True, error_model="numpy")(_befall)


def _forget_old(week: int, remembers: int, booked: Ints, moved: Ints) -> None:
    """Clear what last week booked and what partners no longer remember; in loops, which cost less than slices so short."""
    old = (week - 1) % booked.shape[0]
    for resource in range(booked.shape[1]):
        booked[old, resource] = 0
    if remembers > 0:
        old = week % remembers
        for partner in range(len(moved)):
            moved[partner, old] = 0


forget_old = njit(cache=True, forceinline=True, error_model="numpy")(_forget_old)


def _open_week(
    week: int,
    run: np.uint64,
    k0: np.uint64,
    k1: np.uint64,
    money: tuple[int, int],
    chances: tuple[float, float, float, float, float],
    weeks: tuple[int, int],
    partners: int,
    scheduled: int,
    shock_bits: Ints,
    shock_chances: Floats,
    people: Ints,
    funds: Ints,
    counters: Ints,
    flights: Ints,
    paid: Ints,
    pots: Ints,
    queue: Ints,
    queue_ends: Ints,
    booked: Ints,
    moved: Ints,
    down_until: Ints,
    tally: Ints,
) -> int:
    """Let a week begin; return the bits of the partners that are lost."""
    mean, nobody, gives_up, compromise, reveals = chances
    income, costs = money
    remembers, replace = weeks
    w0, w1, w2, _w3 = philox(np.uint64(0), np.uint64(o.WEEKS), np.uint64(week), run, k0, k1)
    forget_old(week, remembers, booked, moved)
    if len(pots) > 0:
        tally[o.LAPSED] += open_pots(week, funds, pots)
    if counters[FLYING] > 0:
        end_missions(week, funds, counters, flights, paid, pots, tally)
    if partners > 0 and chance(w1) < compromise:
        partner = int((w2 * np.uint64(partners)) >> _HIGH)
        if down_until[partner] <= week:
            turn_partner(week, partner, run, k0, k1, reveals, replace, counters, flights, moved, down_until, tally)
            end_missions(week, funds, counters, flights, paid, pots, tally)
    befall(week, run, k0, k1, scheduled, shock_bits, shock_chances, counters)
    counters[PURSE] += income - (take(week, len(people), costs, funds, pots) if len(pots) > 0 else costs)
    tally[o.SPENT] += costs
    if counters[PURSE] < 0:
        tally[o.SHORT_WEEKS] += 1
    requests(week, w0, run, k0, k1, mean, nobody, gives_up, people, counters, queue, queue_ends, tally)
    down = 0
    for each in range(partners):
        if down_until[each] > week:
            down |= 1 << each
    return down


open_week = njit(cache=True, forceinline=True, error_model="numpy")(_open_week)


def _leave(
    week: int,
    kind: int,
    way: int,
    run: np.uint64,
    k0: np.uint64,
    k1: np.uint64,
    week_slots: int,
    people: Ints,
    rank: Ints,
    ways: Ints,
    parties: Ints,
    needs: Ints,
    slot: NDArray[np.int32],
    table: Ints,
    transitions: Ints,
    funds: Ints,
    counters: Ints,
    flights: Ints,
    paid: Ints,
    pots: Ints,
    queue: Ints,
    queue_ends: Ints,
    booked: Ints,
    moved: Ints,
    partners: int,
    tally: Ints,
) -> None:
    """Let the group at the head of a kind's queue leave by a way: every party's journey is drawn, its end kept for its week."""
    at = queue_ends[kind, 0] & (queue.shape[1] - 1)
    queue_ends[kind, 0] += 1
    asked = np.uint64(queue[kind, at, 2])
    tally[o.LEFT] += 1
    tally[o.LEFT_PEOPLE] += people[kind]
    tally[o.WAITED_WEEKS] += week - queue[kind, at, 0]
    H, now = booked.shape[0], week % booked.shape[0]
    for need in range(ways[way, 4], ways[way, 5]):
        when = now + needs[need, 1]
        booked[when if when < H else when - H, needs[need, 0]] += needs[need, 2]
    begin, stop = ways[way, 2], ways[way, 3]
    one_end, is_split = -1, False
    for party in range(begin, stop):
        state, spent, back, bits = draw_mission(
            parties[party, 0], party - begin, asked, run, k0, k1, table, transitions
        )
        row, how = counters[FLYING], table[state, 0]
        counters[FLYING] = row + 1
        flights[row, o.PEOPLE], flights[row, o.BITS], flights[row, o.HOW] = parties[party, 1], bits, how
        flights[row, o.UNTIL], flights[row, o.COST] = week + 1 + slot[state] // week_slots, spent
        flights[row, o.KIND], flights[row, o.RANK] = kind, rank[kind]
        set_aside(week, kind, parties[party, 2], funds, pots, counters, paid, row)
        tally[o.TURNED_BACK] += back
        is_split = is_split or (one_end >= 0 and (how == 0) != (one_end == 0))
        one_end = how
        if moved.shape[1] > 0:
            for partner in range(partners):
                if bits >> partner & 1 != 0:
                    moved[partner, week % moved.shape[1]] += parties[party, 1]
    tally[o.SPLIT] += 1 if is_split else 0


leave = njit(cache=True, forceinline=True, error_model="numpy")(_leave)


def _next_kind(
    week: int, rule: int, people: Ints, rank: Ints, queue: Ints, queue_ends: Ints, blocked: Ints, tally: Ints
) -> int:
    """Return the kind whose oldest group is next by a rule; -1 when nobody is left who might leave."""
    best, key = -1, 1 << 62
    for kind in range(len(people)):
        if blocked[kind] != 0:
            continue
        if not forget_lost(week, kind, people[kind], queue, queue_ends, tally):
            blocked[kind] = 1
            continue
        this = queue[kind, queue_ends[kind, 0] & (queue.shape[1] - 1), 2]
        if rule == MOST_URGENT:
            this += rank[kind] << 40
        if this < key:
            best, key = kind, this
    return best


next_kind = njit(cache=True, error_model="numpy")(_next_kind)


def _close_run(
    week: int,
    people: Ints,
    counters: Ints,
    flights: Ints,
    paid: Ints,
    pots: Ints,
    queue: Ints,
    queue_ends: Ints,
    tally: Ints,
) -> None:
    """Count who still waits and who is under way, and the money there is."""
    for kind in range(len(people)):
        for at in range(queue_ends[kind, 0], queue_ends[kind, 1]):
            column = o.WAITING_PEOPLE if queue[kind, at & (queue.shape[1] - 1), 1] >= week else o.LOST_WAITING_PEOPLE
            tally[column] += people[kind]
    for row in range(counters[FLYING]):
        tally[o.UNDER_WAY_PEOPLE] += flights[row, o.PEOPLE]
    tally[o.MONEY_LEFT] = counters[PURSE] + pots.sum()
    for row in range(counters[FLYING]):
        for pot in range(len(pots)):
            tally[o.MONEY_LEFT] += paid[row, pot]


close_run = njit(cache=True, error_model="numpy")(_close_run)


def _live(
    w: World, s: State, rule: int, k0: np.uint64, k1: np.uint64, first_run: int, tallies: Ints, by_year: Ints
) -> None:
    """Live runs ``first_run`` and on for all the weeks there are; fill a tally of each and the people who arrived in each year.

    Parameters
    ----------
    rule
        `FIRST_COME` or `MOST_URGENT`.
    tallies, by_year
        ``(runs, COLUMNS)`` and ``(runs, years)``, zeros.
    """
    counters, flights, paid, pots, queue, queue_ends, booked, moved, down_until, blocked = s
    people, rank, way_range, ways, parties, needs = w.people, w.rank, w.way_range, w.ways, w.parties, w.needs
    slot, table, transitions = w.slot, w.states, w.steps
    capacity, scheduled, shock_bits, shock_chances = w.capacity, w.scheduled, w.shock_bits, w.shock_chances
    funds, chances = w.funds, (w.mean, w.nobody, w.gives_up, w.compromise, w.reveals)
    memory, partners, week_slots, weeks = (w.remembers, w.replace), w.partners, w.week_slots, len(w.scheduled)
    seasons, opening = way_range.shape[0], w.opening
    income, income_from, costs = w.income, w.income_from, w.costs
    for row in range(len(tallies)):
        run, tally = np.uint64(first_run + row), tallies[row]
        counters[:], queue_ends[:], booked[:], moved[:], down_until[:], pots[:] = 0, 0, 0, 0, 0, 0
        counters[PURSE] = opening
        for week in range(weeks):
            money = (income if week >= income_from else 0, costs)
            down = open_week(
                week, run, k0, k1, money, chances, memory, partners, scheduled[week], shock_bits, shock_chances, people,
                funds, counters, flights, paid, pots, queue, queue_ends, booked, moved, down_until, tally,
            )  # fmt: skip
            for each in range(len(blocked)):
                blocked[each] = 0
            season, regime = week * seasons // 52 % seasons, counters[REGIME]
            while True:
                kind = next_kind(week, rule, people, rank, queue, queue_ends, blocked, tally)
                if kind < 0:
                    break
                low, high = way_range[season, regime, kind, 0], way_range[season, regime, kind, 1]
                free, room = free_money(week, kind, funds, pots, counters), len(flights)
                way = usable_way(week, low, high, down, free, counters[FLYING], room, ways, needs, booked, capacity)
                if way < 0:
                    blocked[kind] = 1
                    continue
                leave(
                    week, kind, way, run, k0, k1, week_slots, people, rank, ways, parties, needs, slot, table, transitions, funds,
                    counters, flights, paid, pots, queue, queue_ends, booked, moved, partners, tally,
                )  # fmt: skip
            if week % 52 == 51:
                by_year[row, week // 52] = tally[o.ARRIVED_PEOPLE]
        close_run(weeks, people, counters, flights, paid, pots, queue, queue_ends, tally)
        for year in range(by_year.shape[1] - 1, 0, -1):
            by_year[row, year] -= by_year[row, year - 1]


live = compiled(_live)


def new_state(world: World, most_waiting: int, most_under_way: int, most_ahead: int) -> State:
    """Return empty arrays for a run; ``most_waiting`` is a power of two, and ``most_ahead`` above the weeks of every need."""
    kinds, partners, resources = len(world.people), world.partners, len(world.capacity)
    return State(
        counters=np.zeros(COUNTERS, dtype=np.int64),
        flights=np.zeros((most_under_way, o.FLIGHT), dtype=np.int64),
        paid=np.zeros((most_under_way, len(world.funds) + 1), dtype=np.int64),
        pots=np.zeros(len(world.funds), dtype=np.int64),
        queue=np.zeros((kinds, most_waiting, 3), dtype=np.int64),
        queue_ends=np.zeros((kinds, 2), dtype=np.int64),
        booked=np.zeros((most_ahead, resources), dtype=np.int64),
        moved=np.zeros((partners, world.remembers), dtype=np.int64),
        down_until=np.zeros(partners, dtype=np.int64),
        blocked=np.zeros(kinds, dtype=np.int64),
    )
