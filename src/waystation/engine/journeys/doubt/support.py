"""The states a fixed policy passes and how they are linked: laid out once, evaluated under many draws of the beliefs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.follow import Visits
from waystation.engine.journeys.kernels import draws
from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.kernels.links import STREAMS, link
from waystation.engine.journeys.process import FIRST_MOVE, NO_ACTION, STOP, WAIT, Process
from waystation.engine.journeys.views import knowledge

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Support:
    """The n states a policy passes, in the order of slots, and their links.

    Attributes
    ----------
    kind
        What is done, coded as in `kernels.draws`, ``(n,)``.
    place, slot
        ``(n,)``.
    pair
        Row of each state's chances among the P kinds of rows, ``(n,)``.
    wait_of, move_of, level_of
        Of each row: the place waited at or -1, the move taken or -1, the joint level, ``(P,)``.
    paid, demanded
        Minor units spent whatever happens, and beyond it by those who pay a demand, ``(n,)``.
    chance, start_chance
        Chance of being in a state while every chance is as believed, and of starting in it, ``(n,)``.
    left
        Money steps left there, ``(n,)``.
    start, target, weight
        The links, as `kernels.links` fills them.
    """

    kind: Ints
    place: Ints
    slot: Ints
    pair: Ints
    wait_of: Ints
    move_of: Ints
    level_of: Ints
    paid: Floats
    demanded: Floats
    chance: Floats
    start_chance: Floats
    left: Ints
    start: Ints
    target: Ints
    weight: Floats

    def __len__(self) -> int:
        return len(self.kind)


def support_of(process: Process, arrays: Arrays, visits: Visits, steps: int) -> Support:
    """Lay out the states a policy passes.

    Parameters
    ----------
    arrays
        `prepare` of the process and the policy's money grid, by region.
    visits
        What `follow` found.
    steps
        B, the money steps of the grid.
    """
    n = len(visits.slot)
    index = np.full((process.slots + 1, len(process.places), process.joint_levels, steps + 1), -1, dtype=np.int32)
    index[visits.slot, visits.place, visits.level, visits.left] = np.arange(n)
    states = np.ascontiguousarray(
        np.stack([visits.slot, visits.place, visits.level, visits.left, visits.action], axis=1), dtype=np.int64
    )
    start = np.zeros(STREAMS * n + 1, dtype=np.int64)
    reach = max(1, int(np.diff(arrays.ring_start).max()) - 1)
    known = None if process.memory is None else knowledge(process)
    links = link(arrays, known, reach, states, index, start, np.zeros(0, dtype=np.int64), np.zeros(0))
    target, weight = np.zeros(links, dtype=np.int64), np.zeros(links)
    link(arrays, known, reach, states, index, start, target, weight)
    waits = visits.action == WAIT
    move = np.where(visits.action >= FIRST_MOVE, (visits.action - FIRST_MOVE) // 2, -1)
    rows = np.stack([np.where(waits, visits.place, -1), move, np.where(waits | (move >= 0), visits.level, -1)])
    pairs, pair = np.unique(rows, axis=1, return_inverse=True)
    fee, demand = _padded(process.moves.fee), _padded(process.moves.demand)
    return Support(
        kind=_kinds(process, visits, move),
        place=visits.place,
        slot=visits.slot,
        pair=pair.reshape(-1),
        wait_of=pairs[0],
        move_of=pairs[1],
        level_of=pairs[2],
        paid=np.where(waits, process.stay_fee[visits.place], fee[move]).astype(np.float64),
        demanded=demand[move].astype(np.float64),
        chance=visits.chance,
        left=visits.left,
        start_chance=np.where(visits.slot == 0, visits.chance, 0.0),
        start=start,
        target=target,
        weight=weight,
    )


def _padded(amounts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return amounts by move with a 0 for move -1."""
    return np.append(amounts, 0)


def _kinds(process: Process, visits: Visits, move: Ints) -> Ints:
    moves = process.moves
    arrived = process.destination[visits.place]
    kind = np.full(len(move), draws.END_KIND, dtype=np.int64)
    kind[visits.action == WAIT] = draws.WAIT_KIND
    legs = np.flatnonzero(move >= 0)
    m = move[legs]
    pays = (visits.action[legs] - FIRST_MOVE) % 2 == 1
    refused = np.where(moves.longer[m] >= 0, draws.LONGER_KIND, draws.BACK_KIND)
    is_asked = moves.asked[m, visits.level[legs]] > 0.0
    kind[legs] = np.where(~is_asked, draws.LEG_KIND, np.where(pays, draws.PAYS_KIND, refused))
    kind[np.isin(visits.action, (STOP, NO_ACTION))] = draws.END_KIND
    kind[arrived] = draws.ARRIVED_KIND
    return kind
