"""A policy as it is replayed: the states it can pass and what may come next of each, so that one draw decides."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.follow import Course, follow
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import FIRST_MOVE, STOP, WAIT, Process
from waystation.engine.simulation.kernels.alias import fill_alias

Ints = NDArray[np.int64]

MOST_BITS = 62

GOES_ON, ARRIVED, INTERCEPTED, DISCOVERED, CALLED_OFF, UNFINISHED = -1, 0, 1, 2, 3, 4
"""How a journey ends. Called off: the policy stops where that is safe; unfinished: time is out."""
ENDS = ("arrived", "intercepted", "discovered", "called_off", "unfinished")


class Script(NamedTuple):
    """States S and transitions X of one policy, or of several one after another.

    A draw of 32 bits picks one of the ``size`` transitions of a state evenly and takes it or its alias (Walker 1977; Vose 1991,
    doi:10.1109/32.92917), so that a step costs the same however many there are. Chances are kept to 2^-32 times ``size``.

    Attributes
    ----------
    slot
        At which slot a journey is in a state, ``(S,)``.
    states
        How the journey has ended in a state (`GOES_ON` where it has not), the first of its transitions and how many there are,
        ``(S, 3) int64``.
    steps
        For each transition, side by side so that a step touches one line of the cache, ``(X, 4) int64``: the limit below which
        the rest of a draw takes it rather than its alias; the alias times 2^32 plus the state it leads to; what is spent on it;
        the bits of what it leans on times 2 and whether the party is turned back or led back.
    """

    slot: NDArray[np.int32]
    states: Ints
    steps: Ints

    @property
    def end(self) -> Ints:
        """How the journey has ended in each state, ``(S,)``."""
        return self.states[:, 0]


START = 0
"""Of each script's states the first: before the levels at the start are known."""


@dataclass(frozen=True, slots=True)
class Written:
    """A script with the exact evaluation it must agree with."""

    script: Script
    course: Course


def write_script(process: Process, policy: Policy, used: Ints | None = None) -> Written:
    """Lay a policy out for replay.

    Parameters
    ----------
    used
        For each move the bits of what it leans on, ``(M,)``; nothing when None.

    Raises
    ------
    UnusableModelError
        If conditions are remembered region by region: what is forgotten is not in the states. `simulate` replays those.
    PolicyMismatchError
        If the policy does not fit the process.

    Notes
    -----
    O(V D C) time and memory for V states passed, D durations a leg and C joint levels.
    """
    process.require_exact()
    course = follow(process, policy)
    moves = np.zeros(len(process.moves), dtype=np.int64) if used is None else used
    return Written(_Writer(process, policy, course, moves).script(), course)


def join(scripts: list[Script]) -> tuple[Script, Ints]:
    """Return several scripts as one, and the start state of each."""
    states = np.cumsum([0, *(len(each.states) for each in scripts)], dtype=np.int64)
    steps = np.cumsum([0, *(len(each.steps) for each in scripts)], dtype=np.int64)
    shifted = [
        _shifted(each, first, begin)
        for each, first, begin in zip(scripts, states.tolist(), steps.tolist(), strict=False)
    ]
    return Script(*(np.concatenate(arrays) for arrays in zip(*shifted, strict=True))), states[:-1]


def _shifted(script: Script, states: int, steps: int) -> Script:
    """Return a script whose states and transitions are numbered after others."""
    moved = np.array([0, steps, 0]), np.array([0, (steps << 32) + states, 0, 0])
    return script._replace(states=script.states + moved[0], steps=script.steps + moved[1])


