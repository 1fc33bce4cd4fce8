"""A fixed policy in the full model: every condition moves by its own chain, whether the group keeps it in mind or not."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.argument import Regional
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import FIRST_MOVE, STOP, WAIT, Process

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def simulate(process: Process, policy: Policy, seed: int = 0, journeys: int = 100_000) -> Regional:
    """Simulate journeys under a policy, the conditions drawn slot by slot from the start on.

    Where conditions are remembered region by region, this is what the policy is really worth: it acts on the levels known where
    the group is, and a condition that was forgotten is on return where its chain has led it.

    Parameters
    ----------
    seed
        Of the random numbers; the same seed gives the same answer.

    Notes
    -----
    O(T K) array operations of at most ``journeys`` elements; the standard errors are those of shares.
    """
    run = _Run(process, policy, np.random.default_rng(seed), journeys)
    for slot in range(process.slots + 1):
        if slot:
            run.move_conditions(slot - 1)
        run.act(slot)
    arrive, harm = run.arrived / journeys, run.harmed / journeys
    return Regional(
        joint_levels=process.all_joint_levels,
        arrive=arrive,
        arrive_error=sqrt(arrive * (1.0 - arrive) / journeys),
        harm=harm,
        harm_error=sqrt(harm * (1.0 - harm) / journeys),
        journeys=journeys,
    )


@dataclass
class _Parties:
    """Journeys under way, ``(J,)`` each: at which place and slot the next decision is, and how many money steps are left."""

    place: Ints
    slot: Ints
    left: Ints

    def keep(self, which: NDArray[np.bool_]) -> None:
        self.place, self.slot, self.left = self.place[which], self.slot[which], self.left[which]


class _Run:
    def __init__(self, process: Process, policy: Policy, rng: np.random.Generator, journeys: int) -> None:
        self.process, self.policy, self.rng = process, policy, rng
        self.parties = _Parties(
            place=np.full(journeys, process.start_place),
            slot=np.zeros(journeys, dtype=np.int64),
            left=np.full(journeys, policy.grid.steps),
        )
        self.levels = _start_levels(process, rng, journeys)
        self.strides = _strides(process)
        self.arrived, self.harmed = 0, 0
        grid, moves = policy.grid, process.moves
        self.fee, self.demand, self.stay = grid.price(moves.fee), grid.price(moves.demand), grid.price(process.stay_fee)
        self.most_slots = int(np.diff(moves.duration_start).max(initial=0))

    def move_conditions(self, slot: int) -> None:
        """Draw every condition's level one slot later."""
        for level, step in zip(self.levels, self.process.steps, strict=True):
            draw = self.rng.random(len(level))
            bounds = np.cumsum(step[slot], axis=1)[:, :-1]
            level[:] = (draw[:, None] >= bounds[level]).sum(axis=1) if bounds.shape[1] > 1 else draw >= bounds[level, 0]

    def act(self, slot: int) -> None:
        """Let everybody who has a decision to make at a slot act, and forget the journeys that end."""
        parties, process = self.parties, self.process
        now = np.flatnonzero(parties.slot == slot)
        place = parties.place[now]
        ended = process.destination[place]
        self.arrived += int(ended.sum())
        parties.slot[now[ended]] = -1
        deciding = now[~ended]
        if slot == process.slots:
            return
        own = self._own_levels(deciding)
        action = self.policy.actions[slot, parties.place[deciding], own, parties.left[deciding]].astype(np.int64)
        parties.slot[deciding[action <= STOP]] = -1
        waits, goes = action == WAIT, action >= FIRST_MOVE
        self._wait(deciding[waits], own[waits], slot)
        self._depart(deciding[goes], own[goes], action[goes] - FIRST_MOVE, slot)
        under_way = parties.slot >= 0
        if under_way.sum() < _FEW * len(under_way):
            parties.keep(under_way)
            self.levels = [level[under_way] for level in self.levels]

    def _own_levels(self, who: Ints) -> Ints:
        own = np.zeros(len(who), dtype=np.int64)
        place = self.parties.place[who]
        for level, stride in zip(self.levels, self.strides, strict=True):
            own += level[who] * stride[place]
        return own

    def _happens(self, chance: Floats) -> NDArray[np.bool_]:
        return self.rng.random(len(chance)) < chance

    def _wait(self, who: Ints, own: Ints, slot: int) -> None:
        place = self.parties.place[who]
        seen = self._happens(self.process.discovered[place, own])
        self.harmed += int(seen.sum())
        self.parties.left[who] -= self.stay[place]
        self.parties.slot[who] = np.where(seen, -1, slot + 1)

    def _depart(self, who: Ints, own: Ints, choice: Ints, slot: int) -> None:
        parties, moves = self.parties, self.process.moves
        move, pays = choice // 2, choice % 2 == 1
        asked = self._happens(moves.asked[move, own])
        parties.left[who] -= self.fee[move] + np.where(asked & pays, self.demand[move], 0)
        refused = asked & ~pays
        led_back = refused & (moves.longer[move] < 0)
        slots = self._durations(move) + np.where(refused, moves.longer[move], 0)
        fate = self.rng.random(len(who))
        caught = ~led_back & (fate < moves.intercepted[move, own])
        turned = ~led_back & ~caught & (fate < moves.intercepted[move, own] + moves.turned_back[move, own])
        self.harmed += int(caught.sum())
        parties.place[who] = np.where(led_back | turned, moves.back[move], moves.target[move])
        arrival = slot + np.where(led_back, 1, slots)
        parties.slot[who] = np.where(caught | (arrival > self.process.slots), -1, arrival)

    def _durations(self, move: Ints) -> Ints:
        moves = self.process.moves
        first, draw = moves.duration_start[move].astype(np.int64), self.rng.random(len(move))
        at, passed = first.copy(), moves.duration_chance[first].copy()
        for _ in range(self.most_slots - 1):
            later = (draw >= passed) & (at + 1 < moves.duration_start[move + 1])
            at += later
            passed += np.where(later, moves.duration_chance[at], 0.0)
        return moves.duration_slots[at].astype(np.int64)


_FEW = 0.75
"""When fewer than this part of the journeys are under way, the others are forgotten."""


def _start_levels(process: Process, rng: np.random.Generator, journeys: int) -> list[Ints]:
    """Draw the first level of each condition."""
    if process.memory is not None:
        shares = [forecast[0] for forecast in process.memory.forecast]
        return [rng.choice(len(share), journeys, p=share) for share in shares]
    joint = rng.choice(process.joint_levels, journeys, p=process.start_chance)
    sizes = [len(names) for names in process.levels]
    return [np.asarray(level) for level in np.unravel_index(joint, sizes)] if sizes else []


def _strides(process: Process) -> list[Ints]:
    """Return how far apart lie the own levels of a place that differ by one level of a condition; 0 where it is not known.

    ``(N,)`` for each condition.
    """
    strides = np.zeros((len(process.conditions), len(process.places)), dtype=np.int64)
    for place in range(len(process.places)):
        stride = 1
        for k in reversed(process.known_at(place)):
            strides[k, place] = stride
            stride *= len(process.levels[k])
    return list(strides)
