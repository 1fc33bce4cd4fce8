"""A decision process unfolded into numbered states, each with its choices, one slot after the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.formats.checker_export.names import action_names
from waystation.kernel import Money

Mask = NDArray[np.bool_]
INITIAL = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done in a state: its name, its price in the major unit, and where it leads.

    ``outcomes`` is chances by state number, rising; they sum to 1 within 1e-12.
    """

    name: str
    cost: str
    outcomes: Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class NumberedState:
    """A state by its number, with its label (or an empty one), the days it counts on arriving, and its choices."""

    number: int
    label: str
    days: str
    choices: Sequence[Choice]


@dataclass(frozen=True, eq=False)
class _Slot:
    """The states at one slot that can be reached: where a decision is taken, and where more money is demanded.

    Attributes
    ----------
    at
        ``(N, C, B + 1) bool``.
    asked
        By move, the levels and the money left after the fee at which a demand can be made, ``(C, B + 1) bool``.
    first
        Number of the first state; the states of ``at`` come first, then those of ``asked`` move by move.
    """

    at: Mask
    asked: dict[int, Mask]
    first: int

    @property
    def first_asked(self) -> int:
        return self.first + int(self.at.sum())

    @property
    def end(self) -> int:
        return self.first_asked + sum(int(mask.sum()) for mask in self.asked.values())


class Unfolding:
    """The states of a process that a journey can reach, numbered: the start, slot by slot, the arrivals, the other endings.

    State 0 is the initial one; its only choice draws the first levels. Then come the states of slot 0, 1 ...; then one state
    for arriving at each slot 0 to T; then harmed, neither, and the end, to which every ending leads.

    Notes
    -----
    O(T N C B) bits of memory whatever the number of transitions; the states are made when they are asked for.

    Raises
    ------
    UnusableModelError
        If the process remembers conditions region by region: what would be written is not the model.
    """

    def __init__(self, process: Process, grid: MoneyGrid) -> None:
        process.require_exact()
        self.process, self.grid = process, grid
        moves = process.moves
        self.fee, self.stay, self.demand = (grid.price(p) for p in (moves.fee, process.stay_fee, moves.demand))
        self.names = action_names(process)
        self.slots = self._reach()
        self.first_arrived = self.slots[-1].end if self.slots else 1
        self.harmed = self.first_arrived + process.slots + 1
        self.neither = self.harmed + 1
        self.ended = self.neither + 1
        self.size = self.ended + 1
        self._ranks: dict[int, NDArray[np.int64]] = {}

    def money(self, minor: int) -> str:
        """Return an amount in the major unit, as a decimal string."""
        return Money(int(minor), self.process.currency).plain

    def days(self, slot: int) -> str:
        """Return how many days after the start a slot begins, as a decimal string."""
        return repr(self.process.day(slot))

    def count_choices(self) -> int:
        """Return the number of choices of all states, without making them."""
        total = self.process.slots + 1 + 4
        for t, slot in enumerate(self.slots):
            here = self._count_at(t, slot.at)
            total += int(np.maximum(here, 1)[slot.at].sum())
            for m, mask in slot.asked.items():
                total += int(mask.sum()) + int(mask[:, self.demand[m] :].sum())
        return total

    def states(self) -> Iterator[NumberedState]:
        """Make every state in the order of its number."""
        yield NumberedState(INITIAL, "init", "0", [Choice("begin", "0", self._start())])
        for t in range(self.process.slots):
            yield from _SlotStates(self, t).states()
            self._ranks.pop(t, None)
        to_end = [(self.ended, 1.0)]
        for t in range(self.process.slots + 1):
            yield NumberedState(self.first_arrived + t, "arrived", self.days(t), [Choice("end", "0", to_end)])
        yield NumberedState(self.harmed, "harmed", "0", [Choice("end", "0", to_end)])
        yield NumberedState(self.neither, "neither", "0", [Choice("end", "0", to_end)])
        yield NumberedState(self.ended, "ended", "0", [Choice("end", "0", to_end)])

    def number_at(self, t: int, place: int, level: int, left: int) -> int:
        """Return the number of the state of being at a place when slot t begins, wherever that is an ending."""
        if self.process.destination[place]:
            return self.first_arrived + t if t <= self.process.slots else self.neither
        if t >= self.process.slots:
            return self.neither
        if t not in self._ranks:
            self._ranks[t] = (np.cumsum(self.slots[t].at) - 1).reshape(self.slots[t].at.shape)
        return self.slots[t].first + int(self._ranks[t][place, level, left])

    def powers(self, t: int, most: int) -> list[NDArray[np.float64]]:
        """Return the joint chain over 0, 1 ... ``most`` slots from slot t, as far as the journey lasts."""
        found = [np.eye(self.process.joint_levels)]
        for later in range(t, min(t + most, self.process.slots)):
            found.append(found[-1] @ self.process.joint_step(later))
        return found

    @property
    def look_ahead(self) -> int:
        """The most slots that any choice takes."""
        moves = self.process.moves
        return int(moves.duration_slots.max(initial=1) + max(0, int(moves.longer.max(initial=0))))

    def _start(self) -> list[tuple[int, float]]:
        levels = np.flatnonzero(self.process.start_chance)
        place, chance = self.process.start_place, self.process.start_chance
        return _sorted([(self.number_at(0, place, int(c), self.grid.steps), float(chance[c])) for c in levels])

    def _reach(self) -> list[_Slot]:
        process, B = self.process, self.grid.steps + 1
        shape = (process.slots + 1, len(process.places), process.joint_levels, B)
        reached = np.zeros(shape, dtype=np.bool_)
        reached[0, process.start_place, :, -1] = process.start_chance > 0.0
        found, first = [], 1
        for t in range(process.slots):
            reached[t, process.destination] = False
            onward = _Onward(self, t, reached)
            slot = _Slot(reached[t], onward.spread(), first)
            found.append(slot)
            first = slot.end
        return found

    def _count_at(self, t: int, at: Mask) -> NDArray[np.int64]:
        process, moves = self.process, self.process.moves
        count = np.zeros(at.shape, dtype=np.int64)
        count += process.may_stop[:, None, None]
        for i in np.flatnonzero(process.may_wait):
            count[i, :, self.stay[i] :] += 1
        for m in np.flatnonzero(moves.open_slot[:, t]):
            count[moves.source[m], :, self.fee[m] :] += moves.open_level[m][:, None]
        return count


