"""Exact solution by one backward sweep over slots."""

from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.abreast import abreast
from waystation.engine.journeys.chains import joint_steps
from waystation.engine.journeys.kernels.arrays import Abreast, Views, Worth
from waystation.engine.journeys.kernels.arrival import likeliest
from waystation.engine.journeys.kernels.budgets import likeliest_by_budget
from waystation.engine.journeys.kernels.lanes import LANES
from waystation.engine.journeys.kernels.sweep import sweep
from waystation.engine.journeys.kernels.sweep_levels import sweep_levels
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.policy import Policy, Solution
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.views import landings

ARRIVAL = Worth()
"""The likeliest arrival."""

ALL_COMPONENTS = 5
_MOST_DENSE_LEVELS = 12


class Solver:
    """Solves one process for one worth after another; its arrays are laid out once."""

    def __init__(self, process: Process, grid: MoneyGrid = NO_MONEY) -> None:
        self.process, self.grid = process, grid
        self.arrays = prepare(process, grid, by_region=True)
        self._nothing = np.zeros((1, 1, 1, grid.steps + 1))

    def solve(
        self, worth: Worth = ARRIVAL, spent: NDArray[np.float64] | None = None, components: int = ALL_COMPONENTS
    ) -> Solution:
        """Return a policy that maximises the expected score; ties go to arrival, least harm, least cost, soonest arrival.

        Parameters
        ----------
        worth
            What the score counts; the likeliest arrival by default.
        spent
            Minor units spent before each state, ``(T, N, C, B + 1)`` or with an axis of length 1 where it does not matter;
            needed where cost has a worth: the cost of arriving is no sum over states, so what was spent before is given.
        components
            How many of score, arrival, harm, cost and slot break ties, in this order; at least 2.

        Notes
        -----
        O(T (M D + N C) C B) time for D durations a leg, O(T N C B) memory for the policy.
        """
        actions, first = self._sweep(worth, components, self._nothing if spent is None else spent)
        score, arrive, *others = self._at_start(first)[:, -1].tolist()
        return Solution(Policy(actions, self.grid), score, arrive, others[0] if others else None)

    def likeliest_arrival(self) -> tuple[Policy, float]:
        """Return the likeliest arrival whatever it costs, and a policy that attains it; no ties are broken. The fastest sweep."""
        process, arrays = self.process, self.arrays
        if process.memory is not None:
            solution = Solver(process).solve(components=2)
            return solution.policy, solution.arrive
        N, C, T = len(process.places), process.joint_levels, process.slots
        actions = np.full((T, N, C, 1), -1, dtype=np.int16)
        rings = np.zeros((2, int(arrays.ring_start[-1]) * self._abreast.width))
        likeliest(self._abreast, (0,) * C if C <= LANES else (), actions[..., 0], rings)
        begin = int(arrays.ring_start[process.start_place]) * self._abreast.width
        at_start = rings[(T - 1) % 2, begin : begin + C]
        return Policy(actions, NO_MONEY), float(at_start @ process.start_chance)

    @cached_property
    def _abreast(self) -> Abreast:
        """The process laid out for the fastest sweep."""
        return abreast(self.process, self.arrays)

    @cached_property
    def views(self) -> Views:
        """Places as they look to who comes from another region."""
        return landings(self.process, self.arrays.ring_start, self.arrays.own_level)[2]

    def arrival_by_budget(self) -> NDArray[np.float64]:
        """Return the likeliest arrival with 0 to B money steps, ``(B + 1,)``, rising: the whole curve from one sweep."""
        return self._by_budget(np.empty((0, 1, 1, 1), dtype=np.int16))

    def likeliest_by_budget(self) -> tuple[Policy, NDArray[np.float64]]:
        """Return a policy that attains the likeliest arrival with every amount of money, and the curve of `arrival_by_budget`.

        No ties are broken.

        Notes
        -----
        O(T (M D + N C) C B) time for D durations a leg, O(T N C B) memory for the policy, which `arrival_by_budget` does without.
        """
        shape = (self.process.slots, len(self.process.places), self.process.joint_levels, self.grid.steps + 1)
        actions = np.empty(shape, dtype=np.int16)
        curve = self._by_budget(actions)
        return Policy(actions, self.grid), curve

    def _by_budget(self, actions: NDArray[np.int16]) -> NDArray[np.float64]:
        """Return the likeliest arrival with 0 to B money steps, and fill the actions unless they are of no slot."""
        if self.process.memory is not None:
            policy, values = self._sweep(ARRIVAL, 1, self._nothing)
            if len(actions):
                actions[:] = policy
            return np.maximum.accumulate(self._at_start(values)[0])
        first = np.zeros((self.process.joint_levels, self.grid.steps + 1))
        joint, pattern = self.own_steps
        likeliest_by_budget(self.arrays, self.process.start_place, joint, pattern, actions, first)
        return np.maximum.accumulate(self.process.start_chance @ first)

    @cached_property
    def own_steps(self) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """The chain of each slot over the joint levels of each set of conditions that matters somewhere, while that is small.

        ``(P, T, C, C)`` for P sets, and the number of each place's set, ``(N,)``; else of no set.
        """
        process, most = self.process, int(self.arrays.own_levels.max())
        sets, numbers = np.unique(self.arrays.matters, axis=0, return_inverse=True)
        pattern = numbers.reshape(-1).astype(np.int32)
        if most > _MOST_DENSE_LEVELS:
            return np.zeros((0, process.slots, most, most)), pattern
        joint = np.zeros((len(sets), process.slots, most, most))
        for number, matters in enumerate(sets):
            steps = joint_steps(list(compress(process.steps, matters)), process.slots)
            joint[number, :, : steps.shape[1], : steps.shape[1]] = steps
        return joint, pattern

    def arrival_by_level(self) -> NDArray[np.float64]:
        """Return the likeliest arrival from each level the start may stand at, with all the money there is, ``(C,)``."""
        if self.grid.step == 0 or self.process.memory is not None:
            _, values = self._sweep(ARRIVAL, 1, self._nothing)
            by_level: NDArray[np.float64] = values[self.process.start_place, :, 0, -1]
            return by_level
        first = np.zeros((self.process.joint_levels, self.grid.steps + 1))
        joint, pattern = self.own_steps
        none = np.empty((0, 1, 1, 1), dtype=np.int16)
        likeliest_by_budget(self.arrays, self.process.start_place, joint, pattern, none, first)
        best: NDArray[np.float64] = first.max(axis=1)
        return best

    def _at_start(self, first: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the values at the start, ``(K, B + 1)``, mean over the start levels."""
        by_level = first[self.process.start_place]
        mean: NDArray[np.float64] = np.tensordot(self.process.start_chance, by_level, axes=1)
        return mean

    def _sweep(
        self, worth: Worth, components: int, spent: NDArray[np.float64]
    ) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
        """Return the policy, ``(T, N, C, B + 1)``, and the values at slot 0, ``(N, C, K, B + 1)`` by joint level."""
        N, C, B = len(self.process.places), self.process.joint_levels, self.grid.steps + 1
        actions = np.full((self.process.slots, N, C, B), -1, dtype=np.int16)
        if self.grid.step == 0:
            by_level = np.zeros((N, components, C))
            sweep_levels(self.arrays, self.views, worth, np.ascontiguousarray(spent[..., 0]), actions[..., 0], by_level)
            first = by_level.transpose(0, 2, 1)[..., None]
        else:
            first = np.zeros((N, C, components, B))
            sweep(self.arrays, self.views, worth, np.ascontiguousarray(spent), actions, first)
        return actions, first[np.arange(N)[:, None], self.arrays.own_level]
