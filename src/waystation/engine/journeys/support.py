"""What is possible at all, whatever its chance: the least money on the way to a destination, slot by slot."""

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
        self.links = [np.eye(process.joint_levels, dtype=np.bool_)]

    def wait(self, place: int) -> None:
        if self.process.may_wait[place]:
            here = self.spent[self.slot, place] + self.process.stay_fee[place]
            self._reach(place, 1, np.where(self.process.discovered[place] < 1.0, here, np.inf))

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
                self._reach(target, int(slots) + extra, np.where(caught + turned < 1.0, money, np.inf))
                self._reach(back, int(slots) + extra, np.where(turned > 0.0, money, np.inf))
        if longer < 0:
            self._reach(back, 1, np.where(asked > 0.0, paid, np.inf))

    def _reach(self, place: int, slots: int, money: Money) -> None:
        arrival = self.slot + slots
        if arrival > self.process.slots or not np.isfinite(money).any():
            return
        while len(self.links) <= slots:
            step = self.process.joint_step(self.slot + len(self.links) - 1) > 0.0
            self.links.append(self.links[-1] @ step)
        through = np.where(self.links[slots], money[:, None], np.inf).min(axis=0)
        np.minimum(self.spent[arrival, place], through, out=self.spent[arrival, place])
