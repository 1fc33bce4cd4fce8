"""Exact solution by one backward sweep over slots."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Arrays, Worth
from waystation.engine.journeys.kernels.sweep import sweep
from waystation.engine.journeys.policy import Policy, Solution
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process

ARRIVAL = Worth()
"""The likeliest arrival."""

_ALL_COMPONENTS = 5


def prepare(process: Process, grid: MoneyGrid = NO_MONEY) -> Arrays:
    """Lay a process out for the kernels, its prices in steps of the money grid."""
    moves = process.moves
    source = np.asarray(moves.source)
    N, T = len(process.places), process.slots
    steps = [np.asarray(step).reshape(T, -1) for step in process.steps]
    return Arrays(
        slots=T,
        sizes=np.array([len(names) for names in process.levels], dtype=np.int64),
        steps=np.ascontiguousarray(np.concatenate(steps, axis=1)) if steps else np.zeros((T, 0)),
        destination=process.destination,
        may_wait=process.may_wait,
        may_stop=process.may_stop,
        stay_fee=process.stay_fee,
        stay_price=grid.price(process.stay_fee),
        discovered=np.ascontiguousarray(process.discovered),
        move_start=np.searchsorted(source, np.arange(N + 1)).astype(np.int32),
        target=moves.target,
        fee=moves.fee,
        price=grid.price(moves.fee),
        demand=moves.demand,
        demand_price=grid.price(moves.demand),
        longer=moves.longer,
        intercepted=np.ascontiguousarray(moves.intercepted),
        turned_back=np.ascontiguousarray(moves.turned_back),
        asked=np.ascontiguousarray(moves.asked),
        open_level=np.ascontiguousarray(moves.open_level),
        open_slot=np.ascontiguousarray(moves.open_slot),
        duration_start=moves.duration_start,
        duration_slots=moves.duration_slots,
        duration_chance=moves.duration_chance,
        earliest=earliest_slots(process),
        ring_start=_ring_start(process),
    )


def earliest_slots(process: Process) -> NDArray[np.int32]:
    """Return the first slot at which the group can be at each place, ``(N,)``; T + 1 where it cannot come in time."""
    moves = process.moves
    shortest = moves.duration_slots[moves.duration_start[:-1]] if len(moves) else np.zeros(0, dtype=np.int32)
    earliest = np.full(len(process.places), process.slots + 1, dtype=np.int32)
    earliest[process.start_place] = 0
    queue = deque([process.start_place])
    while queue:
        here = queue.popleft()
        for m in np.flatnonzero(moves.source == here):
            there, arrival = moves.target[m], earliest[here] + shortest[m]
            if arrival < earliest[there]:
                earliest[there] = arrival
                queue.append(int(there))
    return earliest


def _ring_start(process: Process) -> NDArray[np.int32]:
    """Return where each place's rows begin: as many slots ahead as a wait or a leg from or to the place looks."""
    moves = process.moves
    depth = np.ones(len(process.places), dtype=np.int64)
    for m in range(len(moves)):
        longest = int(moves.duration_slots[moves.duration_start[m + 1] - 1]) + max(0, int(moves.longer[m]))
        for place in (moves.source[m], moves.target[m]):
            depth[place] = max(depth[place], longest)
    return np.concatenate([[0], np.cumsum(depth + 1)]).astype(np.int32)


class Solver:
    """Solves one process for one worth after another; its arrays are laid out once."""

    def __init__(self, process: Process, grid: MoneyGrid = NO_MONEY) -> None:
        self.process, self.grid = process, grid
        self._arrays = prepare(process, grid)

    def solve(self, worth: Worth = ARRIVAL, spent: NDArray[np.float64] | None = None) -> Solution:
        """Return a policy that maximises the expected score; ties go to arrival, least harm, least cost, soonest arrival.

        Parameters
        ----------
        worth
            What the score counts; the likeliest arrival by default.
        spent
            Minor units spent before each state, ``(T, N, C, B + 1)`` or with an axis of length 1 where it does not matter;
            needed where cost has a worth: the cost of arriving is no sum over states, so what was spent before is given.

        Notes
        -----
        O(T (M D + N C) C B) time for D durations a leg, O(T N C B) memory for the policy.
        """
        actions, first = self._sweep(worth, _ALL_COMPONENTS, np.zeros((1, 1, 1, 1)) if spent is None else spent)
        at_start = first[:, self.process.start_place, :, -1] @ self.process.start_chance
        return Solution(Policy(actions, self.grid), *at_start.tolist())

    def arrival_by_budget(self) -> NDArray[np.float64]:
        """Return the likeliest arrival with 0 to B money steps, ``(B + 1,)``, rising: the whole curve from one sweep."""
        _, first = self._sweep(ARRIVAL, 1, np.zeros((1, 1, 1, 1)))
        curve: NDArray[np.float64] = self.process.start_chance @ first[0, self.process.start_place]
        return np.maximum.accumulate(curve)

    def _sweep(
        self, worth: Worth, components: int, spent: NDArray[np.float64]
    ) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
        N, C, B = len(self.process.places), self.process.joint_levels, self.grid.steps + 1
        actions = np.full((self.process.slots, N, C, B), -1, dtype=np.int16)
        first = np.zeros((components, N, C, B))
        sweep(self._arrays, worth, components, np.ascontiguousarray(spent), actions, first)
        return actions, first
