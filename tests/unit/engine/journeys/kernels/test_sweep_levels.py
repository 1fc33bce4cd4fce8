import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.processes import best_arrival, count, few, random_process, seeds
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.solve import Solver


@given(seeds)
@few
def test_the_safest_is_the_likeliest_arrival_and_its_promise_is_kept(seed: int) -> None:
    process = random_process(seed)
    solution = Solver(process).solve()
    found = count(process, solution.policy)
    assert solution.arrive == pytest.approx(best_arrival(process), abs=1e-12)
    assert [solution.arrive, solution.harm] == pytest.approx([found.arrive, found.harm], abs=1e-12)


@given(seeds, st.floats(0.0, 2.0), st.floats(0.0, 0.2))
@few
def test_any_worth_is_earned_by_the_policy(seed: int, harm: float, slot: float) -> None:
    process = random_process(seed)
    solution = Solver(process).solve(Worth(arrive=1.0, slot=-slot, harm=-harm))
    found = follow(process, solution.policy).evaluation
    by_slot = np.diff(found.arrive_by_slot, prepend=0.0)
    earned = found.arrive - slot * float(np.arange(len(by_slot)) @ by_slot) - harm * found.harm
    assert solution.score == pytest.approx(earned, abs=1e-12)


@given(seeds, st.floats(0.01, 1.0))
@few
def test_the_worth_of_money_is_earned_by_the_policy(seed: int, cost: float) -> None:
    process = random_process(seed)
    nothing = np.zeros((1, 1, 1, 1))
    solution = Solver(process).solve(Worth(arrive=2.0, cost=cost), nothing)
    found = count(process, solution.policy)
    assert solution.score == pytest.approx(2.0 * found.arrive - cost * found.cost_arriving, abs=1e-11)


@given(seeds)
@few
def test_fewer_components_give_the_same_arrival(seed: int) -> None:
    solver = Solver(random_process(seed))
    arrivals = [solver.solve(components=components).arrive for components in (2, 3, 4, 5)]
    assert arrivals == pytest.approx([arrivals[0]] * 4, abs=1e-12)
