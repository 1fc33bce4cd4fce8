import dataclasses
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracle.small_journeys import START, leg, network, place
from tests.unit.engine.processes import best_arrival, durations_of, few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from tests.unit.engine.regions_by_hand import two_regions
from waystation.engine.journeys import effort
from waystation.engine.journeys.effort import walk_hours_by_move, with_effort_cap, within_effort
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.plan import ActionKind
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.stages import stages
from waystation.engine.model import DateRange, Leg

caps = st.sampled_from([0.0, 0.5, 1.0, 2.5, 4.0, 7.0])
Hours = NDArray[np.float64]


def random_hours(process: Process, seed: int) -> Hours:
    """Return hours on foot, the same for a leg alone and in company; a third of the legs are not walked."""
    rng = np.random.default_rng([seed, 13])
    by_leg = {name: float(rng.choice([0.0, 0.5, 1.0, 1.5])) for name in dict.fromkeys(process.moves.leg)}
    return np.array([by_leg[name] for name in process.moves.leg])


class Unfolded:
    """The best arrival within a cap, state by state, the hours left carried along as they are."""

    def __init__(self, process: Process, hours: Hours, grid: MoneyGrid) -> None:
        self.process, self.moves, self.hours = process, process.moves, hours
        self.fee, self.demand = grid.price(self.moves.fee), grid.price(self.moves.demand)
        self.stay = grid.price(process.stay_fee)
        self.known: dict[tuple[int, int, int, int, float], float] = {}

    def value(self, t: int, i: int, c: int, left: int, able: float) -> float:
        if self.process.destination[i]:
            return 1.0
        if t >= self.process.slots:
            return 0.0
        state = (t, i, c, left, able)
        if state not in self.known:
            best = 0.0
            if self.process.may_wait[i] and left >= self.stay[i]:
                seen = float(self.process.discovered[i, c])
                best = (1.0 - seen) * self.later(t, 1, i, c, left - int(self.stay[i]), able)
            for m in np.flatnonzero(self.moves.source == i).tolist():
                is_open = self.moves.open_level[m, c] and self.moves.open_slot[m, t]
                if is_open and left >= self.fee[m] and able >= self.hours[m]:
                    best = max(best, self.departed(t, m, c, left - int(self.fee[m]), able - float(self.hours[m])))
            self.known[state] = best
        return self.known[state]

    def later(self, t: int, slots: int, i: int, c: int, left: int, able: float) -> float:
        if t + slots > self.process.slots:
            return 0.0
        row = np.eye(self.process.joint_levels)[c]
        for slot in range(t, t + slots):
            row = row @ self.process.joint_step(slot)
        return sum(float(share) * self.value(t + slots, i, d, left, able) for d, share in enumerate(row.tolist()))

    def departed(self, t: int, m: int, c: int, left: int, able: float) -> float:
        q, longer, demand = float(self.moves.asked[m, c]), int(self.moves.longer[m]), int(self.demand[m])
        source = int(self.moves.source[m])
        refused = self.travelled(t, m, c, left, able, longer)
        if longer < 0:
            refused = self.later(t, 1, source, c, left, able)
        paid = self.travelled(t, m, c, left - demand, able, 0) if left >= demand else 0.0
        return (1.0 - q) * self.travelled(t, m, c, left, able, 0) + q * max(paid, refused)

    def travelled(self, t: int, m: int, c: int, left: int, able: float, extra: int) -> float:
        caught, turned = float(self.moves.intercepted[m, c]), float(self.moves.turned_back[m, c])
        ends = ((int(self.moves.source[m]), turned), (int(self.moves.target[m]), 1.0 - caught - turned))
        return sum(
            chance * share * self.later(t, slots + max(extra, 0), there, c, left, able)
            for slots, chance in durations_of(self.moves, m).items()
            for there, share in ends
        )

    def best(self, steps: int, cap: float) -> float:
        starts = enumerate(self.process.start_chance.tolist())
        return sum(float(p) * self.value(0, self.process.start_place, c, steps, cap) for c, p in starts)


def most_walked(process: Process, hours_by_leg: dict[str, float]) -> float:
    """Return the most hours walked on any branch of the safest plan: counted as if they were money."""
    minutes = np.array([round(hours_by_leg[name] * 60) for name in process.moves.leg], dtype=np.int64)
    policy = Solver(process).solve().policy
    moves = dataclasses.replace(process.moves, fee=minutes, demand=np.zeros_like(minutes))
    walked = dataclasses.replace(process, moves=moves, stay_fee=np.zeros_like(process.stay_fee))
    return follow(walked, policy).evaluation.cost_max / 60


