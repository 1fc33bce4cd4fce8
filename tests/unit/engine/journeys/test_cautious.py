import dataclasses
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes import _levels_after, count, durations_of, few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.cautious import Bounds, guaranteed, solve_cautious
from waystation.engine.journeys.errors import PolicyMismatchError, UnusableModelError
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver

EXACT = 1e-12
NAMES = ("intercepted", "turned_back", "asked", "discovered")


def around(process: Process, below: float, above: float) -> Bounds:
    """Bounds that reach from ``1 - below`` of every chance to ``above`` of what is missing to 1."""
    found: dict[str, Any] = {}
    for name in NAMES:
        chance = process.discovered if name == "discovered" else getattr(process.moves, name)
        found |= {f"{name}_low": chance * (1.0 - below), f"{name}_high": chance + above * (1.0 - chance)}
    return Bounds(**found)


def random_bounds(process: Process, seed: int) -> Bounds:
    """Bounds around every chance, some of them tight, some of them wide."""
    rng = np.random.default_rng([seed, 13])
    found: dict[str, Any] = {}
    for name in NAMES:
        chance = process.discovered if name == "discovered" else getattr(process.moves, name)
        widths = np.array([0.0, 0.1, 0.5])[rng.integers(0, 3, (2, *chance.shape))]
        found |= {f"{name}_low": chance * (1.0 - widths[0]), f"{name}_high": chance + widths[1] * (1.0 - chance)}
    return Bounds(**found)


def drawn(process: Process, bounds: Bounds, seed: int) -> Process:
    """The process with chances drawn within their bounds."""
    rng = np.random.default_rng([seed, 17])
    chances = {}
    for name in NAMES:
        low, high = getattr(bounds, f"{name}_low"), getattr(bounds, f"{name}_high")
        chances[name] = low + rng.random(low.shape) * (high - low)
    chances["turned_back"] = np.minimum(chances["turned_back"], 1.0 - chances["intercepted"])
    discovered = chances.pop("discovered")
    return dataclasses.replace(process, discovered=discovered, moves=dataclasses.replace(process.moves, **chances))


def with_other_ways_back(process: Process, seed: int) -> Process:
    """The process with some moves from which those turned back come elsewhere."""
    moves, rng = process.moves, np.random.default_rng([seed, 19])
    elsewhere = rng.integers(0, len(process.places), len(moves)).astype(np.int32)
    turned_to = np.where(rng.random(len(moves)) < 0.5, elsewhere, moves.source).astype(np.int32)
    return dataclasses.replace(process, moves=dataclasses.replace(moves, turned_to=turned_to))


