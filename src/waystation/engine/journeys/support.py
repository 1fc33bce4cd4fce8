"""What is possible at all, whatever its chance: the least money on the way to a destination, slot by slot."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.process import Process

Money = NDArray[np.float64]


def least_spent(process: Process) -> Money:
    """Return the least minor units with which some branch can be at a destination at each slot, ``(T + 1,)``; inf if none.

    Notes
    -----
    A shortest path over the branches that have a chance above 0; extra demands are met only where they are certain.
    """
    T, N, C = process.slots, len(process.places), process.joint_levels
    spent = np.full((T + 1, N, C), np.inf)
    spent[0, process.start_place, process.start_chance > 0.0] = 0.0
    for slot in range(T):
        ahead = _Ahead(process, slot, spent)
        for place in np.flatnonzero(np.isfinite(spent[slot]).any(axis=1) & ~process.destination):
            ahead.wait(int(place))
            for move in np.flatnonzero((process.moves.source == place) & process.moves.open_slot[:, slot]):
                ahead.depart(int(move))
    at_destination = spent[:, process.destination].reshape(T + 1, -1)
    least: Money = at_destination.min(axis=1, initial=np.inf)
    return least


class _Ahead:
    """Carries the least money from one slot to later ones."""

    def __init__(self, process: Process, slot: int, spent: Money) -> None:
        self.process, self.slot, self.spent = process, slot, spent
        self.links = [[np.eye(len(names), dtype=np.bool_) for names in process.levels]]

    def wait(self, place: int) -> None:
        if self.process.may_wait[place]:
            here = self.spent[self.slot, place] + self.process.stay_fee[place]
            self._reach(place, place, 1, np.where(self.process.discovered[place] < 1.0, here, np.inf))

    def depart(self, move: int) -> None:
        moves = self.process.moves
        source, target, back = int(moves.source[move]), int(moves.target[move]), int(moves.back[move])
        is_open = moves.open_level[move] & np.isfinite(self.spent[self.slot, source])
        paid = np.where(is_open, self.spent[self.slot, source] + moves.fee[move], np.inf)
        asked, turned, caught = moves.asked[move], moves.turned_back[move], moves.intercepted[move]
        longer = int(moves.longer[move])
        durations = moves.duration_slots[moves.duration_start[move] : moves.duration_start[move + 1]]
        agreed = np.where(asked < 1.0, paid, paid + moves.demand[move])
        branches = [(agreed, 0)] + ([(np.where(asked > 0.0, paid, np.inf), longer)] if longer >= 0 else [])
        for money, extra in branches:
            for slots in durations:
                self._reach(source, target, int(slots) + extra, np.where(caught + turned < 1.0, money, np.inf))
                self._reach(source, back, int(slots) + extra, np.where(turned > 0.0, money, np.inf))
        if longer < 0:
            self._reach(source, back, 1, np.where(asked > 0.0, paid, np.inf))

    def _reach(self, source: int, target: int, slots: int, money: Money) -> None:
        arrival = self.slot + slots
        if arrival > self.process.slots or not np.isfinite(money).any():
            return
        while len(self.links) <= slots:
            steps = [step[self.slot + len(self.links) - 1] > 0.0 for step in self.process.steps]
            self.links.append([link @ step for link, step in zip(self.links[-1], steps, strict=True)])
        through = self._through(source, target, slots, money)
        np.minimum(
            self.spent[arrival, target, : len(through)], through, out=self.spent[arrival, target, : len(through)]
        )

    def _through(self, source: int, target: int, slots: int, money: Money) -> Money:
        """Carry money by level of the source to the levels that may be found at the target, condition by condition."""
        known, there, names = self.process.known_at(source), self.process.known_at(target), self.process.levels
        table = money[: self.process.levels_at(source)].reshape([len(names[k]) for k in known])
        for k in known[::-1]:  # the last axis is the next condition's; what is found of it becomes the first
            least = table[..., None] if k in there else table.min(axis=-1)[..., None, None]
            possible = self.links[slots][k] if k in there else np.ones((1, 1), dtype=np.bool_)
            table = np.moveaxis(np.where(possible, least, np.inf).min(axis=-2), -1, 0)
        shape = [len(names[k]) if k in there else 1 for k in known]
        return self._with_forecast(table.reshape(shape), known, there, slots)

    def _with_forecast(self, table: Money, known: Sequence[int], there: Sequence[int], slots: int) -> Money:
        """Add the levels that the forecast allows of what was not known before; in the target's order, ``(C_j,)``."""
        order = [k for k in known if k in there]
        table = table.reshape([len(self.process.levels[k]) for k in order])
        for k in there:
            if k not in known:
                assert self.process.memory is not None
                possible = self.process.memory.forecast[k][self.slot + slots] > 0.0
                table = np.where(possible, table[..., None], np.inf)
                order.append(k)
        return np.transpose(table, [order.index(k) for k in there]).ravel()
