"""The forward pass: follow a policy slot by slot and count where it leads, exactly.

It shares nothing with the backward sweep but the process and the policy: chances are carried by powers of the joint chain, and
money is the exact sum in minor units, not steps. What it counts is therefore the certificate of what the sweep promised.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.errors import PolicyMismatchError
from waystation.engine.journeys.plan import Evaluation
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import FIRST_MOVE, NO_ACTION, STOP, WAIT, Process

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Tokens:
    """Journeys that stand at the same place, level and money, with their chance; all arrays ``(n,)``.

    Attributes
    ----------
    place, level, left
        Place index, joint level, money steps left.
    chance
        Of being here at this slot.
    fresh
        The part of it that has just come by a leg, rather than waited, been turned back or refused a demand.
    cost
        Chance times minor units spent.
    spent
        Minor units spent: of each journey when they are kept apart by money, else the most that any of them spent.
    """

    place: Ints
    level: Ints
    left: Ints
    chance: Floats
    fresh: Floats
    cost: Floats
    spent: Ints

    def take(self, which: NDArray[np.bool_] | Ints) -> "Tokens":
        """Return the tokens selected by a mask or by indices (an index may repeat)."""
        return Tokens(*(getattr(self, name)[which] for name in _FIELDS))

    def pay(self, minor: Ints, steps: Ints) -> "Tokens":
        """Spend money on every journey."""
        return Tokens(
            self.place,
            self.level,
            self.left - steps,
            self.chance,
            self.fresh,
            self.cost + self.chance * minor,
            self.spent + minor,
        )

    def weigh(self, weight: Floats) -> "Tokens":
        """Keep only a part of each chance."""
        return Tokens(
            self.place, self.level, self.left, self.chance * weight, self.fresh * weight, self.cost * weight, self.spent
        )


_FIELDS = ("place", "level", "left", "chance", "fresh", "cost", "spent")


@dataclass(frozen=True, eq=False)
class Visits:
    """The states a policy passes at one slot, and what it does there: actions as in `Process`."""

    slot: int
    tokens: Tokens
    action: NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Ending:
    """How journeys ended at one slot: their chance and their money."""

    slot: int
    tokens: Tokens


@dataclass(frozen=True, eq=False)
class Course:
    """Where a policy leads: its evaluation, the states it passes, and the arrivals."""

    evaluation: Evaluation
    visits: tuple[Visits, ...]
    arrivals: tuple[Ending, ...]
    others: tuple[Ending, ...]


def follow(process: Process, policy: Policy, *, apart_by_money: bool = False) -> Course:
    """Follow a policy from the start and count what it leads to.

    Parameters
    ----------
    apart_by_money
        Keep journeys that spent different sums apart, so that the whole distribution of cost can be read off the endings.

    Raises
    ------
    PolicyMismatchError
        If the policy's shape does not fit the process, or it takes an action that is not open or not affordable.

    Notes
    -----
    O(transitions under the policy) time. Occupancy measures: Puterman (2005), section 6.9.
    """
    expected = (process.slots, len(process.places), process.joint_levels, policy.grid.steps + 1)
    if policy.actions.shape != expected:
        message = f"a policy of shape {policy.actions.shape} does not fit a process of shape {expected}"
        raise PolicyMismatchError(message)
    return _Walk(process, policy, apart_by_money).course()


class _Walk:
    """One forward pass under way: buckets of journeys by the slot at which they next decide."""

    def __init__(self, process: Process, policy: Policy, apart_by_money: bool) -> None:
        self.process, self.policy, self.apart = process, policy, apart_by_money
        self.moves = process.moves
        grid = policy.grid
        self.price = grid.price(self.moves.fee)
        self.demand_price = grid.price(self.moves.demand)
        self.stay_price = grid.price(process.stay_fee)
        self.buckets: list[list[Tokens]] = [[] for _ in range(process.slots + 1)]
        self.harmed: list[Ending] = []
        self.neither: list[Ending] = []
        self.arrived: list[Ending] = []
        longest = self.moves.duration_slots.max(initial=1) + self.moves.longer.max(initial=0)
        self.look_ahead = int(longest)

    def course(self) -> Course:
        start = np.flatnonzero(self.process.start_chance)
        chance = self.process.start_chance[start]
        zero = np.zeros(len(start), dtype=np.int64)
        self.buckets[0].append(
            Tokens(
                zero + self.process.start_place,
                start,
                zero + self.policy.grid.steps,
                chance,
                chance,
                0.0 * chance,
                zero,
            )
        )
        visits = tuple(visit for slot in range(self.process.slots + 1) if (visit := self._pass(slot)) is not None)
        return Course(self._evaluation(), visits, tuple(self.arrived), tuple(self.harmed + self.neither))

    def _pass(self, slot: int) -> Visits | None:
        """Let every journey that decides at a slot take its action; None when there is none."""
        if not self.buckets[slot]:
            return None
        tokens = self._merge(self.buckets[slot])
        self.buckets[slot] = []
        at_home = self.process.destination[tokens.place]
        self.arrived.append(Ending(slot, tokens.take(at_home)))
        going = tokens.take(~at_home)
        if slot == self.process.slots:
            self.neither.append(Ending(slot, going))
            return None
        action = self.policy.actions[slot, going.place, going.level, going.left]
        ahead = self._powers(slot)
        self.neither.append(Ending(slot, going.take((action == STOP) | (action == NO_ACTION))))
        self._wait(slot, going.take(action == WAIT), ahead)
        moving = action >= FIRST_MOVE
        self._depart(slot, going.take(moving), (action[moving] - FIRST_MOVE).astype(np.int64), ahead)
        return Visits(slot, going, action)

    def _merge(self, parts: list[Tokens]) -> Tokens:
        """Put journeys in the same state together."""
        columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _FIELDS}
        C, B = self.process.joint_levels, self.policy.grid.steps + 1
        key = (columns["place"] * C + columns["level"]) * B + columns["left"]
        keys = np.stack([key, columns["spent"]]) if self.apart else key[None, :]
        order = np.lexsort(keys[::-1])
        ordered = keys[:, order]
        first = np.ones(len(order), dtype=np.bool_)
        first[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
        at = np.flatnonzero(first)
        summed = {name: np.add.reduceat(columns[name][order], at) for name in ("chance", "fresh", "cost")}
        return Tokens(
            **{name: columns[name][order][at] for name in ("place", "level", "left")},
            **summed,
            spent=np.maximum.reduceat(columns["spent"][order], at),
        )

    def _powers(self, slot: int) -> Floats:
        """Return the joint chain over d slots from this one, ``(D + 1, C, C)``, as far as the journey lasts."""
        C = self.process.joint_levels
        reach = min(self.look_ahead, self.process.slots - slot)
        powers = np.empty((reach + 1, C, C))
        powers[0] = np.eye(C)
        for d in range(reach):
            powers[d + 1] = powers[d] @ self.process.joint_step(slot + d)
        return powers

    def _wait(self, slot: int, tokens: Tokens, ahead: Floats) -> None:
        if not len(tokens.chance):
            return
        self._check(self.process.may_wait[tokens.place] & (tokens.left >= self.stay_price[tokens.place]), slot)
        paid = tokens.pay(self.process.stay_fee[tokens.place], self.stay_price[tokens.place].astype(np.int64))
        seen = self.process.discovered[tokens.place, tokens.level]
        self.harmed.append(Ending(slot, paid.weigh(seen)))
        one = np.ones(len(seen), dtype=np.int64)
        self._move_on(slot, paid.weigh(1.0 - seen), paid.place, one, ahead, fresh=False)

    def _depart(self, slot: int, tokens: Tokens, coded: Ints, ahead: Floats) -> None:
        """Pay the fee, answer an extra demand, and travel."""
        if not len(tokens.chance):
            return
        moves, move, pays = self.moves, coded // 2, coded % 2 == 1
        is_open = moves.open_slot[move, slot] & moves.open_level[move, tokens.level]
        here = moves.source[move] == tokens.place
        self._check(is_open & here & (tokens.left >= self.price[move]), slot)
        asked = moves.asked[move, tokens.level]
        paid = tokens.pay(moves.fee[move], self.price[move].astype(np.int64))
        at_once = np.zeros(len(move), dtype=np.int64)
        self._travel(slot, paid.weigh(1.0 - asked), move, at_once, ahead)
        met = asked > 0.0
        self._check(~(met & pays) | (paid.left >= self.demand_price[move]), slot)
        agreed = met & pays
        demanded = paid.weigh(asked)
        self._travel(
            slot,
            demanded.take(agreed).pay(moves.demand[move[agreed]], self.demand_price[move[agreed]].astype(np.int64)),
            move[agreed],
            at_once[agreed],
            ahead,
        )
        longer = met & ~pays & (moves.longer[move] >= 0)
        self._travel(slot, demanded.take(longer), move[longer], moves.longer[move[longer]].astype(np.int64), ahead)
        back = met & ~pays & (moves.longer[move] < 0)
        returned = demanded.take(back)
        self._move_on(slot, returned, returned.place, np.ones(len(returned.place), dtype=np.int64), ahead, fresh=False)

    def _travel(self, slot: int, tokens: Tokens, move: Ints, extra: Ints, ahead: Floats) -> None:
        """Intercepted, turned back or arrived, after each possible duration."""
        if not len(move):
            return
        moves = self.moves
        caught = moves.intercepted[move, tokens.level]
        turned = moves.turned_back[move, tokens.level]
        self.harmed.append(Ending(slot, tokens.weigh(caught)))
        count = moves.duration_start[move + 1] - moves.duration_start[move]
        which = np.repeat(np.arange(len(move)), count)
        entry = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + moves.duration_start[move][which]
        slots = moves.duration_slots[entry].astype(np.int64) + extra[which]
        spread = tokens.take(which).weigh(moves.duration_chance[entry])
        self._move_on(slot, spread.weigh(turned[which]), moves.source[move][which], slots, ahead, fresh=False)
        self._move_on(slot, spread.weigh((1.0 - caught - turned)[which]), moves.target[move][which], slots, ahead)

    def _move_on(
        self, slot: int, tokens: Tokens, place: NDArray[np.integer], slots: Ints, ahead: Floats, *, fresh: bool = True
    ) -> None:
        """Put journeys at a place some slots later, spread over the levels the conditions will then be at."""
        possible = tokens.chance > 0.0
        late = possible & (slot + slots > self.process.slots)
        if late.any():
            self.neither.append(Ending(self.process.slots, tokens.take(late)))
        in_time = np.flatnonzero(possible & ~late)
        chances = ahead[slots[in_time], tokens.level[in_time]]
        row, level = np.nonzero(chances)
        spread = tokens.take(in_time[row]).weigh(chances[row, level])
        there = Tokens(
            place[in_time[row]].astype(np.int64),
            level,
            spread.left,
            spread.chance,
            spread.chance if fresh else np.zeros(len(row)),
            spread.cost,
            spread.spent,
        )
        arrival = slot + slots[in_time[row]]
        for when in np.unique(arrival):
            self.buckets[when].append(there.take(arrival == when))

    def _check(self, allowed: NDArray[np.bool_], slot: int) -> None:
        if not allowed.all():
            message = f"at slot {slot} the policy takes an action that is closed or cannot be paid"
            raise PolicyMismatchError(message)

    def _evaluation(self) -> Evaluation:
        arrived, cost_arrived = _total(self.arrived)
        harm, cost_harm = _total(self.harmed)
        neither, cost_neither = _total(self.neither)
        by_slot = np.zeros(self.process.slots + 1)
        for ending in self.arrived:
            by_slot[ending.slot] += ending.tokens.chance.sum()
        cumulative = np.cumsum(by_slot)
        endings = self.arrived + self.harmed + self.neither
        spent = [ending.tokens.spent[ending.tokens.chance > 0.0].max(initial=0) for ending in endings]
        mean_slot = float(np.arange(len(by_slot)) @ by_slot) / arrived if arrived > 0.0 else np.nan
        late = int(np.searchsorted(cumulative, 0.9 * arrived * (1.0 - 1e-12))) if arrived > 0.0 else 0
        return Evaluation(
            arrive=arrived,
            harm=harm,
            neither=neither,
            cost_expected=cost_arrived + cost_harm + cost_neither,
            cost_expected_arrived=cost_arrived / arrived if arrived > 0.0 else np.nan,
            cost_max=int(max(spent, default=0)),
            days_expected=self.process.day(mean_slot),
            days_p90=self.process.day(late) if arrived > 0.0 else np.nan,
            arrive_by_slot=tuple(cumulative.tolist()),
        )


def _total(endings: list[Ending]) -> tuple[float, float]:
    chance = sum(float(ending.tokens.chance.sum()) for ending in endings)
    cost = sum(float(ending.tokens.cost.sum()) for ending in endings)
    return chance, cost