class _Writer:
    """Gathers the transitions of state after state."""

    def __init__(self, process: Process, policy: Policy, course: Course, used: Ints) -> None:
        self.process, self.policy, self.visits, self.used = process, policy, course.visits, used
        visits = course.visits
        states = zip(*(each.tolist() for each in (visits.slot, visits.place, visits.level, visits.left)), strict=True)
        self.number = {state: n + 1 for n, state in enumerate(states)}
        grid = policy.grid
        self.price, self.demand_price = grid.price(process.moves.fee), grid.price(process.moves.demand)
        self.stay_price = grid.price(process.stay_fee)
        self.steps = [process.joint_step(slot) for slot in range(process.slots)]
        self.ahead: dict[tuple[int, int], NDArray[np.float64]] = {}
        self.onward: dict[tuple[int, int, int], list[tuple[int, float]]] = {}
        self.ends: list[tuple[int, int]] = []
        self.end_number: dict[tuple[int, int], int] = {}
        self.rows: list[tuple[float, int, int, int, int]] = []

    def script(self) -> Script:
        visits, process = self.visits, self.process
        first, size = [], []
        start = [(0, process.start_place, c, self.policy.grid.steps) for c in range(process.joint_levels)]
        for n in range(len(visits.slot) + 1):
            first.append(len(self.rows))
            if n == 0:
                for state, share in zip(start, process.start_chance.tolist(), strict=True):
                    self._lead(share, self.number.get(state), 0, 0, 0)
            elif visits.action[n - 1] > STOP:
                self._act(n - 1)
            size.append(len(self.rows) - first[-1])
        end = [GOES_ON, *(self._end_of(n) for n in range(len(visits.slot))), *(how for how, _ in self.ends)]
        slot = [0, *visits.slot.tolist(), *(at for _, at in self.ends)]
        none = [0] * len(self.ends)
        chance, target, cost, turned, used = (np.array(each) for each in zip(*self.rows, strict=True))
        states = np.array([end, first + none, size + none], dtype=np.int64).T.copy()
        limit, alias = np.empty(len(chance), dtype=np.int64), np.empty(len(chance), dtype=np.int64)
        fill_alias(states[:, 1].copy(), states[:, 2].copy(), chance, limit, alias)
        steps = np.stack([limit, (alias << 32) + target, cost, used * 2 + turned], axis=1).astype(np.int64)
        return Script(np.array(slot, dtype=np.int32), states, steps)

    def _end_of(self, n: int) -> int:
        visits = self.visits
        if self.process.destination[visits.place[n]]:
            return ARRIVED
        if visits.slot[n] >= self.process.slots:
            return UNFINISHED
        return CALLED_OFF if visits.action[n] <= STOP else GOES_ON

    def _lead(self, chance: float, target: int | None, cost: int, turned: int, used: int) -> None:
        if chance > 0.0 and target is not None:
            self.rows.append((chance, target, cost, turned, used))

    def _finish(self, how: int, slot: int) -> int:
        """Return the state of a journey that ends in some way at some slot."""
        key = (how, min(slot, self.process.slots))
        if key not in self.end_number:
            self.end_number[key] = 1 + len(self.visits.slot) + len(self.ends)
            self.ends.append(key)
        return self.end_number[key]

    def _ahead(self, slot: int, d: int) -> NDArray[np.float64]:
        """Return the joint chain from a slot over d slots, ``(C, C)``."""
        key = slot, d
        if key not in self.ahead:
            before = np.eye(self.process.joint_levels) if d == 0 else self._ahead(slot, d - 1)
            self.ahead[key] = before if d == 0 else before @ self.steps[slot + d - 1]
        return self.ahead[key]

    def _spread(
        self, chance: float, at: tuple[int, int, int], d: int, left: int, marks: tuple[int, int, int], c: int
    ) -> None:
        """Lead to a place d slots after a slot, over the levels found there; ``at`` is slot, place and how it else ends."""
        slot, place, late = at
        if slot + d > self.process.slots:
            self._lead(chance, self._finish(late, slot + d), *marks)
            return
        if chance == 0.0:
            return
        key = slot, d, c
        if key not in self.onward:
            self.onward[key] = [each for each in enumerate(self._ahead(slot, d)[c].tolist()) if each[1] > 0.0]
        at_slot, number = slot + d, self.number
        self.rows += [
            (chance * share, number[at_slot, place, level, left], *marks) for level, share in self.onward[key]
        ]

    def _act(self, n: int) -> None:
        visits, process, moves = self.visits, self.process, self.process.moves
        t, i, c, left = (int(each[n]) for each in (visits.slot, visits.place, visits.level, visits.left))
        action = int(visits.action[n])
        if action == WAIT:
            seen, fee = float(process.discovered[i, c]), int(process.stay_fee[i])
            self._lead(seen, self._finish(DISCOVERED, t + 1), fee, 0, 0)
            self._spread(1.0 - seen, (t, i, UNFINISHED), 1, left - int(self.stay_price[i]), (fee, 0, 0), c)
            return
        m, pays = (action - FIRST_MOVE) // 2, (action - FIRST_MOVE) % 2 == 1
        asked, fee, left = float(moves.asked[m, c]), int(moves.fee[m]), left - int(self.price[m])
        self._travel(1.0 - asked, t, m, c, 0, left, fee)
        if asked == 0.0:
            return
        if pays:
            self._travel(asked, t, m, c, 0, left - int(self.demand_price[m]), fee + int(moves.demand[m]))
        elif moves.longer[m] >= 0:
            self._travel(asked, t, m, c, int(moves.longer[m]), left, fee)
        else:
            back = int(moves.back[m])
            self._spread(asked, (t, back, UNFINISHED), 1, left, (fee, 1, int(self.used[m])), c)

    def _travel(self, chance: float, t: int, m: int, c: int, extra: int, left: int, cost: int) -> None:
        if chance == 0.0:
            return
        moves, used = self.process.moves, int(self.used[m])
        caught, turned = float(moves.intercepted[m, c]), float(moves.turned_back[m, c])
        for e in range(int(moves.duration_start[m]), int(moves.duration_start[m + 1])):
            lasting, d = chance * float(moves.duration_chance[e]), int(moves.duration_slots[e]) + extra
            self._lead(lasting * caught, self._finish(INTERCEPTED, t + d), cost, 0, used)
            onward, back = int(moves.target[m]), int(moves.back[m])
            self._spread(lasting * (1.0 - caught - turned), (t, onward, UNFINISHED), d, left, (cost, 0, used), c)
            self._spread(lasting * turned, (t, back, UNFINISHED), d, left, (cost, 1, used), c)