class Adversary:
    """Every choice of the group against every corner of what nature may do, by plain recursion over states."""

    def __init__(self, process: Process, bounds: Bounds, grid: MoneyGrid) -> None:
        self.process, self.bounds, self.moves = process, bounds, process.moves
        self.price, self.demand = grid.price(self.moves.fee).tolist(), grid.price(self.moves.demand).tolist()
        self.stay = grid.price(process.stay_fee).tolist()
        self.known: dict[tuple[int, int, int, int], float] = {}

    def at_start(self, left: int) -> float:
        starts = enumerate(self.process.start_chance.tolist())
        return sum(float(chance) * self.value(0, self.process.start_place, c, left) for c, chance in starts)

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
            corners = (self.bounds.discovered_low[i, c], self.bounds.discovered_high[i, c])
            yield min((1.0 - float(r)) * self.ahead(t, 1, i, c, left - self.stay[i]) for r in corners)
        for m in np.flatnonzero(self.moves.source == i).tolist():
            if self.moves.open_level[m, c] and self.moves.open_slot[m, t] and left >= self.price[m]:
                yield self.departed(t, m, c, left - self.price[m])

    def departed(self, t: int, m: int, c: int, left: int) -> float:
        longer, here = int(self.moves.longer[m]), int(self.moves.back[m])
        refused = self.travelled(t, m, c, left, longer) if longer >= 0 else self.ahead(t, 1, here, c, left)
        paid = self.travelled(t, m, c, left - self.demand[m], 0) if left >= self.demand[m] else 0.0
        plain, answered = self.travelled(t, m, c, left, 0), max(paid, refused)
        corners = (float(self.bounds.asked_low[m, c]), float(self.bounds.asked_high[m, c]))
        return min((1.0 - asked) * plain + asked * answered for asked in corners)

    def travelled(self, t: int, m: int, c: int, left: int, extra: int) -> float:
        here, there = int(self.moves.back[m]), int(self.moves.target[m])
        lasts = durations_of(self.moves, m).items()
        back = sum(chance * self.ahead(t, slots + extra, here, c, left) for slots, chance in lasts)
        onward = sum(chance * self.ahead(t, slots + extra, there, c, left) for slots, chance in lasts)
        return min(u * back + (1.0 - p - u) * onward for p, u in self.corners(m, c))

    def corners(self, m: int, c: int) -> list[tuple[float, float]]:
        """Every corner of the chances of being caught and of being turned back that leave one another room."""
        b = self.bounds
        caught = [float(b.intercepted_low[m, c]), float(b.intercepted_high[m, c])]
        turned = [float(b.turned_back_low[m, c]), float(b.turned_back_high[m, c])]
        candidates = itertools.product(caught + [1.0 - u for u in turned], turned + [1.0 - p for p in caught])
        return [
            (p, u)
            for p, u in candidates
            if caught[0] <= p <= caught[1] and turned[0] <= u <= turned[1] and p + u <= 1.0 + 1e-15
        ]

    def ahead(self, t: int, slots: int, i: int, c: int, left: int) -> float:
        if t + slots > self.process.slots:
            return 0.0
        shares = enumerate(_levels_after(self.process, t, slots, c))
        return sum(share * self.value(t + slots, i, level, left) for level, share in shares)


@given(seeds)
@few
def test_bounds_without_width_leave_the_likeliest_arrival(seed: int) -> None:
    process = random_process(seed)
    policy, arrive = solve_cautious(process, around(process, 0.0, 0.0))
    assert arrive == pytest.approx(Solver(process).likeliest_arrival()[1], abs=EXACT)
    assert count(process, policy).arrive == pytest.approx(arrive, abs=EXACT)
    grid = random_grid(process, seed)
    policy, curve = solve_cautious(process, around(process, 0.0, 0.0), grid)
    assert curve == pytest.approx(Solver(process, grid).arrival_by_budget(), abs=EXACT)
    assert count(process, policy).arrive == pytest.approx(np.asarray(curve)[-1], abs=EXACT)


@pytest.mark.parametrize("seed", range(60))
def test_it_is_the_best_against_every_corner_that_nature_can_take(seed: int) -> None:
    process = random_process(seed)
    process = with_other_ways_back(process, seed) if seed % 2 else process
    bounds, grid = random_bounds(process, seed), random_grid(process, seed)
    policy, arrive = solve_cautious(process, bounds)
    assert policy.grid == NO_MONEY
    assert guaranteed(process, policy, bounds) == pytest.approx(arrive, abs=EXACT)
    assert arrive == pytest.approx(Adversary(process, bounds, NO_MONEY).at_start(0), abs=EXACT)
    adversary = Adversary(process, bounds, grid)
    _, curve = solve_cautious(process, bounds, grid)
    assert curve == pytest.approx([adversary.at_start(left) for left in range(grid.steps + 1)], abs=EXACT)


@given(seeds)
@few
def test_its_policy_is_sure_of_what_it_promises(seed: int) -> None:
    process = random_process(seed)
    bounds = random_bounds(process, seed)
    for grid in (NO_MONEY, random_grid(process, seed)):
        policy, arrive = solve_cautious(process, bounds, grid)
        sure = guaranteed(process, policy, bounds)
        assert sure == pytest.approx(np.atleast_1d(arrive)[-1], abs=EXACT)
        assert count(drawn(process, bounds, seed), policy).arrive >= sure - EXACT


