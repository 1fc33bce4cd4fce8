"""A journey as the sparse matrix Storm works on: every state that can be reached, every transition written out.

Only for the journeys of `instances`: the same chain and the same open legs at every slot, waiting possible everywhere, no
demands. States are numbered as time runs: the start, slot by slot place by place, the arrivals by slot, harmed, neither.
"""

from typing import Any

import numpy as np
import stormpy
from numpy.typing import NDArray

from waystation.engine.journeys.process import MoneyGrid, Process

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
STOPPED, HARMED = 0, 1


class SlotPattern:
    """The choices of one slot, the same at every slot: rows in order of place, level and choice; entries by row.

    An entry leads to a state named by ``ahead`` (slots later) and ``local`` (place times levels plus level), or, where ``ahead``
    is 0, to the ending `STOPPED` or `HARMED`.
    """

    def __init__(self, process: Process, grid: MoneyGrid) -> None:
        assert process.moves.open_slot.all()
        self.process, self.C = process, process.joint_levels
        longest = int(process.moves.duration_slots.max())
        self.powers = [np.linalg.matrix_power(process.joint_step(0), d) for d in range(longest + 1)]
        self._fees, self._stays = grid.price(process.moves.fee), grid.price(process.stay_fee)
        self.row_place: list[int] = []
        self.row_state: list[int] = []
        self.row_fee: list[float] = []
        self._parts: list[tuple[Ints, Ints, Ints, Floats]] = []
        for place in np.flatnonzero(~process.destination):
            moves = np.flatnonzero(process.moves.source == place)
            for level in range(self.C):
                self._add_state(int(place), level, moves)
        self.rows, self.ahead, self.local, self.chance = (
            np.concatenate(part) for part in zip(*self._parts, strict=True)
        )

    def _add_state(self, place: int, level: int, moves: Ints) -> None:
        process = self.process
        self._add_row(place, level, 0.0, [(0, np.array([STOPPED]), np.ones(1))])
        seen = float(process.discovered[place, level])
        stays = self._come(place, level, 1, 1.0 - seen)
        self._add_row(place, level, float(self._stays[place]), [(0, np.array([HARMED]), np.array([seen])), stays])
        for m in moves:
            if not process.moves.open_level[m, level]:
                continue
            caught, turned = float(process.moves.intercepted[m, level]), float(process.moves.turned_back[m, level])
            entries = [(0, np.array([HARMED]), np.array([caught]))]
            for k in range(process.moves.duration_start[m], process.moves.duration_start[m + 1]):
                d, share = int(process.moves.duration_slots[k]), float(process.moves.duration_chance[k])
                entries.append(self._come(place, level, d, share * turned))
                entries.append(self._come(int(process.moves.target[m]), level, d, share * (1.0 - caught - turned)))
            self._add_row(place, level, float(self._fees[m]), entries)

    def _come(self, place: int, level: int, d: int, weight: float) -> tuple[int, Ints, Floats]:
        return d, place * self.C + np.arange(self.C), weight * self.powers[d][level]

    def _add_row(self, place: int, level: int, fee: float, entries: list[tuple[int, Ints, Floats]]) -> None:
        row = len(self.row_fee)
        self.row_place.append(place)
        self.row_state.append(place * self.C + level)
        self.row_fee.append(fee)
        for ahead, local, chance in entries:
            kept = chance > 0.0
            size = int(kept.sum())
            self._parts.append((np.full(size, row), np.full(size, ahead), local[kept], chance[kept]))


