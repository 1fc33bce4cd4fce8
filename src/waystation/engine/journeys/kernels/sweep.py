"""Backward induction over slots, with money in the state or without: one pass is exact, there is nothing to converge.

Values are kept for K components, in this order: the score a plan is chosen by, the chance of arrival, the chance of harm,
the expected cost of arriving (cost from here on, times arrived) and the expected slot of arrival (times arrived). With K = 1
only the score is kept.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays, Views, Worth
from waystation.engine.journeys.kernels.chain import carry
from waystation.engine.journeys.kernels.compiled import compiled

MARGIN = 1e-12
SCORE, ARRIVE, HARM, COST, SLOT = 0, 1, 2, 3, 4

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


def _is_better(new: Floats, old: Floats, b: int, shift: float) -> bool:
    """Whether a new action beats the old one at money b: by score, then arrival, least harm, least cost, soonest arrival.

    A choice gives way only to one better by more than rounding. ``shift`` is added to the score for each unit of arrival:
    what the money spent before this state takes from the worth of arriving.
    """
    K = len(new)
    difference = new[SCORE, b] - old[SCORE, b]
    if shift != 0.0:
        difference += shift * (new[ARRIVE, b] - old[ARRIVE, b])
    if difference > MARGIN:
        return True
    if difference < -MARGIN:
        return False
    for k in range(1, K):
        difference = new[k, b] - old[k, b]
        scale = MARGIN
        if k >= COST:
            scale = MARGIN * max(1.0, abs(old[k, b]))
        if k > ARRIVE:
            difference = -difference
        if difference > scale:
            return True
        if difference < -scale:
            return False
    return False


is_better = njit(cache=True, error_model="numpy", inline="always")(_is_better)


def _blend(
    ring: Floats, row: int, c: int, slots: Ints, chances: Floats, low: int, high: int, most: int, out: Floats
) -> None:
    """Mix the values a place will have after the durations ``low`` to ``high``; ``out[k, b]`` for b up to ``most``."""
    for k in range(len(out)):
        for b in range(most + 1):
            out[k, b] = 0.0
        for e in range(low, high):
            at = row + slots[e]
            chance = chances[e]
            for b in range(most + 1):
                out[k, b] += chance * ring[at, c, k, b]


blend = njit(cache=True, error_model="numpy")(_blend)


def _travel(
    back: Floats, onward: Floats, intercepted: float, turned_back: float, harm_worth: float, most: int, out: Floats
) -> None:
    """Combine being turned back, arriving and being intercepted into the value of travelling a leg."""
    K = len(out)
    passed = 1.0 - intercepted - turned_back
    for k in range(K):
        constant = 0.0
        if k == SCORE:
            constant = intercepted * harm_worth
        elif k == HARM:
            constant = intercepted
        if turned_back > 0.0:
            for b in range(most + 1):
                out[k, b] = constant + turned_back * back[k, b] + passed * onward[k, b]
        else:
            for b in range(most + 1):
                out[k, b] = constant + passed * onward[k, b]


travel = njit(cache=True, error_model="numpy")(_travel)


def _pay(values: Floats, price: int, paid: float, cost_worth: float, most: int, out: Floats) -> None:
    """Value of paying ``price`` money steps (``paid`` minor units) and then having ``values``; for b from ``price`` on."""
    K = len(out)
    for k in range(K):
        for b in range(price, most + 1):
            out[k, b] = values[k, b - price]
    if paid > 0.0 and K > ARRIVE and cost_worth != 0.0:
        for b in range(price, most + 1):
            out[SCORE, b] -= cost_worth * paid * out[ARRIVE, b]
    if paid > 0.0 and K > COST:
        for b in range(price, most + 1):
            out[COST, b] += paid * out[ARRIVE, b]


pay = njit(cache=True, error_model="numpy")(_pay)


def _answer_demand(
    travelled: Floats,
    paid: Floats,
    refused: Floats,
    q: float,
    price: int,
    most: int,
    shift: float,
    spent: Floats,
    fee: float,
) -> None:
    """Mix in an extra demand made with chance q: ``travelled`` becomes the value at the hand-over, paying where it is better.

    ``paid`` keeps in its first component whether paying is better (1) or refusing (0). ``shift`` is minus the worth of cost.
    """
    K = len(travelled)
    for b in range(most + 1):
        before = shift * (spent[b] + fee) if shift != 0.0 else 0.0
        pays = b >= price and is_better(paid, refused, b, before)
        for k in range(K):
            answered = paid[k, b] if pays else refused[k, b]
            travelled[k, b] = (1.0 - q) * travelled[k, b] + q * answered
        paid[0, b] = 1.0 if pays else 0.0


answer_demand = njit(cache=True, error_model="numpy")(_answer_demand)


def _compare(
    new: Floats,
    best: Floats,
    actions: NDArray[np.int16],
    action: int,
    pays: Floats,
    price: int,
    most: int,
    shift: float,
    spent: Floats,
) -> None:
    """Let a new action replace the best one wherever it is better, at every amount of money from ``price`` to ``most``."""
    K = len(new)
    for b in range(price, most + 1):
        before = shift * spent[b] if shift != 0.0 else 0.0
        if actions[b] == -1 or is_better(new, best, b, before):
            actions[b] = action + (1 if pays[b - price] == 1.0 else 0)
            for k in range(K):
                best[k, b] = new[k, b]


compare = njit(cache=True, error_model="numpy")(_compare)


def _carry_back(p: Arrays, t: int, ring: Floats, scratch: Floats) -> None:
    """Pass from slot t + 1 to slot t: what was d slots ahead is d + 1 ahead, seen through one step of the chain."""
    for i in range(len(p.destination)):
        if t < p.looked_at_from[i]:
            continue
        matters, levels, most = p.matters[i], p.own_levels[i], p.most_left[i]
        last = min(p.ring_start[i + 1] - 1, p.ring_start[i] + p.latest[i] - t)
        for row in range(last, p.ring_start[i], -1):
            carry(ring[row - 1], ring[row], scratch, p.steps[t], p.sizes, matters, levels, most)


carry_back = njit(cache=True, error_model="numpy")(_carry_back)


def _look_from_outside(p: Arrays, v: Views, t: int, ring: Floats) -> None:
    """Fill the rows of every view with the mean of its place's over what is not known to who comes.

    The rows stand for what is d slots ahead as seen from now; so the forecast of now is the one to take.
    """
    for x in range(len(v.place)):
        i, own_levels = v.place[x], v.levels[x]
        if t < p.looked_at_from[i]:
            continue
        here, most = p.ring_start[i], p.most_left[i]
        for d in range(1, min(p.ring_start[i + 1] - here, p.latest[i] - t + 1)):
            seen = ring[v.start[x] + d]
            seen[:own_levels, :, : most + 1] = 0.0
            for own in range(p.own_levels[i]):
                chance, level = v.weight[t, x, own], v.level[x, own]
                if chance > 0.0:
                    for k in range(seen.shape[1]):
                        for b in range(most + 1):
                            seen[level, k, b] += chance * ring[here + d, own, k, b]


look_from_outside = njit(cache=True, error_model="numpy")(_look_from_outside)


def _end(best: Floats, t: int, arrived: bool, worth: float) -> None:
    """Value of a state in which nothing is to be decided: arrived, out of time, or stopping because no time is left."""
    best[:] = 0.0
    if arrived:
        best[SCORE] = worth
        if len(best) > ARRIVE:
            best[ARRIVE] = 1.0
        if len(best) > SLOT:
            best[SLOT] = t


end = njit(cache=True, error_model="numpy")(_end)


def _decide(
    p: Arrays,
    w: Worth,
    ring: Floats,
    t: int,
    i: int,
    own: int,
    spent: Floats,
    work: Floats,
    never: Floats,
    best: Floats,
    actions: NDArray[np.int16],
) -> None:
    """Fill the best values and actions of one place at one slot and own level, for every amount of money left.

    ``work`` are eight arrays of the shape of ``best`` to work in; ``never`` zeros, ``(B,)``.
    """
    new, travelled, back, onward = work[0], work[1], work[2], work[3]
    paid, refused, back_longer, onward_longer = work[4], work[5], work[6], work[7]
    here, most, shift = p.ring_start[i], p.most_left[i], -w.cost
    c = p.joint_level[i, own]
    intercepted, turned_back, asked, longer = p.intercepted, p.turned_back, p.asked, p.longer
    prices, fee, demand, demand_price, same_way, turned_to = (
        p.price,
        p.fee,
        p.demand,
        p.demand_price,
        p.same_way,
        p.back,
    )
    open_slot, open_level, landing, lands = p.open_slot, p.open_level, p.landing, p.lands
    own_level, ring_start = p.own_level, p.ring_start
    duration_start, slots, chances = p.duration_start, p.duration_slots, p.duration_chance
    best[:] = 0.0
    actions[:] = 0 if p.may_stop[i] else -1
    if p.may_wait[i] and p.stay_price[i] <= most:
        travel(back, ring[here + 1, own], p.discovered[i, c], 0.0, w.harm, most, travelled)
        pay(travelled, p.stay_price[i], p.stay_fee[i], w.cost, most, new)
        compare(new, best, actions, 1, never, p.stay_price[i], most, shift, spent)
    known = -1  # up to how much money back and onward hold the way of this move; -1 where they do not
    for m in range(p.move_start[i], p.move_start[i + 1]):
        known = known if same_way[m] else -1
        price, q = prices[m], asked[m, c]
        if not (open_slot[t, m] and open_level[m, c]) or price > most:
            continue
        left, low, high = most - price, duration_start[m], duration_start[m + 1]
        caught, turned = intercepted[m, c], turned_back[m, c]
        there, own_there = landing[m], lands[m, c]
        home, own_home = ring_start[turned_to[m]], own_level[turned_to[m], c]
        if known < left:
            blend(ring, there, own_there, slots, chances, low, high, left, onward)
            if turned > 0.0:
                blend(ring, home, own_home, slots, chances, low, high, left, back)
            known = left
        travel(back, onward, caught, turned, w.harm, left, travelled)
        if q > 0.0:
            pay(travelled, demand_price[m], demand[m], w.cost, left, paid)
            n = longer[m]
            if n < 0:
                refused[:, : left + 1] = ring[home + 1, own_home, :, : left + 1]
            else:
                blend(ring, there + n, own_there, slots, chances, low, high, left, onward_longer)
                if turned > 0.0:
                    blend(ring, home + n, own_home, slots, chances, low, high, left, back_longer)
                travel(back_longer, onward_longer, caught, turned, w.harm, left, refused)
            answer_demand(travelled, paid, refused, q, demand_price[m], left, shift, spent[price:], fee[m])
        pay(travelled, price, fee[m], w.cost, most, new)
        compare(new, best, actions, 2 + 2 * m, paid[0] if q > 0.0 else never, price, most, shift, spent)


decide = njit(cache=True, error_model="numpy")(_decide)


def _sweep(p: Arrays, v: Views, w: Worth, spent: Floats, policy: NDArray[np.int16], first: Floats) -> None:
    """Fill the policy ``(T, N, C, B + 1)`` and the values at slot 0, ``first`` ``(N, C, K, B + 1)`` by own level.

    The value of a place d slots ahead, seen from now, stands in row ``ring_start[i] + d`` of a ring; passing to the slot
    before carries each row one step through the chain, so no power of it is ever formed. Behind the places' rows lie those of the
    views.

    ``spent[t, i, c, b]`` is what was spent before a state is reached, minor units; an axis may have length 1. It is looked at
    only where cost has a worth.
    """
    N, C, K, B = first.shape
    ring = np.zeros((v.start[len(v.place)], C, K, B))
    scratch, work = np.empty((2, C, K, B)), np.empty((8, K, B))
    actions = np.empty(B, dtype=np.int16)
    never = np.zeros(B)
    for t in range(p.slots, -1, -1):
        if t < p.slots:
            carry_back(p, t, ring, scratch)
            look_from_outside(p, v, t, ring)
        for i in range(N):
            for own in range(p.own_levels[i]):
                best = first[i, own]
                if p.destination[i] or t == p.slots or t < p.earliest[i]:
                    end(best, t, p.destination[i], w.arrive + w.slot * t)
                    continue
                if t > p.latest[i]:
                    end(best, t, False, 0.0)
                    policy[t, i] = 0
                    continue
                c = p.joint_level[i, own]
                before = spent[t % len(spent), i % spent.shape[1], c % spent.shape[2]]
                decide(p, w, ring, t, i, own, before, work, never, best, actions)
                for joint in range(C):
                    if p.own_level[i, joint] == own:
                        policy[t, i, joint] = actions
        for i in range(N):
            ring[p.ring_start[i], : p.own_levels[i]] = first[i, : p.own_levels[i]]


sweep = compiled(_sweep)
