"""A hard cap on the hours walked on a whole journey, as a second counter beside money.

The hours are counted on departure, whatever happens then: who is turned back has walked. Each place stands in the process
once for every number of hours that can have been walked on coming there.
"""

import dataclasses
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.process import Moves, Process
from waystation.engine.model import Network

MOST_STEPS = 60
_MOST_MOVES = 16_000
"""Actions are 16-bit integers, two for each move."""

_ALIKE = ("fee", "demand", "intercepted", "turned_back", "asked", "longer", "open_level", "open_slot")
"""What does not change with the hours walked."""

Ints = NDArray[np.int64]


def walk_hours_by_move(network: Network, process: Process) -> NDArray[np.float64]:
    """Return the hours on foot of each move's leg, ``(M,)``."""
    hours = {leg.id: leg.walk_hours for leg in network.legs}
    return np.array([hours[leg] for leg in process.moves.leg], dtype=np.float64)


def within_effort(network: Network, process: Process, cap: float | None) -> Process:
    """Return the process under a cap on the hours walked on the whole journey; the same one where there is none."""
    return process if cap is None else with_effort_cap(process, walk_hours_by_move(network, process), cap)


def with_effort_cap(process: Process, walk_hours: NDArray[np.float64], cap: float) -> Process:
    """Tell places apart by the hours walked so far, and close the moves that would pass the cap.

    Parameters
    ----------
    walk_hours
        Hours on foot of each move, ``(M,)``.
    cap
        Hours on foot on the whole journey at most, at least 0.

    Returns
    -------
    Process
        The same process when no journey can pass the cap. Otherwise one whose ``places`` name a place once for every number
        of hours that can have been walked there and still matters, in the order of the places and then of the hours.

    Notes
    -----
    Hours are counted in at most 60 steps (fewer where moves are many), the greatest common divisor of all hours where that
    is coarse enough; else they are rounded up to steps, so that the cap is never passed.
    """
    minutes, most = _minutes(walk_hours), int(np.floor(cap * 60.0 + 1e-9))
    if _most_walked(process, minutes) <= most:
        return process
    step = _step(minutes, most, min(MOST_STEPS, max(1, _MOST_MOVES // len(process.moves))))
    return _Product(process, -(-minutes // step), most // step).told_apart()


def _minutes(hours: NDArray[np.float64]) -> Ints:
    """Return hours in whole minutes, rounded up."""
    return np.ceil(hours * 60.0 - 1e-9).astype(np.int64)


def _step(minutes: Ints, cap: int, most: int) -> int:
    """Choose the minutes of one step: all hours' greatest common divisor, or the step that rounding up loses least with."""
    lengths = np.unique(minutes[minutes > 0])
    divisor = int(np.gcd.reduce(lengths))
    if cap // divisor <= most:
        return divisor
    coarsest = -(-cap // most)
    candidates = np.arange(coarsest, 2 * coarsest, dtype=np.int64)
    lost = (-lengths[:, None] % candidates).sum(axis=0) + cap % candidates
    return int(candidates[np.argmin(lost)])


def _most_walked(process: Process, minutes: Ints) -> int:
    """Return the most minutes that any journey can walk in time, whatever the conditions: a longest path over slots."""
    moves, T = process.moves, process.slots
    most = np.full((T + 1, len(process.places)), -1, dtype=np.int64)
    most[0, process.start_place] = 0
    ways = list(_ways(moves))
    for t in range(T):
        np.maximum(most[t + 1], np.where(process.may_wait, most[t], -1), out=most[t + 1])
        walked = np.where(moves.open_slot[:, t], most[t, moves.source], -1)
        for slots, which, there in ways:
            on = which[walked[which] >= 0]
            np.maximum.at(most[min(t + slots, T)], there[on], walked[on] + minutes[on])
    return int(most.max())


def _ways(moves: Moves) -> Iterable[tuple[int, Ints, NDArray[np.int32]]]:
    """Yield how moves can end: after so many slots, these moves, at these places ``(M,)``. Too late counts as in time."""
    lengths = np.diff(moves.duration_start)
    move = np.repeat(np.arange(len(moves)), lengths)
    slots = moves.duration_slots.astype(np.int64)
    asked, turned = moves.asked.max(axis=1, initial=0.0) > 0.0, moves.turned_back.max(axis=1, initial=0.0) > 0.0
    led_back, longer = asked & (moves.longer < 0), asked & (moves.longer >= 0)
    if led_back.any():
        yield 1, np.flatnonzero(led_back), moves.back
    for all_slots, may in ((slots, np.ones_like(asked)), (slots + np.maximum(moves.longer, 0)[move], longer)):
        for count in np.unique(all_slots):
            here = move[all_slots == count]
            yield int(count), here[may[here]], moves.target
            yield int(count), here[may[here] & turned[here]], moves.back


class _Product:
    """Every pair of a place and steps walked that can be reached, and the moves between them."""

    def __init__(self, process: Process, weights: Ints, cap: int) -> None:
        self.process, self.weights, self.cap = process, weights.tolist(), cap
        moves = process.moves
        self.target, self.back = moves.target.tolist(), moves.back.tolist()
        self.from_place: list[list[int]] = [[] for _ in process.places]
        for m, source in enumerate(moves.source.tolist()):
            if not process.destination[source]:
                self.from_place[source].append(m)
        self.counts = _walks_on(process, weights).tolist()
        self.pairs = self._reach()

    def told_apart(self) -> Process:
        """Return the process over pairs."""
        number = {pair: index for index, pair in enumerate(self.pairs)}
        rows = [(pair, m) for pair in self.pairs for m in self.from_place[pair[0]] if self._can(pair, m)]
        kept = np.array([m for _, m in rows], dtype=np.int64)
        place = np.array([i for i, _ in self.pairs], dtype=np.int64)
        old, was = self.process, self.process.moves
        ends = [self._ends(pair, m) for pair, m in rows]
        lengths = np.diff(was.duration_start)[kept]
        entries = np.concatenate([np.arange(was.duration_start[m], was.duration_start[m + 1]) for m in kept] or [kept])
        alike = {name: getattr(was, name)[kept] for name in _ALIKE}
        moves = Moves(
            leg=tuple(was.leg[m] for m in kept),
            in_company=tuple(was.in_company[m] for m in kept),
            source=np.array([number[pair] for pair, _ in rows], dtype=np.int32),
            target=np.array([number[there] for there, _ in ends], dtype=np.int32),
            turned_to=np.array([number[back] for _, back in ends], dtype=np.int32),
            duration_start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
            duration_slots=was.duration_slots[entries],
            duration_chance=was.duration_chance[entries],
            **alike,
        )
        return dataclasses.replace(
            old,
            places=tuple(old.places[i] for i in place),
            start_place=number[self._pair(old.start_place, 0)],
            destination=old.destination[place],
            may_wait=old.may_wait[place],
            may_stop=old.may_stop[place],
            stay_fee=old.stay_fee[place],
            discovered=old.discovered[place],
            moves=moves,
            memory=None if old.memory is None else old.memory.at(place),
        )

    def _pair(self, place: int, walked: int) -> tuple[int, int]:
        """Return a pair; where no way leads to more walking, what was walked does not matter any more."""
        return place, walked if self.counts[place] else 0

    def _can(self, pair: tuple[int, int], m: int) -> bool:
        return bool(pair[1] + self.weights[m] <= self.cap)

    def _ends(self, pair: tuple[int, int], m: int) -> tuple[tuple[int, int], tuple[int, int]]:
        walked = pair[1] + self.weights[m]
        return self._pair(self.target[m], walked), self._pair(self.back[m], walked)

    def _reach(self) -> list[tuple[int, int]]:
        start = self._pair(self.process.start_place, 0)
        found, queue = {start}, [start]
        for pair in queue:
            for m in self.from_place[pair[0]]:
                new = [there for there in self._ends(pair, m) if there not in found] if self._can(pair, m) else []
                found.update(new)
                queue.extend(dict.fromkeys(new))
        return sorted(found)


def _walks_on(process: Process, weights: Ints) -> NDArray[np.bool_]:
    """Return the places from which some way leads to more walking, ``(N,)``."""
    moves = process.moves
    found = np.zeros(len(process.places), dtype=np.bool_)
    found[moves.source[weights > 0]] = True
    while True:
        before = found.copy()
        np.logical_or.at(found, moves.source, before[moves.target] | before[moves.back])
        if (found == before).all():
            return found & ~process.destination
