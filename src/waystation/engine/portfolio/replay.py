"""The choice replayed by sampling: all groups under one weather, each cap looked at in every replay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from waystation.engine.journeys.chains import newest_observation, slot_step, start_chances
from waystation.engine.journeys.process import FIRST_MOVE, STOP, WAIT
from waystation.engine.model import Condition, Network
from waystation.engine.portfolio.instance import Floats
from waystation.engine.portfolio.offers import DAYS_A_WEEK, Offer
from waystation.engine.portfolio.pool import Pool
from waystation.engine.portfolio.rows import RowKind

Ints = NDArray[np.int64]
_COUNTED = frozenset({RowKind.MONEY, RowKind.PARTNER, RowKind.BEDS, RowKind.EXPOSED_PARTNER, RowKind.EXPOSED_HOUSE})
_ROUNDING = 1e-6


@dataclass(frozen=True, eq=False)
class Replay:
    """S replays of one choice.

    Attributes
    ----------
    overflow
        How often each limit is passed, ``(R,)``; 0 for those on expectations (harm) and those that chance does not touch (apart).
    holds
        How often all of them hold.
    mean_load
        What is used on average, ``(R,)``.
    arrived, harmed
        People by replay, ``(S,)``.
    """

    overflow: Floats
    holds: float
    mean_load: Floats
    arrived: Floats
    harmed: Floats


class Replayer:
    """Replays one choice after another from the same columns, with the same chances.

    Each group has numbers of its own, the same whatever else is chosen, so that two choices can be compared replay by
    replay. What an offer leads to is drawn once and kept.

    Parameters
    ----------
    first
        The first day of the choice.
    """

    def __init__(self, network: Network, pool: Pool, first: date, replays: int, seed: int) -> None:
        self._pool, self._replays, self._seed = pool, replays, seed
        self._numbers = {group.id: at for at, group in enumerate(network.groups)}
        slots = max((_last_slot(offer) for column in pool.columns for offer in column), default=0)
        self._weather = _Weather.draw(network, first, slots, replays, seed)
        self._walked: dict[int, _Walked] = {}
        self._counted = np.array([row.kind in _COUNTED for row in pool.rows], dtype=np.bool_)

    def replay(self, chosen: Ints) -> Replay:
        """Replay a choice, each unit's column or -1, ``(U,)``.

        Raises
        ------
        UnusableModelError
            If conditions are remembered region by region: then no group knows the weather of all of them.
        """
        load = np.zeros((len(self._pool.rows), self._replays))
        arrived, harmed = np.zeros(self._replays), np.zeros(self._replays)
        for offer in offers_taken(self._pool, chosen.tolist()):
            walked = self._walk(offer)
            load[walked.rows] += walked.load
            arrived += walked.arrived
            harmed += walked.harmed
        over = (load > self._pool.instance.capacity[:, None] + _ROUNDING) & self._counted[:, None]
        return Replay(over.mean(axis=1), float(1.0 - over.any(axis=0).mean()), load.mean(axis=1), arrived, harmed)

    def _walk(self, offer: Offer) -> "_Walked":
        if id(offer) not in self._walked:
            group = offer.setting.group
            words = [self._seed, 1 + self._numbers[group.id]]
            random = np.random.default_rng(words)
            load: Floats = np.zeros((len(self._pool.rows), self._replays))
            came, hurt = _Walk(self._pool, offer, self._weather, random, load).go()
            rows = np.flatnonzero(load.any(axis=1))
            self._walked[id(offer)] = _Walked(rows, load[rows], _people(came, group.size), _people(hurt, group.size))
        return self._walked[id(offer)]


def _people(happened: NDArray[np.bool_], size: int) -> Floats:
    return happened.astype(np.float64) * size


@dataclass(frozen=True, eq=False)
class _Walked:
    """What one offer leads to: the limits it touches, ``(k,)``, its use of each by replay, ``(k, S)``, people, ``(S,)``."""

    rows: Ints
    load: Floats
    arrived: Floats
    harmed: Floats


def replay(network: Network, pool: Pool, chosen: Ints, first: date, replays: int, seed: int) -> Replay:
    """Replay one choice, as a `Replayer` does."""
    return Replayer(network, pool, first, replays, seed).replay(chosen)


def _last_slot(offer: Offer) -> int:
    process = offer.setting.process
    return _offset(offer) + process.slots


def _offset(offer: Offer) -> int:
    return offer.setting.week * DAYS_A_WEEK * 24 // offer.setting.process.slot_hours


@dataclass(frozen=True, eq=False)
class _Weather:
    """The level of each condition by slot and replay, ``(T, S)``; slot 0 begins the first day of the choice."""

    levels: Mapping[str, Ints]

    @staticmethod
    def draw(network: Network, first: date, slots: int, replays: int, seed: int) -> "_Weather":
        words = [seed, 0]
        random = np.random.default_rng(words)
        return _Weather({each.id: _path(network, each, first, slots, replays, random) for each in network.conditions})

    def joint(self, offer: Offer) -> Ints:
        """Return the joint level as the offer's process counts it, by its own slots, ``(T + 1, S)``."""
        process, offset = offer.setting.process, _offset(offer)
        span = slice(offset, offset + process.slots + 1)
        joint = np.zeros(
            (process.slots + 1, next(iter(self.levels.values())).shape[1] if self.levels else 1), dtype=np.int64
        )
        for condition, names in zip(process.conditions, process.levels, strict=True):
            joint = joint * len(names) + self.levels[condition][span]
        return joint


