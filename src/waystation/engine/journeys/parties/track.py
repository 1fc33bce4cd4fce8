"""A party's whole plan as landings and what each leads to, for counting several parties side by side."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.landings import link, reach
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import Process

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Track:
    """Every landing a policy can come to, n of them by slot, and where each leads at each of the process's levels.

    Attributes
    ----------
    landings
        Slot, place and money steps left, ``(n, 3)``.
    first
        The landing at which the journey starts.
    start, target, weight
        Landing a leads at level c to ``target[k]`` with chance ``weight[k]`` for ``start[a C + c] <= k < start[a C + c + 1]``;
        target n is harmed, n + 1 is neither. No links: arrived, or out of time.
    levels
        Levels told apart at each landing, ``(n,)``.
    """

    process: Process
    landings: Ints
    first: int
    start: Ints
    target: Ints
    weight: Floats
    levels: Ints

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
    """Lay a policy out as landings and links: O(landings x levels x ways a leg can end) time and memory."""
    arrays, moves = prepare(process, policy.grid), process.moves
    longest = int(np.diff(moves.duration_start).max(initial=0))
    most = 4 * longest + 6  # each duration once for those who pass and those turned back, asked for more and not
    levels = np.array([process.levels_at(place) for place in range(len(process.places))], dtype=np.int64)
    reached = np.zeros((process.slots + 1, len(process.places), policy.grid.steps + 1), dtype=np.bool_)
    reached[0, process.start_place, -1] = True
    reach(arrays, policy.actions, levels, most, reached)
    landings = np.argwhere(reached)
    number = np.full(reached.shape, -1, dtype=np.int32)
    number[reached] = np.arange(len(landings))
    start = np.zeros(len(landings) * process.joint_levels + 1, dtype=np.int64)
    target, weight = np.zeros(0, dtype=np.int64), np.zeros(0)
    for _ in range(2):  # first to count them
        count = link(arrays, policy.actions, levels, most, landings, number, start, target, weight)
        if count > len(target):
            target, weight = np.zeros(count, dtype=np.int64), np.zeros(count)
    first = int(number[0, process.start_place, -1])
    return Track(process, landings, first, start, target, weight, levels[landings[:, 1]])


def indifferent(track: Track) -> NDArray[np.bool_]:
    """Return the landings from which on no condition changes anything any more, ``(n + 2,)``; the two ends among them."""
    n = len(track)
    found = np.ones(n + 2, dtype=np.bool_)
    for landing in range(n - 1, -1, -1):
        here = track.links(landing, 0)
        onward, chances = track.target[here], track.weight[here]
        found[landing] = found[onward].all() and all(
            np.array_equal(track.target[there], onward) and np.array_equal(track.weight[there], chances)
            for there in (track.links(landing, level) for level in range(1, int(track.levels[landing])))
        )
    return found


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
