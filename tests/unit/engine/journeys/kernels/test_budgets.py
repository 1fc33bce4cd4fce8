import dataclasses

import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import START, dollars, leg, place
from tests.unit.engine.processes import best_arrival, count, few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import MoneyGrid
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import (
    Chain,
    Condition,
    Days,
    Demand,
    LevelFactor,
    LevelRef,
    Observation,
    PlaceKind,
    Refusal,
)
from waystation.engine.model.belief import Belief

EXACT = 1e-12


@given(seeds)
@few
def test_the_policy_attains_the_curve_with_every_amount_of_money(seed: int) -> None:
    process = random_process(seed)
    grid = random_grid(process, seed)
    policy, curve = Solver(process, grid).likeliest_by_budget()
    for steps in range(grid.steps + 1):
        with_less = Policy(policy.actions[..., : steps + 1], MoneyGrid(grid.step, steps))
        assert count(process, with_less).arrive == pytest.approx(best_arrival(process, with_less.grid), abs=EXACT)
        assert curve[steps] == pytest.approx(best_arrival(process, with_less.grid), abs=EXACT)


@given(seeds)
@few
def test_the_sweep_that_breaks_ties_finds_the_same(seed: int) -> None:
    process = random_process(seed)
    solver = Solver(process, random_grid(process, seed))
    _, first = solver._sweep(Worth(), 1, np.zeros((1, 1, 1, solver.grid.steps + 1)))
    slowly = np.maximum.accumulate(solver._at_start(first)[0])
    assert solver.arrival_by_budget() == pytest.approx(slowly, abs=EXACT)
    assert solver.likeliest_by_budget()[1] == pytest.approx(slowly, abs=EXACT)


def test_it_is_the_same_whether_the_joint_chain_is_written_down_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(25):
        process = random_process(seed)
        grid = random_grid(process, seed)
        curves = []
        for most in (0, 10_000):
            monkeypatch.setattr("waystation.engine.journeys.solve._MOST_DENSE_LEVELS", most)
            policy, curve = Solver(process, grid).likeliest_by_budget()
            assert count(process, policy).arrive == pytest.approx(curve[-1], abs=EXACT)
            curves.append(curve)
        assert curves[0] == pytest.approx(curves[1], abs=EXACT)


def test_a_start_elsewhere_than_at_the_first_place_is_kept() -> None:
    process = process_of([leg("out", "origin", "house", fee=1), leg("home", "house", "goal", fee=2)])
    house = process.places.index("house")
    object.__setattr__(process, "start_place", house)
    assert Solver(process, MoneyGrid(100, 3)).arrival_by_budget().tolist() == [0.0, 0.0, 1.0, 1.0]


def test_money_that_can_lead_nowhere_any_more_is_not_spent() -> None:
    process = process_of([leg("out", "origin", "house", fee=1), leg("home", "house", "goal", fee=2)], days=2)
    policy, curve = Solver(process, MoneyGrid(100, 3)).likeliest_by_budget()
    origin, house = (process.places.index(name) for name in ("origin", "house"))
    assert curve.tolist() == [0.0, 0.0, 0.0, 1.0]
    assert policy.actions[0, origin, 0].tolist() == [0, 0, 0, 2]
    assert policy.actions[1, house, 0].tolist()[:3] == [0, 0, 4]


def test_a_demand_is_paid_only_with_money_left_to_go_on() -> None:
    # The guide may ask for two more on the first leg. Whoever refuses is back a day later; whoever pays needs one to go on.
    demand = Demand(Belief(0.5), dollars(2), dollars(0), Refusal())
    legs = [leg("out", "origin", "house", fee=1, demand=demand), leg("home", "house", "goal", fee=1)]
    process = process_of(legs, days=3)
    policy, curve = Solver(process, MoneyGrid(100, 6)).likeliest_by_budget()
    # Two legs in three days leave one day to be asked a second time: 1/2, with money 1 + 1 + 1; paying takes 1 + 2 + 1.
    assert curve.tolist() == pytest.approx([0.0, 0.0, 0.5, 0.75, 1.0, 1.0, 1.0])
    assert policy.actions[0, 0, 0, 3] == 2
    assert policy.actions[1, 0, 0].tolist() == [0, 0, 2, 2, 3, 3, 3]


@pytest.mark.parametrize("longest", [2.0, 3.0, 4.0, 5.0])
@pytest.mark.parametrize("turned_back", [0.0, 0.25])
def test_a_leg_of_up_to_five_durations(longest: float, turned_back: float) -> None:
    slow = leg("slow", "origin", "x", fee=1, intercepted=0.1, turned_back=turned_back)
    legs = [dataclasses.replace(slow, days=Days(0.5, 1.5, longest)), leg("on", "x", "goal", fee=1)]
    process = process_of(legs, days=7)
    curve = Solver(process, MoneyGrid(100, 4)).arrival_by_budget()
    expected = [best_arrival(process, MoneyGrid(100, steps)) for steps in range(5)]
    assert curve == pytest.approx(expected, abs=EXACT)
    assert expected[-1] > 0.5


def test_to_be_turned_back_for_certain_can_be_a_way_to_wait() -> None:
    later = frozenset({(START.weekday() + 1) % 7})
    legs = [leg("try", "origin", "goal", fee=1, turned_back=1.0), leg("on", "origin", "goal", fee=1, weekdays=later)]
    process = process_of(legs, days=2, places=[place("origin", PlaceKind.ORIGIN, may_wait=False)])
    assert Solver(process, MoneyGrid(100, 2)).arrival_by_budget().tolist() == [0.0, 0.0, 1.0]


def test_a_way_that_comes_to_its_places_against_their_order_is_no_hopeless_one() -> None:
    legs = [leg("dear", "origin", "a", fee=90), leg("cheap", "origin", "b", fee=1)]
    legs += [leg("over", "b", "a", fee=1), leg("on", "a", "goal", fee=1, intercepted=0.25)]
    process = process_of(legs, days=4)
    assert process.places.index("a") < process.places.index("b")
    assert Solver(process, MoneyGrid(100, 4)).arrival_by_budget().tolist() == [0.0, 0.0, 0.0, 0.75, 0.75]


def test_twelve_joint_levels() -> None:
    named = {"a": 2, "b": 3, "c": 2}
    conditions = [
        Condition(name, tuple(f"{name}{k}" for k in range(size)), (Chain.persistent(size, 0.4 + 0.1 * size),))
        for name, size in named.items()
    ]
    factors = tuple(LevelFactor(LevelRef(name, f"{name}0"), 3.0) for name in named)
    seen = [Observation(name, START, f"{name}1", confidence=0.6) for name in named]
    legs = [leg("on", "origin", "x", fee=1), leg("over", "x", "goal", intercepted=0.2, intercepted_factors=factors)]
    process = process_of(legs, days=4, conditions=conditions, seen=seen)
    assert process.joint_levels == 12
    curve = Solver(process, MoneyGrid(100, 1)).arrival_by_budget()
    assert curve == pytest.approx([0.0, best_arrival(process, MoneyGrid(100, 1))], abs=EXACT)
