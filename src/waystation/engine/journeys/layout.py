"""A process laid out for the kernels: what each place can tell apart, from when to when it matters, and what it can cost."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.views import landings


def prepare(process: Process, grid: MoneyGrid = NO_MONEY, *, by_region: bool = False) -> Arrays:
    """Lay a process out for the kernels, its prices in steps of the money grid.

    Parameters
    ----------
    by_region
        Whether the kernel it is for keeps to the landings and own levels that a memory asks for.

    Raises
    ------
    UnusableModelError
        If the process has a memory and the kernel does not keep to it.
    """
    if not by_region:
        process.require_exact()
    moves = process.moves
    source = np.asarray(moves.source)
    N, T = len(process.places), process.slots
    steps = [np.asarray(step).reshape(T, -1) for step in process.steps]
    earliest = earliest_slots(process)
    matters = conditions_that_matter(process)
    own_levels, own_level, joint_level = _own_levels(process, matters)
    ring_start = _ring_start(process)
    landing, lands, _ = landings(process, ring_start, own_level)
    return Arrays(
        slots=T,
        sizes=np.array([len(names) for names in process.levels], dtype=np.int64),
        steps=np.ascontiguousarray(np.concatenate(steps, axis=1)) if steps else np.zeros((T, 0)),
        matters=matters,
        own_levels=own_levels,
        own_level=own_level,
        joint_level=joint_level,
        destination=process.destination,
        may_wait=process.may_wait,
        may_stop=process.may_stop,
        stay_fee=process.stay_fee,
        stay_price=grid.price(process.stay_fee),
        discovered=np.ascontiguousarray(process.discovered),
        move_start=np.searchsorted(source, np.arange(N + 1)).astype(np.int32),
        same_way=_same_way(process),
        target=moves.target,
        back=moves.back,
        fee=moves.fee,
        price=grid.price(moves.fee),
        demand=moves.demand,
        demand_price=grid.price(moves.demand),
        longer=moves.longer,
        landing=landing,
        lands=lands,
        intercepted=np.ascontiguousarray(moves.intercepted),
        turned_back=np.ascontiguousarray(moves.turned_back),
        passed=np.ascontiguousarray(1.0 - moves.intercepted - moves.turned_back),
        turns_back=moves.turned_back.max(axis=1, initial=0.0) > 0.0,
        asked=np.ascontiguousarray(moves.asked),
        is_asked=moves.asked.max(axis=1, initial=0.0) > 0.0,
        open_level=np.ascontiguousarray(moves.open_level),
        open_slot=np.ascontiguousarray(moves.open_slot.T),
        duration_start=moves.duration_start,
        duration_slots=moves.duration_slots,
        duration_chance=moves.duration_chance,
        earliest=earliest,
        looked_at_from=_looked_at_from(process, earliest),
        latest=_latest(process),
        most_left=(grid.steps - least_prices(process, grid)).astype(np.int32),
        ring_start=ring_start,
    )


def least_to_reach(process: Process, weight: NDArray[np.integer], most: int) -> NDArray[np.int32]:
    """Return the least sum of move weights from the start to each place, ``(N,)``; ``most`` where that is not less."""
    start = np.zeros(len(process.places), dtype=np.bool_)
    start[process.start_place] = True
    return _least(start, *_ways(process, weight), most)


def _least(
    start: NDArray[np.bool_],
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    weight: NDArray[np.integer],
    most: int,
) -> NDArray[np.int32]:
    least = np.where(start, 0, most).tolist()
    order = np.argsort(source, kind="stable")
    first = np.searchsorted(source[order], np.arange(len(start) + 1)).tolist()
    targets, weights = target[order].tolist(), weight[order].tolist()
    queue = deque(np.flatnonzero(start).tolist())
    while queue:
        here = queue.popleft()
        for way in range(first[here], first[here + 1]):
            there, total = targets[way], least[here] + weights[way]
            if total < least[there]:
                least[there] = total
                queue.append(there)
    return np.array(least, dtype=np.int32)


def _ways(
    process: Process, weight: NDArray[np.integer]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.integer]]:
    """Return every way from one place to another with its weight: the moves, and where they lead those turned back."""
    moves = process.moves
    elsewhere = moves.back != moves.source
    return (
        np.concatenate([moves.source, moves.source[elsewhere]]),
        np.concatenate([moves.target, moves.back[elsewhere]]),
        np.concatenate([weight, weight[elsewhere]]),
    )


def earliest_slots(process: Process) -> NDArray[np.int32]:
    """Return the first slot at which the group can be at each place, ``(N,)``; T + 1 where it cannot come in time."""
    return least_to_reach(process, _shortest(process), process.slots + 1)


def last_hopes(process: Process) -> NDArray[np.int32]:
    """Return the last slot from which a destination can be reached in time from each place, ``(N,)``; -1 where none can."""
    sources, targets, slots = _ways(process, _shortest(process))
    return process.slots - _least(process.destination, targets, sources, slots, process.slots + 1)


def _latest(process: Process) -> NDArray[np.int32]:
    """Return the last slot at which there is anything to decide, ``(N,)``: later than that, stopping is best where allowed."""
    return np.where(process.may_stop & ~process.destination, last_hopes(process), process.slots).astype(np.int32)


def _shortest(process: Process) -> NDArray[np.int32]:
    """Return the least slots each move lasts, ``(M,)``: one where a refusal leads to another place than the source."""
    moves = process.moves
    if not len(moves):
        return np.zeros(0, dtype=np.int32)
    led_away = (moves.back != moves.source) & (moves.longer < 0) & (moves.asked.max(axis=1) > 0.0)
    return np.where(led_away, 1, moves.duration_slots[moves.duration_start[:-1]]).astype(np.int32)


def least_prices(process: Process, grid: MoneyGrid) -> NDArray[np.int32]:
    """Return the least money steps spent on coming to each place, ``(N,)``, at most the whole budget."""
    return least_to_reach(process, grid.price(process.moves.fee), grid.steps)


def conditions_that_matter(process: Process) -> NDArray[np.bool_]:
    """Return which conditions change anything at a place or on some way from it, ``(N, K)``; with a memory, which are known."""
    if process.memory is not None:
        return process.memory.known
    moves = process.moves
    N, sizes = len(process.places), [len(names) for names in process.levels]
    matters = np.zeros((N, len(sizes)), dtype=np.bool_)
    by_move = [moves.intercepted, moves.turned_back, moves.asked, moves.open_level]
    for k in range(len(sizes)):
        matters[:, k] = _varies(process.discovered, sizes, k) & process.may_wait
        changed = np.any([_varies(chances, sizes, k) for chances in by_move], axis=0)
        np.logical_or.at(matters[:, k], moves.source, changed)
    while True:
        before = matters.copy()
        np.logical_or.at(matters, moves.source, before[moves.target])
        np.logical_or.at(matters, moves.source, before[moves.back])
        if (matters == before).all():
            return matters


def _varies(values: NDArray[np.generic], sizes: list[int], axis: int) -> NDArray[np.bool_]:
    """Whether each row of values by joint level changes with one condition."""
    table = np.moveaxis(values.reshape(len(values), *sizes), axis + 1, 1)
    different = table != table[:, :1]
    found: NDArray[np.bool_] = different.any(axis=tuple(range(1, different.ndim)))
    return found


def _own_levels(
    process: Process, matters: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Number the joint levels that a place can tell apart: ``(N,)``, ``(N, C)`` and back ``(N, C)``.

    With a memory the levels are the places' own already; -1 stands beyond them.
    """
    sizes, C, N = [len(names) for names in process.levels], process.joint_levels, len(process.places)
    if process.memory is not None:
        own_levels = np.array([process.levels_at(place) for place in range(N)], dtype=np.int64)
        every = np.tile(np.arange(C), (N, 1))
        return own_levels, np.where(every < own_levels[:, None], every, -1), every
    index = np.stack(np.unravel_index(np.arange(C), sizes)) if sizes else np.zeros((0, C), dtype=np.int64)
    own_level, joint_level = np.zeros((N, C), dtype=np.int64), np.zeros((N, C), dtype=np.int64)
    for place in range(N):
        for k in np.flatnonzero(matters[place]):
            own_level[place] = own_level[place] * sizes[k] + index[k]
        joint_level[place, own_level[place][::-1]] = np.arange(C)[::-1]
    return own_level.max(axis=1, initial=0) + 1, own_level, joint_level


def _same_way(process: Process) -> NDArray[np.bool_]:
    """Return which moves are the leg of the move before them, taken in company: what they lead to is the same."""
    legs = process.moves.leg
    return np.array([m > 0 and legs[m] == legs[m - 1] for m in range(len(legs))], dtype=np.bool_)


def _looked_at_from(process: Process, earliest: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the first slot from which a decision can look ahead to each place: from there or from where a move leads to it."""
    first = earliest.copy()
    np.minimum.at(first, process.moves.target, earliest[process.moves.source])
    np.minimum.at(first, process.moves.back, earliest[process.moves.source])
    return first


def _ring_start(process: Process) -> NDArray[np.int32]:
    """Return where each place's rows begin: as many slots ahead as a wait or a leg from or to the place looks."""
    moves = process.moves
    depth = np.where(process.destination, 0, 1)
    longest = moves.duration_slots[moves.duration_start[1:] - 1] + np.maximum(0, moves.longer)
    turns_back = moves.turned_back.any(axis=1)
    np.maximum.at(depth, moves.target, longest)
    np.maximum.at(depth, moves.back[turns_back], longest[turns_back])
    return np.concatenate([[0], np.cumsum(depth + 1)]).astype(np.int32)