@given(seeds)
@few
def test_no_other_policy_is_sure_of_more(seed: int) -> None:
    process = random_process(seed)
    bounds = random_bounds(process, seed)
    _, arrive = solve_cautious(process, bounds)
    likeliest, _ = Solver(process).likeliest_arrival()
    sure = guaranteed(process, likeliest, bounds)
    assert sure <= np.asarray(arrive) + EXACT
    assert count(drawn(process, bounds, seed), likeliest).arrive >= sure - EXACT


@given(seeds)
@few
def test_a_policy_without_doubt_is_sure_of_its_arrival(seed: int) -> None:
    process = random_process(seed)
    for grid in (NO_MONEY, random_grid(process, seed)):
        policy = Solver(process, grid).solve().policy
        sure = guaranteed(process, policy, around(process, 0.0, 0.0))
        assert sure == pytest.approx(count(process, policy).arrive, abs=EXACT)


@given(seeds)
@few
def test_more_doubt_never_promises_more(seed: int) -> None:
    process = random_process(seed)
    for grid in (NO_MONEY, random_grid(process, seed)):
        promised = [solve_cautious(process, around(process, w, w), grid)[1] for w in (0.0, 0.1, 0.3, 1.0)]
        assert (np.diff(np.array(promised), axis=0) <= EXACT).all()
    assert solve_cautious(process, around(process, 1.0, 1.0))[1] == float(process.destination[process.start_place])


def test_it_is_the_same_whether_the_joint_chain_is_written_down_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(15):
        process = random_process(seed)
        bounds = random_bounds(process, seed)
        for grid in (NO_MONEY, random_grid(process, seed)):
            found = []
            for most in (0, 10_000):
                for module in ("cautious", "abreast"):
                    monkeypatch.setattr(f"waystation.engine.journeys.{module}._MOST_DENSE_LEVELS", most)
                policy, arrive = solve_cautious(process, bounds, grid)
                found += [np.atleast_1d(arrive)[-1], guaranteed(process, policy, bounds)]
            assert found == pytest.approx(found[:1] * 4, abs=EXACT)


def one_ride(**bounds: float) -> tuple[Process, Bounds]:
    """Two slots, one leg of one slot that can be tried twice; every other chance is 0."""
    process = process_of([leg("ride", "origin", "goal", fee=3, intercepted=0.1, turned_back=0.2)], days=2)
    shape = process.moves.intercepted.shape
    table = {f"{name}_{end}": np.zeros(shape) for name in NAMES[:3] for end in ("low", "high")}
    table |= {f"discovered_{end}": np.zeros_like(process.discovered) for end in ("low", "high")}
    return process, Bounds(**table | {name: np.full(shape, value) for name, value in bounds.items()})


def test_worked_by_hand() -> None:
    process, bounds = one_ride(intercepted_low=0.05, intercepted_high=0.2, turned_back_low=0.1, turned_back_high=0.3)
    # The last slot: 1 - 0.2 - 0.3. Before it, being turned back is still worth 1/2: 0.5 + 0.3 * 0.5.
    assert solve_cautious(process, bounds)[1] == pytest.approx(0.65, abs=EXACT)
    # Three dollars pay one try, six two.
    _, curve = solve_cautious(process, bounds, MoneyGrid(300, 2))
    assert np.asarray(curve).tolist() == pytest.approx([0.0, 0.5, 0.65], abs=EXACT)


