"""What it is worth to ask about a condition before the first decision, and to wait a day and see."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.argument import Asking, Waiting
from waystation.engine.journeys.process import MoneyGrid, Moves, Process
from waystation.engine.journeys.reasons.ground import Ground, best_arrival, staying_at_first
from waystation.engine.journeys.solve import Solver

Floats = NDArray[np.float64]

_UNSURE = 1e-9


def asking(ground: Ground) -> tuple[Asking, ...]:
    """Return what the answer about each condition that is not yet sure is worth, the most valuable first.

    The plan decides knowing every level at every slot. Without asking about a condition, its first decision is the same
    whatever that condition's level; a leg that then turns out closed costs a slot of waiting, where waiting is possible. From
    the second decision on everything is known again. A process with a memory is not asked about.
    """
    process = ground.process
    if process.memory is not None or not process.conditions:
        return ()
    values = first_values(process, ground.grid)
    chance = process.start_chance
    asked = float(chance @ values.max(axis=0))
    sizes = [len(names) for names in process.levels]
    found = []
    for k, condition in enumerate(process.conditions):
        marginal = np.moveaxis(chance.reshape(sizes), k, 0).reshape(sizes[k], -1).sum(axis=1)
        if marginal.max() > 1.0 - _UNSURE:
            continue
        weighted = np.moveaxis((values * chance).reshape(len(values), *sizes), k + 1, 1)
        unasked = float(weighted.sum(axis=1).reshape(len(values), -1).max(axis=0).sum())
        found.append(Asking(condition, asked, unasked))
    return tuple(sorted(found, key=lambda each: -each.gain))


def waiting(ground: Ground, days: float = 1.0) -> Waiting | None:
    """Compare leaving at once with waiting at the start for a while to see; None where one of the two cannot be done."""
    process = ground.process
    slots = round(days * 24 / process.slot_hours)
    if process.memory is not None or not process.may_wait[process.start_place] or slots >= process.slots:
        return None
    values = first_values(process, ground.grid)[2:]
    if not len(values) or not values.any():
        return None
    now = float(process.start_chance @ values.max(axis=0))
    later = best_arrival(staying_at_first(process, slots), ground.grid)
    return Waiting(days, now, later)


def first_values(process: Process, grid: MoneyGrid) -> Floats:
    """Return the arrival when each action is taken first and the rest is decided best, ``(2 + L, C)``.

    Rows: stopping (0), waiting a slot (0 where one cannot wait), then the L moves from the start; where a move is closed, the
    value of waiting stands.
    """
    moves, start = process.moves, process.start_place
    leaving = np.flatnonzero((moves.source == start) & moves.open_slot[:, 0])
    waiting_value = np.zeros(process.joint_levels)
    if process.may_wait[start]:
        waiting_value = _value(process, grid, _wait(process))
    rows = [np.zeros(process.joint_levels), waiting_value]
    for move in leaving.tolist():
        open_level = moves.open_level[move]
        rows.append(np.where(open_level, _value(process, grid, _only(process, move)), waiting_value))
    return np.array(rows)


def _value(process: Process, grid: MoneyGrid, first: Moves) -> Floats:
    """Return the arrival by start level when the journey begins with the one move of ``first``, ``(C,)``.

    The move departs from a place of its own, where nothing else can be done.
    """
    moves, N = process.moves, len(process.places)
    back = np.append(moves.back, process.start_place).astype(np.int32)
    joined = {
        each.name: _joined(getattr(moves, each.name), getattr(first, each.name))
        for each in dataclasses.fields(Moves)
        if each.name not in {"duration_start", "turned_to"}
    }
    ends = moves.duration_start[-1] + first.duration_start[1:]
    told = Moves(**joined, duration_start=np.append(moves.duration_start, ends).astype(np.int32), turned_to=back)
    extended = dataclasses.replace(
        process,
        places=(*process.places, process.places[process.start_place]),
        start_place=N,
        destination=np.append(process.destination, False),
        may_wait=np.append(process.may_wait, False),
        may_stop=np.append(process.may_stop, True),
        stay_fee=np.append(process.stay_fee, 0),
        discovered=np.vstack([process.discovered, np.zeros(process.joint_levels)]),
        moves=told,
    )
    return Solver(extended, grid).arrival_by_level()


def _joined(before: Any, after: Any) -> Any:
    if isinstance(before, tuple) and isinstance(after, tuple):
        return (*before, *after)
    return np.concatenate([before, after])


def _only(process: Process, move: int) -> Moves:
    """Return a move, to be taken at slot 0 from a place of its own."""
    moves = process.moves
    low, high = moves.duration_start[move : move + 2]
    picked = {
        each.name: getattr(moves, each.name)[move : move + 1]
        for each in dataclasses.fields(Moves)
        if not each.name.startswith("duration") and each.name not in {"source", "turned_to", "open_slot"}
    }
    return Moves(
        **picked,
        source=np.array([len(process.places)], dtype=np.int32),
        open_slot=(np.arange(process.slots) == 0)[None, :],
        duration_start=np.array([0, high - low], dtype=np.int32),
        duration_slots=moves.duration_slots[low:high],
        duration_chance=moves.duration_chance[low:high],
    )


def _wait(process: Process) -> Moves:
    """Return waiting a slot at the start as a move from a place of its own."""
    C, start = process.joint_levels, process.start_place
    return Moves(
        leg=("",),
        in_company=(False,),
        source=np.array([len(process.places)], dtype=np.int32),
        target=np.array([start], dtype=np.int32),
        fee=process.stay_fee[start : start + 1].astype(np.int64),
        demand=np.zeros(1, dtype=np.int64),
        intercepted=process.discovered[start : start + 1],
        turned_back=np.zeros((1, C)),
        asked=np.zeros((1, C)),
        longer=np.full(1, -1, dtype=np.int32),
        open_level=np.ones((1, C), dtype=np.bool_),
        open_slot=(np.arange(process.slots) == 0)[None, :],
        duration_start=np.array([0, 1], dtype=np.int32),
        duration_slots=np.ones(1, dtype=np.int32),
        duration_chance=np.ones(1),
    )