@dataclass(eq=False)
class _Onward:
    """Marks which states of later slots can be reached from one slot."""

    unfolding: Unfolding
    t: int
    reached: Mask
    supports: list[Mask] = field(init=False)

    def __post_init__(self) -> None:
        self.supports = [power > 0.0 for power in self.unfolding.powers(self.t, self.unfolding.look_ahead)]

    def spread(self) -> dict[int, Mask]:
        """Mark everything, and return by move where a demand can be made."""
        process, moves = self.unfolding.process, self.unfolding.process.moves
        here = self.reached[self.t]
        for i in np.flatnonzero(process.may_wait & here.any(axis=(1, 2))):
            self._mark(int(i), 1, _pay(here[i], int(self.unfolding.stay[i])))
        asked = {}
        for m in np.flatnonzero(moves.open_slot[:, self.t] & here.any(axis=(1, 2))[moves.source]):
            left = _pay(here[moves.source[m]] & moves.open_level[m][:, None], int(self.unfolding.fee[m]))
            demanded = left & (moves.asked[m] > 0.0)[:, None]
            self._travel(int(m), left, 0)
            if demanded.any():
                asked[int(m)] = demanded
                self._answer(int(m), demanded)
        return asked

    def _answer(self, m: int, demanded: Mask) -> None:
        moves = self.unfolding.process.moves
        self._travel(m, _pay(demanded, int(self.unfolding.demand[m])), 0)
        if moves.longer[m] >= 0:
            self._travel(m, demanded, int(moves.longer[m]))
        else:
            self._mark(int(moves.back[m]), 1, demanded)

    def _travel(self, m: int, left: Mask, longer: int) -> None:
        moves = self.unfolding.process.moves
        turned = (moves.turned_back[m] > 0.0)[:, None]
        for k in range(moves.duration_start[m], moves.duration_start[m + 1]):
            d = int(moves.duration_slots[k]) + longer
            self._mark(int(moves.target[m]), d, left)
            self._mark(int(moves.back[m]), d, left & turned)

    def _mark(self, place: int, d: int, left: Mask) -> None:
        if d < len(self.supports) and left.any():
            self.reached[self.t + d, place] |= self.supports[d].T @ left


