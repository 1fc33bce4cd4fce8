"""Weeks taken apart for a rule that is not compiled: opened by the kernels, decided by the rule, gone on with by the kernels."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.kernels.lives import State, World, close_run, leave, open_week
from waystation.engine.simulation.kernels.organisation import forget_lost, usable_way
from waystation.engine.simulation.kernels.purse import FLYING, HELD, PURSE, REGIME, free_money
from waystation.engine.simulation.organisation import WEEKS_A_YEAR
from waystation.engine.simulation.rule import Departure, Rule, Situation, Waiting

Ints = NDArray[np.int64]
Key = tuple[np.uint64, np.uint64]


def live_by_rule(
    world: World, state: State, rule: Rule, key: Key, first_run: int, tallies: Ints, by_year: Ints
) -> None:
    """Live runs as ``kernels.lives.live`` does, asking a rule each week."""
    for row in range(len(tallies)):
        run = _Run(world, state, key, np.uint64(first_run + row), tallies[row])
        for week in range(len(world.scheduled)):
            run.open(week)
            for departure in rule.choose(run.situation()):
                run.depart(departure)
            if week % WEEKS_A_YEAR == WEEKS_A_YEAR - 1:
                by_year[row, week // WEEKS_A_YEAR] = tallies[row, o.ARRIVED_PEOPLE]
        close_run(
            len(world.scheduled),
            world.people,
            state.counters,
            state.flights,
            state.paid,
            state.pots,
            state.queue,
            state.queue_ends,
            tallies[row],
        )
        by_year[row, 1:] = np.diff(by_year[row])


@dataclass(frozen=True, slots=True)
class Left:
    """A group that left: in which week, of which kind, by which way, and its number in the order of asking."""

    week: int
    kind: int
    way: int
    asked: int


def departures(world: World, state: State, rule: Rule, key: Key, run: int) -> Iterator[Left]:
    """Yield everybody who leaves in one run."""
    this = _Run(world, state, key, np.uint64(run), np.zeros(o.COLUMNS, dtype=np.int64))
    for week in range(len(world.scheduled)):
        this.open(week)
        for departure in rule.choose(this.situation()):
            left = this.depart(departure)
            if left is not None:
                yield left


class _Run:
    def __init__(self, world: World, state: State, key: Key, run: np.uint64, tally: Ints) -> None:
        self.world, self.state, self.key, self.run, self.tally = world, state, key, run, tally
        for each in (state.counters, state.queue_ends, state.booked, state.moved, state.down_until, state.pots):
            each[:] = 0
        state.counters[PURSE] = world.opening
        self.week, self.lost = 0, 0

    def open(self, week: int) -> None:
        w, s = self.world, self.state
        self.week = week
        self.lost = int(
            open_week(
                week,
                self.run,
                *self.key,
                (w.income if week >= w.income_from else 0, w.costs),
                (w.mean, w.nobody, w.gives_up, w.compromise, w.reveals),
                (w.remembers, w.replace),
                w.partners,
                int(w.scheduled[week]),
                w.shock_bits,
                w.shock_chances,
                w.people,
                w.funds,
                *s[:-1],
                self.tally,
            )
        )
        for kind in range(len(w.people)):
            forget_lost(week, kind, int(w.people[kind]), s.queue, s.queue_ends, self.tally)

    def situation(self) -> Situation:
        w, s = self.world, self.state
        ahead = len(s.booked)
        return Situation(
            week=self.week,
            money=max(0, int(s.counters[PURSE] - s.counters[HELD])),
            pots=s.pots.copy(),
            waiting=tuple(self._waiting()),
            ways=tuple(range(*self._range(kind)) for kind in range(len(w.people))),
            lost=self.lost,
            booked=s.booked[(self.week + np.arange(ahead)) % ahead],
            world=w,
        )

    def _waiting(self) -> Iterator[Waiting]:
        w, s = self.world, self.state
        for kind, (first, last) in enumerate(s.queue_ends.tolist()):
            for at in range(first, last):
                since, until, asked = s.queue[kind, at & (s.queue.shape[1] - 1)].tolist()
                if until >= self.week:
                    yield Waiting(kind, asked, since, int(w.people[kind]), int(w.rank[kind]))

    def _range(self, kind: int) -> tuple[int, int]:
        seasons = self.world.way_range.shape[0]
        season = self.week * seasons // WEEKS_A_YEAR % seasons
        low, high = self.world.way_range[season, int(self.state.counters[REGIME]), kind].tolist()
        return low, high

    def depart(self, departure: Departure) -> "Left | None":
        """Let a group leave; None if it cannot."""
        w, s, kind = self.world, self.state, departure.kind
        if not forget_lost(self.week, kind, int(w.people[kind]), s.queue, s.queue_ends, self.tally):
            return None
        low, high = self._range(kind)
        if departure.way is not None:
            if not low <= departure.way < high:
                return None
            low, high = departure.way, departure.way + 1
        flying, room = int(s.counters[FLYING]), len(s.flights)
        money = free_money(self.week, kind, w.funds, s.pots, s.counters)
        way = usable_way(self.week, low, high, self.lost, money, flying, room, w.ways, w.needs, s.booked, w.capacity)
        if way < 0:
            return None
        asked = int(s.queue[kind, s.queue_ends[kind, 0] & (s.queue.shape[1] - 1), 2])
        leave(
            self.week,
            kind,
            way,
            self.run,
            *self.key,
            w.week_slots,
            w.people,
            w.rank,
            w.ways,
            w.parties,
            w.needs,
            w.slot,
            w.states,
            w.steps,
            w.funds,
            s.counters,
            s.flights,
            s.paid,
            s.pots,
            s.queue,
            s.queue_ends,
            s.booked,
            s.moved,
            w.partners,
            self.tally,
        )
        return Left(self.week, kind, way, asked)
