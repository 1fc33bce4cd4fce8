"""Small decision processes, and what the method says of them worked out plainly: by recursion, state by state."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Moves, Process

few = settings(deadline=None, derandomize=True, max_examples=30)
seeds = st.integers(0, 10_000)
_RISKS = ((0.0, 0.0), (0.1, 0.0), (0.0, 0.3), (0.2, 0.1), (0.5, 0.5), (1.0, 0.0))
_DURATIONS = ({1: 1.0}, {2: 1.0}, {1: 0.5, 2: 0.5}, {1: 0.25, 3: 0.75})


def random_process(seed: int) -> Process:
    """Make a process of two to four places, one to five slots and none to two conditions, with every kind of move."""
    return _Maker(np.random.default_rng([seed, 7])).process()


def random_grid(process: Process, seed: int) -> MoneyGrid:
    """Make a money grid on which prices must be rounded now and then."""
    rng = np.random.default_rng([seed, 11, process.slots])
    return MoneyGrid(step=int(rng.integers(1, 4)), steps=int(rng.integers(0, 9)))


class _Maker:
    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.sizes = [int(rng.integers(2, 4 - k)) for k in range(int(rng.integers(0, 3)))]
        self.C = int(np.prod(self.sizes, dtype=np.int64))
        self.N, self.T = int(rng.integers(2, 5)), int(rng.integers(1, 6))

    def maybe(self, chance: float) -> bool:
        return bool(self.rng.random() < chance)

    def by_level(self, rows: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
        """Return for each row numbers that change with some of the conditions only, ``(rows, C)``."""
        table = np.zeros((rows, *self.sizes), dtype=np.int64)
        for row in range(rows):
            seen = [size if self.maybe(0.4) else 1 for size in self.sizes]
            table[row] = np.broadcast_to(self.rng.integers(0, 60, seen), self.sizes)
        return table.reshape(rows, self.C)

    def process(self) -> Process:
        destination = np.arange(self.N) == self.N - 1
        may_wait = ~destination & (self.rng.random(self.N) < 0.7)
        return Process(
            slots=self.T,
            slot_hours=12,
            start=date(2026, 12, 1),
            places=tuple(f"P{i}" for i in range(self.N)),
            start_place=0,
            start_chance=self.rng.dirichlet(np.ones(self.C)),
            destination=destination,
            may_wait=may_wait,
            may_stop=~destination & (self.rng.random(self.N) < 0.5),
            stay_fee=self.rng.integers(0, 4, self.N),
            discovered=np.array([0.0, 0.05, 0.2])[self.by_level(self.N) % 3],
            conditions=tuple(f"c{k}" for k in range(len(self.sizes))),
            levels=tuple(tuple(f"l{level}" for level in range(size)) for size in self.sizes),
            steps=tuple(self.rng.dirichlet(np.ones(size), (self.T, size)) for size in self.sizes),
            moves=self.moves(),
            currency="USD",
        )

    def moves(self) -> Moves:
        ways = [(i, i + 1) for i in range(self.N - 1)]
        ways += [(int(self.rng.integers(self.N - 1)), int(self.rng.integers(self.N))) for _ in range(2)]
        ways = sorted((i, j) for i, j in ways if i != j)
        L = len(ways)
        # Each leg alone, and some in company too: safer and at another price, else alike.
        leg = np.repeat(np.arange(L), self.rng.integers(1, 3, L))
        company = np.diff(leg, prepend=-1) == 0
        durations = [_DURATIONS[k] for k in self.rng.integers(0, len(_DURATIONS), L)[leg]]
        risks = np.array(_RISKS)[self.by_level(L) % len(_RISKS)][leg]
        return Moves(
            leg=tuple(f"L{number}" for number in leg),
            in_company=tuple(company.tolist()),
            source=np.array([way[0] for way in ways], dtype=np.int32)[leg],
            target=np.array([way[1] for way in ways], dtype=np.int32)[leg],
            fee=self.rng.integers(0, 6, len(leg)),
            demand=self.rng.integers(0, 5, L)[leg],
            intercepted=risks[..., 0] * np.where(company, 0.5, 1.0)[:, None],
            turned_back=risks[..., 1],
            asked=np.array([0.0, 0.0, 0.3, 1.0])[self.by_level(L) % 4][leg],
            longer=self.rng.integers(-1, 3, L).astype(np.int32)[leg],
            open_level=(self.by_level(L) % 5 > 0)[leg],
            open_slot=(self.rng.random((L, self.T)) < 0.9)[leg],
            duration_start=np.cumsum([0, *map(len, durations)], dtype=np.int32),
            duration_slots=np.array([slots for each in durations for slots in each], dtype=np.int32),
            duration_chance=np.array([chance for each in durations for chance in each.values()]),
        )


def durations_of(moves: Moves, m: int) -> dict[int, float]:
    """Return the chance of each number of slots a move can last."""
    here = slice(int(moves.duration_start[m]), int(moves.duration_start[m + 1]))
    return dict(zip(moves.duration_slots[here].tolist(), moves.duration_chance[here].tolist(), strict=True))


def best_arrival(process: Process, grid: MoneyGrid = NO_MONEY) -> float:
    """Return the likeliest arrival by plain recursion over states."""
    value = _Recursion(process, grid).value
    starts = enumerate(process.start_chance.tolist())
    return sum(float(chance) * value(0, process.start_place, c, grid.steps) for c, chance in starts)


class _Recursion:
    def __init__(self, process: Process, grid: MoneyGrid) -> None:
        self.process, self.moves = process, process.moves
        self.price, self.demand = grid.price(self.moves.fee).tolist(), grid.price(self.moves.demand).tolist()
        self.stay = grid.price(process.stay_fee).tolist()
        self.known: dict[tuple[int, int, int, int], float] = {}

    def value(self, t: int, i: int, c: int, left: int) -> float:
        if self.process.destination[i]:
            return 1.0
        if t == self.process.slots:
            return 0.0
        state = (t, i, c, left)
        if state not in self.known:
            self.known[state] = max(self.offers(*state), default=0.0)
        return self.known[state]

    def offers(self, t: int, i: int, c: int, left: int) -> Iterator[float]:
        if self.process.may_wait[i] and left >= self.stay[i]:
            yield (1.0 - float(self.process.discovered[i, c])) * self.ahead(t, 1, i, c, left - self.stay[i])
        for m in np.flatnonzero(self.moves.source == i).tolist():
            if self.moves.open_level[m, c] and self.moves.open_slot[m, t] and left >= self.price[m]:
                yield self.departed(t, m, c, left - self.price[m])

    def ahead(self, t: int, slots: int, i: int, c: int, left: int) -> float:
        if t + slots > self.process.slots:
            return 0.0
        shares = enumerate(_levels_after(self.process, t, slots, c))
        return sum(share * self.value(t + slots, i, level, left) for level, share in shares)

    def departed(self, t: int, m: int, c: int, left: int) -> float:
        asked, longer, here = float(self.moves.asked[m, c]), int(self.moves.longer[m]), int(self.moves.back[m])
        refused = self.travelled(t, m, c, left, longer) if longer >= 0 else self.ahead(t, 1, here, c, left)
        paid = self.travelled(t, m, c, left - self.demand[m], 0) if left >= self.demand[m] else 0.0
        return (1.0 - asked) * self.travelled(t, m, c, left, 0) + asked * max(paid, refused)

    def travelled(self, t: int, m: int, c: int, left: int, extra: int) -> float:
        caught, turned = float(self.moves.intercepted[m, c]), float(self.moves.turned_back[m, c])
        here, there = int(self.moves.back[m]), int(self.moves.target[m])
        return sum(
            chance * turned * self.ahead(t, slots + extra, here, c, left)
            + chance * (1.0 - caught - turned) * self.ahead(t, slots + extra, there, c, left)
            for slots, chance in durations_of(self.moves, m).items()
        )


def _levels_after(process: Process, t: int, slots: int, c: int) -> list[float]:
    row = np.eye(process.joint_levels)[c]
    for slot in range(t, t + slots):
        row = row @ process.joint_step(slot)
    return [float(chance) for chance in row]


@dataclass(frozen=True)
class Counted:
    """What a policy leads to: chances, the expected cost of all and of arriving, the dearest branch."""

    arrive: float
    harm: float
    neither: float
    cost: float
    cost_arriving: float
    cost_max: int


State = tuple[int, int, int, int]
"""Place, joint level, money steps left, minor units spent."""


def count(process: Process, policy: Policy) -> Counted:
    """Follow a policy branch by branch, every amount spent kept apart."""
    counter = _Counter(process, policy)
    for t in range(process.slots + 1):
        for (i, c, left, spent), chance in counter.at[t].items():
            if process.destination[i]:
                counter.end("arrive", chance, spent)
            elif t == process.slots:
                counter.end("neither", chance, spent)
            else:
                counter.act(t, (i, c, left, spent), chance, int(policy.actions[t, i, c, left]))
    return Counted(cost=counter.cost, cost_arriving=counter.cost_arriving, cost_max=counter.dearest, **counter.ends)


class _Counter:
    def __init__(self, process: Process, policy: Policy) -> None:
        self.process, self.grid = process, policy.grid
        self.at: list[dict[State, float]] = [defaultdict(float) for _ in range(process.slots + 1)]
        for c, chance in enumerate(process.start_chance.tolist()):
            self.at[0][process.start_place, c, policy.grid.steps, 0] = chance
        self.ends = {"arrive": 0.0, "harm": 0.0, "neither": 0.0}
        self.cost, self.cost_arriving, self.dearest = 0.0, 0.0, 0

    def end(self, how: str, chance: float, spent: int) -> None:
        if chance > 0.0:
            self.ends[how] += chance
            self.cost += chance * spent
            self.cost_arriving += chance * spent if how == "arrive" else 0.0
            self.dearest = max(self.dearest, spent)

    def come(self, t: int, slots: int, state: State, chance: float) -> None:
        i, c, left, spent = state
        assert left >= 0
        if t + slots > self.process.slots:
            self.end("neither", chance, spent)
        elif chance > 0.0:
            for level, share in enumerate(_levels_after(self.process, t, slots, c)):
                if share > 0.0:
                    self.at[t + slots][i, level, left, spent] += chance * share

    def act(self, t: int, state: State, chance: float, action: int) -> None:
        i, c, left, spent = state
        if action <= 0:
            assert action == -1 or self.process.may_stop[i]
            self.end("neither", chance, spent)
        elif action == 1:
            assert self.process.may_wait[i]
            seen, fee = float(self.process.discovered[i, c]), self.process.stay_fee[i : i + 1]
            spent += int(fee[0])
            self.end("harm", chance * seen, spent)
            self.come(t, 1, (i, c, left - int(self.grid.price(fee)[0]), spent), chance * (1.0 - seen))
        else:
            self.depart(t, state, chance, (action - 2) // 2, pays=action % 2 == 1)

    def depart(self, t: int, state: State, chance: float, m: int, *, pays: bool) -> None:
        i, c, left, spent = state
        moves, price = self.process.moves, self.grid.price
        assert moves.source[m] == i
        assert moves.open_level[m, c]
        assert moves.open_slot[m, t]
        left, spent = left - int(price(moves.fee)[m]), spent + int(moves.fee[m])
        asked, longer = float(moves.asked[m, c]), int(moves.longer[m])
        self.travel(t, (i, c, left, spent), chance * (1.0 - asked), m, 0)
        if asked == 0.0:
            return
        if pays:
            left, spent = left - int(price(moves.demand)[m]), spent + int(moves.demand[m])
            self.travel(t, (i, c, left, spent), chance * asked, m, 0)
        elif longer >= 0:
            self.travel(t, (i, c, left, spent), chance * asked, m, longer)
        else:
            self.come(t, 1, (int(moves.back[m]), c, left, spent), chance * asked)

    def travel(self, t: int, state: State, chance: float, m: int, extra: int) -> None:
        _, c, left, spent = state
        moves = self.process.moves
        caught, turned = float(moves.intercepted[m, c]), float(moves.turned_back[m, c])
        self.end("harm", chance * caught, spent)
        for slots, share in durations_of(moves, m).items():
            self.come(t, slots + extra, (int(moves.back[m]), c, left, spent), chance * share * turned)
            onward = (int(moves.target[m]), c, left, spent)
            self.come(t, slots + extra, onward, chance * share * (1.0 - caught - turned))