@given(seeds, caps)
@few
def test_every_sweep_finds_the_best_within_the_cap(seed: int, cap: float) -> None:
    process = random_process(seed)
    hours = random_hours(process, seed)
    capped = with_effort_cap(process, hours, cap)
    wanted = Unfolded(process, hours, NO_MONEY).best(0, cap)
    solver = Solver(capped)
    solution = solver.solve()
    assert solution.arrive == pytest.approx(wanted, abs=1e-9)
    assert solver.likeliest_arrival()[1] == pytest.approx(wanted, abs=1e-9)
    assert best_arrival(capped) == pytest.approx(wanted, abs=1e-9)
    found = follow(capped, solution.policy).evaluation
    assert found.arrive == pytest.approx(wanted, abs=1e-9)
    assert found.arrive + found.harm + found.neither == pytest.approx(1.0, abs=1e-12)


@given(seeds, caps)
@few
def test_money_and_hours_are_capped_at_once(seed: int, cap: float) -> None:
    process = random_process(seed)
    grid, hours = random_grid(process, seed), random_hours(process, seed)
    capped = with_effort_cap(process, hours, cap)
    solver = Solver(capped, grid)
    wanted = Unfolded(process, hours, grid).best(grid.steps, cap)
    solution = solver.solve()
    assert solution.arrive == pytest.approx(wanted, abs=1e-9)
    assert solver.arrival_by_budget()[-1] == pytest.approx(wanted, abs=1e-9)
    found = follow(capped, solution.policy).evaluation
    assert found.arrive == pytest.approx(wanted, abs=1e-9)
    assert grid.step == 0 or found.cost_max <= grid.step * grid.steps


@given(seeds, caps)
@few
def test_no_branch_passes_the_cap_even_when_hours_are_rounded(seed: int, cap: float) -> None:
    process = random_process(seed)
    hours = random_hours(process, seed) * 1.15
    by_leg = dict(zip(process.moves.leg, hours.tolist(), strict=True))
    exact = with_effort_cap(process, hours, cap)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(effort, "MOST_STEPS", 5)
        rough = with_effort_cap(process, hours, cap)
    for capped in (exact, rough):
        assert most_walked(capped, by_leg) <= cap + 1e-9
    assert len(rough.places) <= len(process.places) * 6
    assert best_arrival(rough) <= best_arrival(exact) + 1e-12


@given(seeds)
@few
def test_more_hours_never_hurt_and_enough_change_nothing(seed: int) -> None:
    process = random_process(seed)
    hours = random_hours(process, seed)
    values = [best_arrival(with_effort_cap(process, hours, cap)) for cap in (0.0, 0.5, 1.5, 3.0, 100.0)]
    assert all(less <= more + 1e-12 for less, more in pairwise(values))
    assert with_effort_cap(process, hours, 100.0) is process
    assert values[-1] == pytest.approx(best_arrival(process), abs=1e-12)


def on_foot(chance_back: float = 0.5) -> Leg:
    return leg("foot", "origin", "goal", walk_hours=4.0, turned_back=chance_back)


@pytest.mark.parametrize(
    ("cap", "arrive"), [(0.0, 0.0), (3.9, 0.0), (4.0, 0.5), (7.99, 0.5), (8.0, 0.75), (12.0, 0.875), (20.0, 0.96875)]
)
def test_who_is_turned_back_has_walked(cap: float, arrive: float) -> None:
    """Each attempt takes four hours and half of them are turned back: arrival is 1 - 0.5^attempts."""
    process = process_of([on_foot()], days=5)
    capped = with_effort_cap(process, np.array([4.0]), cap)
    assert Solver(capped).solve().arrive == pytest.approx(arrive)


def test_a_turn_back_that_cannot_happen_costs_no_copies() -> None:
    process = process_of([on_foot(0.0)], days=5)
    assert with_effort_cap(process, np.array([4.0]), 4.0) is process


def test_who_refuses_a_demand_and_is_led_back_has_walked() -> None:
    process = process_of([on_foot(0.0)], days=5)
    moves = dataclasses.replace(process.moves, asked=np.full((1, 1), 0.5), demand=np.array([100]))
    asked = dataclasses.replace(process, moves=moves)
    poor = MoneyGrid(1, 1)
    assert Solver(asked, poor).solve().arrive == pytest.approx(1 - 0.5**5)
    for cap, attempts in ((4.0, 1), (11.0, 2), (12.0, 3)):
        capped = with_effort_cap(asked, np.array([4.0]), cap)
        assert Solver(capped, poor).solve().arrive == pytest.approx(1 - 0.5**attempts)


def test_who_waits_first_has_the_same_hours_to_walk() -> None:
    later = leg("foot", "origin", "goal", walk_hours=4.0, runs_on=(DateRange(START + timedelta(days=1), None),))
    legs = [later]
    process = process_of(legs, days=2)
    assert best_arrival(within_effort(network(legs), process, 3.9)) == 0.0
    assert best_arrival(within_effort(network(legs), process, 4.0)) == 1.0
    assert within_effort(network(legs), process, None) is process