def _path(network: Network, condition: Condition, first: date, slots: int, replays: int, random: Generator) -> Ints:
    seen = newest_observation(condition.id, network.observations, first)
    drawn = random.random((slots + 1, replays))
    levels = np.empty((slots + 1, replays), dtype=np.int64)
    chance = start_chances(condition, seen, first)
    levels[0] = _which(np.broadcast_to(chance, (replays, len(chance))), drawn[0])
    steps = {month: slot_step(condition.chain_in(month), network.slot_hours) for month in range(1, 13)}
    for t in range(slots):
        month = (first + timedelta(days=t * network.slot_hours // 24)).month
        levels[t + 1] = _which(steps[month][levels[t]], drawn[t + 1])
    return levels


def _which(chances: Floats, drawn: Floats) -> Ints:
    """Return for each number between 0 and 1 which of the chances of its row it falls into."""
    below = np.cumsum(chances, axis=1)[:, :-1] <= drawn[:, None]
    which: Ints = below.sum(axis=1).astype(np.int64)
    return which


class _Walk:
    """One group on its way in every replay at once."""

    def __init__(self, pool: Pool, offer: Offer, weather: _Weather, random: Generator, load: Floats) -> None:
        self.process, self.offer, self.table, self.load = offer.setting.process, offer, offer.setting.table, load
        self.process.require_exact()
        replays = load.shape[1]
        self.level = np.broadcast_to(weather.joint(offer), (self.process.slots + 1, replays))
        self.drawn = random.random((self.process.slots, 4, replays))
        self.place = np.full(replays, self.process.start_place, dtype=np.int64)
        self.due = np.where(random.random(replays) < offer.setting.safe_until, 0, -1)
        self.fresh = np.ones(replays, dtype=np.bool_)
        self.arrived, self.harmed = np.zeros(replays, dtype=np.bool_), np.zeros(replays, dtype=np.bool_)
        self.rows = np.array([pool.number.get(row, -1) for row in self.table.rows], dtype=np.int64)
        self.money = [
            [pool.number[row] for row, wider in pool.pots.items() if pots <= wider] for pots in self.table.pot_sets
        ]

    def go(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return in which replays the group has arrived, and in which it came to harm."""
        for t in range(self.process.slots + 1):
            here = np.flatnonzero(self.due == t)
            if not len(here):
                continue
            place = self.place[here]
            self._count(self.table.fresh_house[t, place], here, self.fresh[here])
            self._count(self.table.stay_house[t, place], here, np.ones(len(here), dtype=np.bool_))
            at_end = self.process.destination[place]
            self.arrived[here[at_end]] = True
            self.due[here[at_end]] = -1
            rest = here[~at_end]
            if t == self.process.slots:
                self.due[rest] = -1
                break
            self._act(t, rest)
        return self.arrived, self.harmed

    def _act(self, t: int, here: Ints) -> None:
        action = self.offer.policy.actions[t, self.place[here], self.level[t, here], 0].astype(np.int64)
        self.due[here[action <= STOP]] = -1
        self._wait(t, here[action == WAIT])
        for code in np.unique(action[action >= FIRST_MOVE]).tolist():
            self._leave(t, here[action == code], (code - FIRST_MOVE) // 2, pays=bool((code - FIRST_MOVE) % 2))

    def _wait(self, t: int, here: Ints) -> None:
        place = self.place[here]
        self._count(self.table.beds[t, place], here, np.ones(len(here), dtype=np.bool_))
        self._pay(t, here, self.process.stay_fee[place].astype(np.float64))
        found = self.drawn[t, 0, here] < self.process.discovered[place, self.level[t, here]]
        self.harmed[here[found]] = True
        self.due[here] = np.where(found, -1, t + 1)
        self.fresh[here] = False

    def _leave(self, t: int, here: Ints, m: int, *, pays: bool) -> None:
        moves, level = self.process.moves, self.level[t, here]
        everybody = np.ones(len(here), dtype=np.bool_)
        self._count(np.full(len(here), self.table.partner[t, m]), here, everybody)
        self._count(np.full(len(here), self.table.exposed_partner[t, m]), here, everybody)
        asked = self.drawn[t, 0, here] < moves.asked[m, level]
        self._pay(t, here, float(moves.fee[m]) + (asked & pays) * float(moves.demand[m]))
        refused = asked & (not pays)
        longer = int(moves.longer[m])
        span = slice(moves.duration_start[m], moves.duration_start[m + 1])
        chances = np.broadcast_to(moves.duration_chance[span], (len(here), span.stop - span.start))
        lasts = moves.duration_slots[span][_which(chances, self.drawn[t, 1, here])] + refused * max(0, longer)
        caught = self.drawn[t, 2, here] < moves.intercepted[m, level]
        back = self.drawn[t, 2, here] >= 1.0 - moves.turned_back[m, level]
        led_back = refused & (longer < 0)
        caught &= ~led_back
        goes_home = led_back | back
        self.harmed[here[caught]] = True
        due = t + np.where(led_back, 1, lasts)
        self.due[here] = np.where(caught | (due > self.process.slots), -1, due)
        self.place[here] = np.where(goes_home, moves.back[m], moves.target[m])
        self.fresh[here] = ~goes_home

    def _count(self, numbers: Ints, here: Ints, who: NDArray[np.bool_]) -> None:
        rows = np.where(numbers >= 0, self.rows[numbers] if len(self.rows) else -1, -1)
        known = who & (rows >= 0)
        np.add.at(self.load, (rows[known], here[known]), float(self.table.size))

    def _pay(self, t: int, here: Ints, amounts: Floats) -> None:
        pots = self.table.pots[t]
        for row in self.money[pots] if pots >= 0 else ():
            self.load[row, here] += amounts


def paired(one: Floats, other: Floats) -> tuple[float, float, float]:
    """Return how much more the other has on average, replay by replay, and 80 % bounds of that mean."""
    difference = other - one
    mean, spread = float(difference.mean()), 1.2816 * float(difference.std()) / max(1.0, len(difference)) ** 0.5
    return mean, mean - spread, mean + spread


def offers_taken(pool: Pool, chosen: Sequence[int]) -> list[Offer]:
    """Return the offers of a choice."""
    return [offer for j in chosen if j >= 0 for offer in pool.columns[j]]
