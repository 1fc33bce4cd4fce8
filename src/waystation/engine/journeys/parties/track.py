"""A party's whole plan as landings and what each leads to, for counting several parties side by side."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.landings import forget, trace
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import Process

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ROOM = 65_536
"""Landings for which room is made at first."""


@dataclass(frozen=True, eq=False)
class Track:
    """Every landing a policy can come to, n of them by slot, and where each leads at each of the process's levels.

    Attributes
    ----------
    landings
        Slot, place and money steps left, ``(n, 3)``.
    start, target, weight
        Landing a leads at level c to ``target[k]`` with chance ``weight[k]`` for ``start[a C + c] <= k < start[a C + c + 1]``;
        target n is harmed, n + 1 is neither. No links: arrived, or out of time. The journey starts at landing 0.
    indifferent
        The landings from which on no condition changes anything any more, ``(n + 2,)``; the two ends among them.
    """

    process: Process
    landings: Ints
    start: Ints
    target: Ints
    weight: Floats
    indifferent: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.landings)

    def links(self, landing: int, level: int) -> slice:
        """Return where a landing's links at a level stand."""
        at = landing * self.process.joint_levels + level
        return slice(int(self.start[at]), int(self.start[at + 1]))

    def has_arrived(self) -> NDArray[np.bool_]:
        """Return which landings are at a destination, ``(n,)``."""
        return self.process.destination[self.landings[:, 1]]


def track_of(process: Process, policy: Policy) -> Track:
    """Lay a policy out as landings and links. Landings that differ only in money that changes nothing are put together.

    Notes
    -----
    O(landings x levels x ways a leg can end) time and memory.
    """
    arrays, C = prepare(process, policy.grid, by_region=True), process.joint_levels
    longest = int(np.diff(process.moves.duration_start).max(initial=0))
    most = 4 * longest + 6  # each duration once for those who pass and those turned back, asked for more and not
    levels = np.array([process.levels_at(place) for place in range(len(process.places))], dtype=np.int64)
    shape = (process.slots + 1, len(process.places), policy.grid.steps + 1)
    n, room = -1, _ROOM
    while n < 0:
        reached = np.zeros(shape, dtype=np.bool_)
        reached[0, process.start_place, -1] = True
        found, start = np.zeros(room, dtype=np.int64), np.zeros(room * C + 1, dtype=np.int64)
        target, weight = np.zeros(8 * room * C, dtype=np.int64), np.zeros(8 * room * C)
        n = trace(arrays, policy.actions, levels, most, reached, found, start, target, weight)
        room *= 4
    start = start[: n * C + 1]
    number = np.full(reached.size, -1, dtype=np.int64)
    number[found[:n]] = np.arange(n)
    target, weight = target[: start[-1]], weight[: start[-1]]
    target = np.where(target < 0, n - 1 - target, number[target])
    landings = np.stack(np.unravel_index(found[:n], shape), axis=1)
    return _forgetful(process, landings, start, target, weight, levels)


def _forgetful(process: Process, landings: Ints, start: Ints, target: Ints, weight: Floats, levels: Ints) -> Track:
    """Put together landings that lead to the same, the last ones first."""
    n, C = len(landings), process.joint_levels
    same, indifferent = np.zeros(n + 2, dtype=np.int64), np.zeros(n + 2, dtype=np.bool_)
    place = landings[:, 0] * len(process.places) + landings[:, 1]
    forget(place, start, C, levels[landings[:, 1]], target, weight, same, indifferent)
    kept = same == np.arange(n + 2)
    number = np.cumsum(kept) - 1
    links = Links(start, target, weight).of(kept[:n], C)
    return Track(process, landings[kept[:n]], links.start, number[same[links.target]], links.weight, indifferent[kept])


@dataclass(frozen=True, eq=False)
class Links:
    """Where landings lead, as in `Track`."""

    start: Ints
    target: Ints
    weight: Floats

    def of(self, kept: NDArray[np.bool_], levels: int) -> "Links":
        """Return the links of some landings only, each at so many levels."""
        counts = np.diff(self.start)
        owned = np.repeat(kept, counts.reshape(-1, levels).sum(axis=1))
        counts = counts.reshape(-1, levels)[kept].ravel()
        return Links(np.concatenate([[0], np.cumsum(counts)]), self.target[owned], self.weight[owned])


def outlook_from(track: Track, landings: Ints) -> tuple[Floats, Floats]:
    """Return what becomes of a party from landings at which no condition matters any more.

    Parameters
    ----------
    landings
        L of them, the ends n (harmed) and n + 1 (neither) included; with each, all that it leads to.

    Returns
    -------
    tuple
        The chance of arriving at each slot, ``(L, T + 1)``, and of harm, ``(L,)``.
    """
    n = len(track)
    arrive, harm = np.zeros((n + 2, track.process.slots + 1)), np.zeros(n + 2)
    harm[n] = 1.0
    arrived = track.has_arrived()
    for landing in np.sort(landings)[::-1].tolist():
        if landing >= n:
            continue
        here = track.links(landing, 0)
        if arrived[landing]:
            arrive[landing, track.landings[landing, 0]] = 1.0
        else:
            arrive[landing] = track.weight[here] @ arrive[track.target[here]]
            harm[landing] = track.weight[here] @ harm[track.target[here]]
    return arrive[landings], harm[landings]