def test_what_was_walked_is_remembered_on_the_rides_between() -> None:
    legs = [
        leg("first", "origin", "a", walk_hours=4.0),
        leg("car", "a", "b"),
        leg("bus", "b", "c"),
        leg("last", "c", "goal", walk_hours=4.0),
    ]
    process = process_of(legs, days=4)
    for cap, arrive in ((4.0, 0.0), (7.9, 0.0), (8.0, 1.0)):
        assert best_arrival(within_effort(network(legs), process, cap)) == arrive


def test_the_step_is_the_one_that_rounding_loses_least_with() -> None:
    # Of 100 to 199 minutes: 100 loses 39 minutes of a leg of 61, 3 of one of 97 and nothing of the cap; more lose more.
    assert effort._step(np.array([61, 97]), 6000, 60) == 100
    assert effort._step(np.array([60, 90, 0]), 1800, 60) == 30


def test_copies_keep_the_name_of_their_place_and_stop_where_hours_matter_no_more() -> None:
    legs = [
        leg("foot", "origin", "mid", walk_hours=4.0, turned_back=0.5),
        leg("car", "mid", "goal", turned_back=0.1),
    ]
    process = process_of(legs, days=5)
    capped = with_effort_cap(process, np.array([4.0, 0.0]), 8.0)
    assert capped.places == ("origin", "origin", "origin", "mid", "goal")
    assert capped.moves.leg == ("foot", "foot", "car")
    assert capped.moves.back.tolist() == [1, 2, 3]


def test_hours_are_read_from_the_legs() -> None:
    legs = [leg("car", "origin", "goal"), leg("foot", "origin", "goal", walk_hours=9.5)]
    process = process_of(legs)
    assert dict(zip(process.moves.leg, walk_hours_by_move(network(legs), process), strict=True)) == {
        "car": 0.0,
        "foot": 9.5,
    }


def test_many_moves_mean_fewer_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    process = process_of([on_foot()], days=50)
    assert len(with_effort_cap(process, np.array([4.0]), 160.0).places) == 41 + 1
    monkeypatch.setattr(effort, "_MOST_MOVES", 20)
    assert len(with_effort_cap(process, np.array([4.0]), 160.0).moves) <= 20


def test_a_place_is_described_once_and_says_when_hours_decide() -> None:
    """Who was turned back once has no hours left for the safe path from mid and takes the car, others wait a day for it."""
    path = dataclasses.replace(
        leg("path", "mid", "goal", walk_hours=4.0), runs_on=(DateRange(START + timedelta(days=2), None),)
    )
    legs = [
        leg("foot", "origin", "mid", walk_hours=4.0, turned_back=0.5),
        path,
        leg("car", "mid", "goal", intercepted=0.5),
    ]
    process = process_of(legs, days=4, places=[place("mid", may_stop=False)])
    hours = walk_hours_by_move(network(legs), process)
    capped = with_effort_cap(process, hours, 8.0)
    solution = Solver(capped).solve()
    assert solution.arrive == pytest.approx(0.5 + 0.25 * 0.5)
    found = {stage.place: stage for stage in stages(capped, follow(capped, solution.policy))}
    assert set(found) == {"origin", "mid", "goal"}
    assert all(stage.on_main_line for stage in found.values())
    assert found["mid"].reach == pytest.approx(0.75)
    by_action = {each.leg or each.action: each for each in found["mid"].decisions}
    assert by_action["path"].depends_on_effort
    assert not by_action["path"].depends_on_money
    assert not by_action[ActionKind.WAIT].depends_on_effort
    assert [each.leg for each in found["origin"].decisions] == ["foot"]


@pytest.mark.parametrize("most_exact_levels", [1, 12])
def test_what_is_known_at_a_place_is_known_at_its_copies(most_exact_levels: int) -> None:
    process = two_regions(9, most_exact_levels=most_exact_levels)
    hours = np.array([3.0, 2.0, 1.0, 1.0])  # up, down, over and back again
    assert with_effort_cap(process, hours, 1000.0) is process
    free, within, too_few = (with_effort_cap(process, hours, cap) for cap in (200.0, 9.0, 5.0))
    arrivals = []
    for capped in (free, within, too_few):
        if capped.memory is not None and process.memory is not None:
            homes = [process.places.index(name) for name in capped.places]
            assert capped.memory.known.tolist() == process.memory.known[homes].tolist()
        for grid in (NO_MONEY, MoneyGrid(100, 3)):
            solver = Solver(capped, grid)
            solution = solver.solve()
            assert follow(capped, solution.policy, solver.arrays).evaluation.arrive == pytest.approx(solution.arrive)
        arrivals.append(solution.arrive)
    assert arrivals[0] == pytest.approx(Solver(process).solve().arrive, abs=1e-12)
    assert arrivals[0] > arrivals[1] > arrivals[2] == 0.0
