from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

STOP = 0
WAIT = 1
FIRST_MOVE = 2
NO_ACTION = -1


@dataclass(frozen=True, eq=False)
class Moves:
    """The M leg actions of a process: a leg taken alone, or the same leg in company of staff.

    Attributes
    ----------
    leg, in_company
        Leg id and whether staff go along, for each move.
    source, target
        Place indices, ``(M,) int32``.
    fee, demand
        Minor units, ``(M,) int64``: spent on departure; asked for at the hand-over.
    intercepted, turned_back, asked
        Chances by joint level at departure, ``(M, C) float64``; intercepted + turned_back <= 1.
    longer
        What refusing means, ``(M,) int32``: -1 back to the source one slot later, n >= 0 every duration n slots longer.
    open_level, open_slot
        ``(M, C) bool`` and ``(M, T) bool``: the move can be taken at slot t and level c if both hold.
    duration_start, duration_slots, duration_chance
        Move m lasts ``duration_slots[k]`` slots (at least 1, rising) with chance ``duration_chance[k]``, for
        ``duration_start[m] <= k < duration_start[m + 1]``.
    turned_to
        Place indices, ``(M,) int32``: where the party then is when it is turned back or, refusing a demand, led back. None: at
        the source, as always unless places are told apart by more than where they are.
    """

    leg: tuple[str, ...]
    in_company: tuple[bool, ...]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    fee: NDArray[np.int64]
    demand: NDArray[np.int64]
    intercepted: NDArray[np.float64]
    turned_back: NDArray[np.float64]
    asked: NDArray[np.float64]
    longer: NDArray[np.int32]
    open_level: NDArray[np.bool_]
    open_slot: NDArray[np.bool_]
    duration_start: NDArray[np.int32]
    duration_slots: NDArray[np.int32]
    duration_chance: NDArray[np.float64]
    turned_to: NDArray[np.int32] | None = None

    def __len__(self) -> int:
        return len(self.leg)

    @property
    def back(self) -> NDArray[np.int32]:
        """Where the party is when it is turned back, ``(M,)``."""
        return self.source if self.turned_to is None else self.turned_to


@dataclass(frozen=True, eq=False)
class Process:
    """A group's journey as a finite-horizon Markov decision process, in arrays.

    T slots, N places, M moves, K conditions with C joint levels; joint level c counts the conditions' levels with the last
    condition fastest. In policies an action is `STOP`, `WAIT`, or for move m ``FIRST_MOVE + 2 * m`` to refuse an extra
    demand should one be made and ``FIRST_MOVE + 2 * m + 1`` to pay it; `NO_ACTION` where nothing can be done.

    Attributes
    ----------
    slots
        T: the journey starts at slot 0, and arriving at slot T still counts.
    places
        Their ids; ``start_place`` is the index of the one the group starts from.
    start_chance
        Chance of each joint level at slot 0, ``(C,)``.
    destination, may_wait, may_stop
        ``(N,) bool``.
    stay_fee
        Price of one slot of waiting for the whole party, minor units, ``(N,) int64``.
    discovered
        Chance of discovery in one slot of waiting, ``(N, C)``.
    conditions, levels
        Ids of the conditions that are kept, and the names of their levels.
    steps
        For each condition, the chance of going from level a at slot t to b at slot t + 1, ``(T, K_k, K_k)``.
    currency
        The currency of every amount.
    """

    slots: int
    slot_hours: int
    start: date
    places: tuple[str, ...]
    start_place: int
    start_chance: NDArray[np.float64]
    destination: NDArray[np.bool_]
    may_wait: NDArray[np.bool_]
    may_stop: NDArray[np.bool_]
    stay_fee: NDArray[np.int64]
    discovered: NDArray[np.float64]
    conditions: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    steps: tuple[NDArray[np.float64], ...]
    moves: Moves
    currency: str

    @property
    def joint_levels(self) -> int:
        """C, the number of joint levels (1 without conditions)."""
        return int(np.prod([len(names) for names in self.levels], dtype=np.int64))

    def joint_step(self, slot: int) -> NDArray[np.float64]:
        """Return the joint chain from a slot to the next as one matrix, ``(C, C)``."""
        joint: NDArray[np.float64] = np.ones((1, 1))
        for step in self.steps:
            joint = np.kron(joint, step[slot])
        return joint

    def level_names(self, joint: int) -> dict[str, str]:
        """Return the level of each condition at a joint level."""
        indices = np.unravel_index(joint, [len(names) for names in self.levels]) if self.levels else ()
        return {
            condition: names[int(index)]
            for condition, names, index in zip(self.conditions, self.levels, indices, strict=True)
        }

    def day(self, slot: float) -> float:
        """Return how many days after the start a slot begins."""
        return slot * self.slot_hours / 24

    def date_of(self, slot: int) -> date:
        """Return the calendar day on which a slot begins; slot 0 begins the start day."""
        return self.start + timedelta(days=slot * self.slot_hours // 24)


@dataclass(frozen=True, slots=True)
class MoneyGrid:
    """Money in whole steps: prices are rounded up to steps, so a budget of ``steps`` steps is never passed.

    Attributes
    ----------
    step
        Minor units in one step; 0 when money is not in the state.
    steps
        B, the steps the group starts with; states have 0 to B steps left. At most 400.
    """

    step: int
    steps: int

    def price(self, minor: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return prices in steps, rounded up; a price beyond the whole budget becomes B + 1."""
        if self.step == 0:
            return np.zeros(len(minor), dtype=np.int32)
        rounded = -(-minor // self.step)
        return np.minimum(rounded, self.steps + 1).astype(np.int32)


NO_MONEY = MoneyGrid(step=0, steps=0)
"""Money is not in the state."""
