import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.errors import UnusableModelError

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
class Memory:
    """What a group keeps in mind of the conditions where there are too many to keep all of them in mind everywhere.

    At a place it knows the levels of some. On coming there it carries on those that it knew before as well; each of the others
    is drawn from its forecast.

    Attributes
    ----------
    known
        Whether a condition's level is known at a place, ``(N, K) bool``.
    forecast
        For each condition the chance of each level at each slot as the start sees it, ``(T + 1, K_k)``.
    """

    known: NDArray[np.bool_]
    forecast: tuple[NDArray[np.float64], ...]

    def at(self, places: NDArray[np.int64]) -> "Memory":
        """Return what is known at each of some places, which may be named more than once."""
        return Memory(self.known[places], self.forecast)


@dataclass(frozen=True, eq=False)
class Process:
    """A group's journey as a finite-horizon Markov decision process, in arrays.

    T slots, N places, M moves, K conditions with C joint levels; joint level c counts the conditions' levels with the last
    condition fastest. With a memory, a place's *own level* takes the joint level's stead everywhere: it counts the levels of the
    conditions known at the place (for a move: at its source), the last one fastest. C is then the largest number of own levels,
    and what lies beyond a place's own number is never looked at.

    In policies an action is `STOP`, `WAIT`, or for move m ``FIRST_MOVE + 2 * m`` to refuse an extra
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
    memory
        What is known where; None where every condition is known everywhere, and the process is exact.
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
    memory: Memory | None = None

    @property
    def joint_levels(self) -> int:
        """C, the length of every axis of levels: the number of joint levels, or of the most own levels of any place."""
        return len(self.start_chance)

    @property
    def all_joint_levels(self) -> int:
        """The number of joint levels of all conditions, kept in mind or not (1 without conditions)."""
        return math.prod(map(len, self.levels))

    def require_exact(self) -> None:
        """Refuse a process whose conditions are remembered region by region, for what needs the joint levels of all of them.

        Raises
        ------
        UnusableModelError
            If the process has a memory.
        """
        if self.memory is not None:
            message = (
                f"the conditions have {self.all_joint_levels} joint levels and are remembered region by region; "
                "this can be answered only where all of them are kept in mind"
            )
            raise UnusableModelError(message)

    def joint_step(self, slot: int) -> NDArray[np.float64]:
        """Return the joint chain from a slot to the next as one matrix, ``(C, C)``.

        Raises
        ------
        UnusableModelError
            If conditions are remembered region by region: then there is no one chain.
        """
        self.require_exact()
        joint: NDArray[np.float64] = np.ones((1, 1))
        for step in self.steps:
            joint = np.kron(joint, step[slot])
        return joint

    def known_at(self, place: int) -> tuple[int, ...]:
        """Return which conditions are known at a place, in their order; all of them without a memory."""
        if self.memory is None:
            return tuple(range(len(self.conditions)))
        return tuple(np.flatnonzero(self.memory.known[place]).tolist())

    def levels_at(self, place: int) -> int:
        """Return how many levels are told apart at a place: its own levels, or all joint levels without a memory."""
        return math.prod(len(self.levels[k]) for k in self.known_at(place))

    def level_indices(self, level: int, place: int = 0) -> dict[int, int]:
        """Return the level of each condition that is known at a place, by index, at a joint level or own level of it."""
        known = self.known_at(place)
        indices = np.unravel_index(level, [len(self.levels[k]) for k in known]) if known else ()
        return dict(zip(known, map(int, indices), strict=True))

    def level_names(self, level: int, place: int = 0) -> dict[str, str]:
        """Return the level of each condition that is known at a place, at a joint level or, with a memory, own level of it."""
        indices = self.level_indices(level, place).items()
        return {self.conditions[condition]: self.levels[condition][index] for condition, index in indices}

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