class StormModel:
    """Builds the model, with a reward ``fees`` that counts money steps for Storm's own cost-bounded reachability."""

    def __init__(self, process: Process, grid: MoneyGrid) -> None:
        self.process, self.T, self.C = process, process.slots, process.joint_levels
        self.pattern = SlotPattern(process, grid)
        self.reached = self._reached()
        self.first = 1 + np.concatenate([[0], np.cumsum(self.reached.sum(axis=1) * self.C)])
        self.arrived = int(self.first[-1])
        self.harmed = self.arrived + self.T + 1
        self.stopped = self.harmed + 1

    def _reached(self) -> NDArray[np.bool_]:
        """Return which places short of a destination can be reached at each slot, ``(T, N)``."""
        process, moves = self.process, self.process.moves
        reached = np.zeros((self.T, len(process.places)), dtype=np.bool_)
        reached[0, process.start_place] = True
        for t in range(self.T):
            for d in np.unique(moves.duration_slots):
                lasts = np.zeros(len(moves), dtype=np.bool_)
                lasts[np.searchsorted(moves.duration_start, np.flatnonzero(moves.duration_slots == d), "right") - 1] = (
                    True
                )
                if t + d < self.T:
                    reached[t + d, moves.target[lasts & reached[t, moves.source]]] = True
            if t + 1 < self.T:
                reached[t + 1] |= reached[t]
            reached[t] &= ~process.destination
        return reached

    def build(self) -> Any:
        """Return the sparse MDP with the labels ``init``, ``arrived`` and ``harmed`` and the reward model ``fees``."""
        builder = stormpy.datastructures.SparseMatrixBuilder[float](
            rows=0, columns=0, entries=0, force_dimensions=False, has_custom_row_grouping=True, row_groups=0
        )
        levels = np.flatnonzero(self.process.start_chance)
        start = self._numbers(0)[self.process.start_place * self.C + levels]
        builder.add_next_values([0] * len(levels), start.tolist(), self.process.start_chance[levels].tolist(), [0])
        fees: list[float] = [0.0]
        for t in range(self.T):
            self._add_slot(builder, t, fees)
        for state in range(self.arrived, self.stopped + 1):
            builder.add_next_values([len(fees)], [state], [1.0], [len(fees)])
            fees.append(0.0)
        labels = stormpy.models.StateLabeling(self.stopped + 1)
        arrived, harmed = range(self.arrived, self.harmed), range(self.harmed, self.stopped)
        for name, states in (("init", range(1)), ("arrived", arrived), ("harmed", harmed)):
            labels.add_label(name)
            for state in states:
                labels.add_label_to_state(name, state)
        rewards = {"fees": stormpy.models.SparseRewardModel[float](optional_state_action_reward_vector=fees)}
        parts = stormpy.models.SparseModelComponents[float](builder.build(), labels, rewards)
        return stormpy.models.SparseMdp[float](parts)

    def _numbers(self, t: int) -> Ints:
        """Return the number of each place and level at slot t, ``(N * C,)``."""
        process = self.process
        if t >= self.T:
            numbers = np.full(len(process.places), self.stopped)
            at_level = np.repeat(numbers, self.C)
        else:
            rank = np.cumsum(np.repeat(self.reached[t], self.C)) - 1
            at_level = self.first[t] + rank
        if t <= self.T:
            at_level[np.repeat(process.destination, self.C)] = self.arrived + t
        return at_level

    def _add_slot(self, builder: Any, t: int, fees: list[float]) -> None:
        pattern = self.pattern
        endings = np.zeros(len(self.process.places) * self.C, dtype=np.int64)
        endings[[STOPPED, HARMED]] = self.stopped, self.harmed
        table = np.stack([endings, *(self._numbers(t + d) for d in range(1, len(pattern.powers)))])
        here = self.reached[t, pattern.row_place]
        new_row = len(fees) + np.cumsum(here) - 1
        kept = here[pattern.rows]
        rows, chances = new_row[pattern.rows[kept]], pattern.chance[kept]
        columns = table[pattern.ahead[kept], pattern.local[kept]]
        order = np.lexsort((columns, rows))
        rows, columns = rows[order], columns[order]
        fresh = np.append(True, (np.diff(rows) != 0) | (np.diff(columns) != 0))
        summed = np.add.reduceat(chances[order], np.flatnonzero(fresh))
        states = np.asarray(pattern.row_state)[here]
        groups = new_row[here][np.append(True, np.diff(states) != 0)]
        builder.add_next_values(rows[fresh].tolist(), columns[fresh].tolist(), summed.tolist(), groups.tolist())
        fees.extend(np.asarray(pattern.row_fee)[here].tolist())