class _SlotStates:
    """Makes the states of one slot."""

    def __init__(self, unfolding: Unfolding, t: int) -> None:
        self.u, self.t = unfolding, t
        self.process, self.moves = unfolding.process, unfolding.process.moves
        self.slot = unfolding.slots[t]
        self.powers = unfolding.powers(t, unfolding.look_ahead)
        self.open_from: list[list[int]] = [[] for _ in self.process.places]
        for move in np.flatnonzero(self.moves.open_slot[:, t]):
            self.open_from[self.moves.source[move]].append(int(move))
        self.asked_first: dict[int, int] = {}
        self.asked_rank: dict[int, NDArray[np.int64]] = {}
        first = self.slot.first_asked
        for m, mask in self.slot.asked.items():
            self.asked_first[m] = first
            self.asked_rank[m] = (np.cumsum(mask) - 1).reshape(mask.shape)
            first += int(mask.sum())

    def states(self) -> Iterator[NumberedState]:
        """Make the states where a decision is taken, then those where more money is demanded."""
        for number, (i, c, b) in enumerate(np.argwhere(self.slot.at), start=self.slot.first):
            yield NumberedState(number, "", "0", self._decisions(int(i), int(c), int(b)))
        for m, mask in self.slot.asked.items():
            for number, (c, b) in enumerate(np.argwhere(mask), start=self.asked_first[m]):
                yield NumberedState(number, "", "0", self._answers(m, int(c), int(b)))

    def _decisions(self, i: int, c: int, b: int) -> list[Choice]:
        to_neither = [(self.u.neither, 1.0)]
        found = [Choice("stop", "0", to_neither)] if self.process.may_stop[i] else []
        if self.process.may_wait[i] and b >= self.u.stay[i]:
            found.append(self._wait(i, c, b - int(self.u.stay[i])))
        found += [
            self._depart(m, c, b - int(self.u.fee[m]))
            for m in self.open_from[i]
            if self.moves.open_level[m, c] and b >= self.u.fee[m]
        ]
        return found or [Choice("stuck", "0", to_neither)]

    def _wait(self, i: int, c: int, left: int) -> Choice:
        seen = float(self.process.discovered[i, c])
        outcomes = {self.u.harmed: seen}
        self._come(outcomes, i, c, left, 1, 1.0 - seen)
        return Choice(self.u.names.wait[i], self.u.money(self.process.stay_fee[i]), _sorted(outcomes.items()))

    def _depart(self, m: int, c: int, left: int) -> Choice:
        asked = float(self.moves.asked[m, c])
        outcomes: dict[int, float] = {}
        self._travel(outcomes, m, c, left, 0, 1.0 - asked)
        if asked > 0.0:
            outcomes[self.asked_first[m] + int(self.asked_rank[m][c, left])] = asked
        return Choice(self.u.names.move[m], self.u.money(self.moves.fee[m]), _sorted(outcomes.items()))

    def _answers(self, m: int, c: int, left: int) -> list[Choice]:
        found = []
        if left >= self.u.demand[m]:
            paid: dict[int, float] = {}
            self._travel(paid, m, c, left - int(self.u.demand[m]), 0, 1.0)
            found.append(Choice("pay", self.u.money(self.moves.demand[m]), _sorted(paid.items())))
        refused: dict[int, float] = {}
        if self.moves.longer[m] >= 0:
            self._travel(refused, m, c, left, int(self.moves.longer[m]), 1.0)
        else:
            self._come(refused, int(self.moves.back[m]), c, left, 1, 1.0)
        return [*found, Choice("refuse", "0", _sorted(refused.items()))]

    def _travel(self, outcomes: dict[int, float], m: int, c: int, left: int, longer: int, weight: float) -> None:
        """Add how a passage ends, every duration ``longer`` slots longer."""
        caught, turned = float(self.moves.intercepted[m, c]), float(self.moves.turned_back[m, c])
        outcomes[self.u.harmed] = outcomes.get(self.u.harmed, 0.0) + weight * caught
        for k in range(self.moves.duration_start[m], self.moves.duration_start[m + 1]):
            d = int(self.moves.duration_slots[k]) + longer
            share = weight * float(self.moves.duration_chance[k])
            self._come(outcomes, int(self.moves.back[m]), c, left, d, share * turned)
            self._come(outcomes, int(self.moves.target[m]), c, left, d, share * (1.0 - caught - turned))

    def _come(self, outcomes: dict[int, float], place: int, c: int, left: int, d: int, weight: float) -> None:
        """Add coming to a place d slots later, whatever the levels have become by then."""
        if weight <= 0.0:
            return
        if d >= len(self.powers):
            outcomes[self.u.neither] = outcomes.get(self.u.neither, 0.0) + weight
            return
        for later, chance in enumerate(self.powers[d][c].tolist()):
            if chance > 0.0:
                number = self.u.number_at(self.t + d, place, later, left)
                outcomes[number] = outcomes.get(number, 0.0) + weight * chance


def _pay(states: Mask, price: int) -> Mask:
    """Shift states ``(C, B + 1)`` by a price in money steps; those that cannot pay it drop out."""
    after = np.zeros_like(states)
    if price < states.shape[1]:
        after[:, : states.shape[1] - price] = states[:, price:]
    return after


def _sorted(outcomes: Iterable[tuple[int, float]]) -> list[tuple[int, float]]:
    """Put outcomes in the order of their states, those of one state together, without the impossible ones."""
    together: dict[int, float] = {}
    for number, chance in outcomes:
        if chance > 0.0:
            together[number] = together.get(number, 0.0) + chance
    return sorted(together.items())