def test_interception_leaves_room_for_the_least_that_must_be_turned_back() -> None:
    process, bounds = one_ride(intercepted_low=0.5, intercepted_high=0.95, turned_back_low=0.2, turned_back_high=0.4)
    # At most 0.8 are caught, then 0.2 are turned back and nobody passes, at either try.
    assert solve_cautious(process, bounds)[1] == pytest.approx(0.0, abs=EXACT)
    process, bounds = one_ride(intercepted_low=0.5, intercepted_high=0.75, turned_back_low=0.2, turned_back_high=0.4)
    # Nobody passes at the second try: 0.25 are turned back. Nor at the first.
    assert solve_cautious(process, bounds)[1] == pytest.approx(0.0, abs=EXACT)
    process, bounds = one_ride(intercepted_low=0.5, intercepted_high=0.75, turned_back_low=0.1, turned_back_high=0.2)
    # The last slot 0.05; the first 0.05 + 0.2 * 0.05.
    assert solve_cautious(process, bounds)[1] == pytest.approx(0.06, abs=EXACT)


def test_of_equal_plans_leaving_beats_waiting_and_the_lower_fee_wins() -> None:
    legs = [
        leg("dear", "origin", "goal", fee=5),
        leg("fair", "origin", "goal", fee=2),
        leg("same", "origin", "goal", fee=2),
    ]
    process = process_of(legs, days=3)
    policy, arrive = solve_cautious(process, around(process, 0.0, 0.0))
    assert arrive == 1.0
    assert policy.actions[0, process.start_place, 0, 0] == 2 + 2 * 1


@pytest.mark.parametrize(
    ("may_wait", "may_stop", "action"), [(True, True, 0), (False, True, 0), (True, False, 1), (False, False, 2)]
)
@pytest.mark.parametrize("grid", [NO_MONEY, MoneyGrid(100, 3)], ids=["free", "money"])
def test_what_is_sure_of_nothing_is_begun_only_where_nothing_else_is_left(
    may_wait: bool, may_stop: bool, action: int, grid: MoneyGrid
) -> None:
    process = process_of([leg("long", "origin", "goal", days=2, intercepted=0.5)], days=3)
    process.may_wait[process.start_place], process.may_stop[process.start_place] = may_wait, may_stop
    certain = dataclasses.replace(around(process, 0.0, 0.0), intercepted_high=np.ones_like(process.moves.intercepted))
    policy, arrive = solve_cautious(process, certain, grid)
    assert np.asarray(arrive).max() == 0.0
    assert policy.actions[0, process.start_place, 0, -1] == action


def test_bounds_that_cannot_be_are_refused() -> None:
    process, bounds = one_ride()
    ones = np.ones_like(bounds.asked_low)
    with pytest.raises(UnusableModelError, match="asked"):
        solve_cautious(process, dataclasses.replace(bounds, asked_low=ones))
    with pytest.raises(UnusableModelError, match="turned_back"):
        solve_cautious(process, dataclasses.replace(bounds, turned_back_high=1.1 * ones))
    with pytest.raises(UnusableModelError, match="discovered"):
        guaranteed(process, Solver(process).solve().policy, dataclasses.replace(bounds, discovered_low=ones[:0]))
    both = dataclasses.replace(
        bounds, intercepted_low=0.6 * ones, intercepted_high=ones, turned_back_low=0.5 * ones, turned_back_high=ones
    )
    with pytest.raises(UnusableModelError, match="ride"):
        solve_cautious(process, both)
    process.moves.open_level[:] = False
    assert solve_cautious(process, both)[1] == 0.0


def test_a_policy_for_another_process_is_refused() -> None:
    process, bounds = one_ride()
    other = Solver(random_process(1)).solve().policy
    with pytest.raises(PolicyMismatchError):
        guaranteed(process, other, bounds)


def test_an_action_that_cannot_be_taken_is_sure_of_nothing() -> None:
    process, bounds = one_ride()
    ride = np.full((process.slots, len(process.places), process.joint_levels, 3), 2, dtype=np.int16)
    assert guaranteed(process, Policy(ride, MoneyGrid(300, 2)), bounds) == 1.0
    assert guaranteed(process, Policy(ride, MoneyGrid(100, 2)), bounds) == 0.0
    assert guaranteed(process, Policy(ride + 2, MoneyGrid(300, 2)), bounds) == 0.0
    process.moves.open_level[:] = False
    assert guaranteed(process, Policy(ride, MoneyGrid(300, 2)), bounds) == 0.0
