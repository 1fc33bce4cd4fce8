"""Where a move leads when not everything known at its target was known before."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Knowledge, Views
from waystation.engine.journeys.process import Process

Ints = NDArray[np.int64]


def landings(process: Process, ring_start: NDArray[np.int32], own_level: Ints) -> tuple[NDArray[np.int32], Ints, Views]:
    """Return the first row and the level there of what each move leads to, ``(M,)`` and ``(M, C)``, and the views among them."""
    moves, target = process.moves, process.moves.target
    if process.memory is None:
        return ring_start[target], own_level[target], _views(process, ring_start, [])
    known = process.memory.known
    sets = [
        (int(j), tuple(np.flatnonzero(known[i] & known[j]).tolist())) for i, j in zip(moves.source, target, strict=True)
    ]
    seen = sorted({each for each in sets if each[1] != process.known_at(each[0])})
    views = _views(process, ring_start, seen)
    rows = [views.start[seen.index(each)] if each in seen else ring_start[each[0]] for each in sets]
    lands = [_project(process, int(i), shared) for i, (_, shared) in zip(moves.source, sets, strict=True)]
    return (
        np.array(rows, dtype=np.int32),
        np.array(lands, dtype=np.int64).reshape(len(moves), process.joint_levels),
        views,
    )


def _views(process: Process, ring_start: NDArray[np.int32], seen: Sequence[tuple[int, tuple[int, ...]]]) -> Views:
    place = np.array([i for i, _ in seen], dtype=np.int64)
    C, T = process.joint_levels, process.slots
    level = [_project(process, i, shared) for i, shared in seen]
    weight = np.zeros((T, len(seen), C))
    for view, (i, shared) in enumerate(seen):
        chance = _forecast(process, i, shared)
        weight[:, view, : chance.shape[1]] = chance
    return Views(
        place=place,
        start=(ring_start[-1] + np.concatenate([[0], np.cumsum(np.diff(ring_start)[place])])).astype(np.int32),
        levels=np.array([int(each.max()) + 1 for each in level], dtype=np.int64),
        level=np.array(level, dtype=np.int64).reshape(len(seen), C),
        weight=weight,
    )


def _project(process: Process, place: int, kept: Sequence[int]) -> Ints:
    """Number a place's own levels by some of its conditions alone, ``(C,)``; 0 beyond them."""
    known, C = process.known_at(place), process.joint_levels
    sizes = [len(process.levels[k]) for k in known]
    index = np.unravel_index(np.arange(int(np.prod(sizes))), sizes) if known else ()
    level = np.zeros(C, dtype=np.int64)
    for k, at in zip(known, index, strict=True):
        if k in kept:
            level[: len(at)] = level[: len(at)] * len(process.levels[k]) + at
    return level


def _forecast(process: Process, place: int, shared: Sequence[int]) -> NDArray[np.float64]:
    """Return the chance, slot by slot, of a place's own levels as far as they are not shared, ``(T, C_i)``."""
    assert process.memory is not None
    chance = np.ones((process.slots, 1))
    for k in process.known_at(place):
        size = len(process.levels[k])
        each = np.ones((process.slots, size)) if k in shared else process.memory.forecast[k][:-1]
        chance = (chance[:, :, None] * each[:, None, :]).reshape(process.slots, -1)
    return chance


def knowledge(process: Process) -> Knowledge:
    """Return what is known at each place as the forward pass takes it."""
    N, C, K = len(process.places), process.joint_levels, len(process.conditions)
    sizes = np.array([len(names) for names in process.levels], dtype=np.int64)
    known = np.ones((N, K), dtype=np.bool_) if process.memory is None else process.memory.known
    _, first, group = np.unique(known, axis=0, return_index=True, return_inverse=True)
    start = np.concatenate([[0], np.cumsum((sizes + 1) * sizes)]).astype(np.int64)
    row = np.tile(start[:-1] + sizes * sizes, (len(first), C, 1))
    members = np.zeros((len(first), K), dtype=np.int64)
    for g, place in enumerate(first):
        for x, k in enumerate(process.known_at(int(place))):
            members[g, x] = k
            row[g, :, k] = start[k] + sizes[k] * _project(process, int(place), [k])
    forecast = np.zeros((process.slots + 1, int(sizes.sum())))
    if process.memory is not None and K:
        forecast = np.concatenate(process.memory.forecast, axis=1)
    return Knowledge(
        group=group.reshape(-1).astype(np.int64),
        known_count=known[first].sum(axis=1).astype(np.int64),
        known=members,
        row=row,
        start=start,
        forecast=np.ascontiguousarray(forecast),
    )
