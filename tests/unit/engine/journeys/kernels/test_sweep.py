import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes import best_arrival, count, few, random_process, seeds
from tests.unit.engine.processes_by_hand import all_matter, plenty, process_of, with_fees
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.kernels.sweep import is_better
from waystation.engine.journeys.process import MoneyGrid
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Company

WORTHS = st.sampled_from([Worth(), Worth(harm=-0.5), Worth(arrive=9.0, slot=-1.0), Worth(arrive=0.0, harm=-1.0)])
HALF_DOLLAR = 50


def better(new: list[float], old: list[float], shift: float = 0.0) -> bool:
    return bool(is_better(np.array(new)[:, None], np.array(old)[:, None], 0, shift))


@pytest.mark.parametrize("component", range(5))
def test_a_component_decides_only_where_all_before_it_are_alike(component: int) -> None:
    old = [0.5, 0.5, 0.5, 20.0, 3.0]
    for by in (1e-3, -1e-3):
        new = old.copy()
        new[component] += by
        wins = by > 0.0 if component < 2 else by < 0.0
        assert better(new, old) is wins
        # What comes after decides nothing.
        worse = [value + (-9.0 if k < 2 else 9.0) if k > component else value for k, value in enumerate(new)]
        assert better(worse, old) is wins


@pytest.mark.parametrize("component", range(5))
def test_what_is_within_rounding_decides_nothing(component: int) -> None:
    old = [0.5, 0.5, 0.5, 1e6, 3.0]
    for by in (1e-13, -1e-13):
        new = old.copy()
        new[component] += by * max(1.0, old[component])
        assert not better(new, old)
        assert not better(old, new)


def test_what_was_spent_before_counts_for_each_arrival() -> None:
    # A score of 1 more and half an arrival less; what was spent takes 4 from each arrival.
    assert better([1.0, 1.0], [2.0, 0.5]) is False
    assert better([1.0, 1.0], [2.0, 0.5], shift=4.0) is True
    assert better([2.0, 0.5], [1.0, 1.0], shift=-4.0) is True


def test_company_may_be_cheaper_than_going_alone() -> None:
    process = process_of([leg("ride", "origin", "goal", fee=4, intercepted=0.2, company=Company(0.25, 0.5))], days=1)
    curve = Solver(process, MoneyGrid(100, 6)).arrival_by_budget()
    assert curve.tolist() == pytest.approx([0.0, 0.0] + [16 / 17] * 5)
    assert [Solver(process, MoneyGrid(100, steps)).solve().arrive for steps in range(7)] == pytest.approx(
        curve.tolist()
    )


@given(seeds, WORTHS)
@few
def test_with_money_enough_it_is_the_sweep_without_money(seed: int, worth: Worth) -> None:
    process = with_fees(random_process(seed), HALF_DOLLAR)
    free, paid = Solver(process).solve(worth), Solver(process, plenty(process, HALF_DOLLAR)).solve(worth)
    assert [paid.score, paid.arrive, paid.harm] == pytest.approx([free.score, free.arrive, free.harm], abs=1e-11)
    without, with_money = count(process, free.policy), count(process, paid.policy)
    assert with_money.cost_arriving == pytest.approx(without.cost_arriving, abs=1e-8)


@given(seeds, WORTHS)
@few
def test_where_everything_is_free_money_changes_nothing(seed: int, worth: Worth) -> None:
    process = with_fees(random_process(seed), 0)
    free, paid = Solver(process).solve(worth), Solver(process, MoneyGrid(1, 2)).solve(worth)
    assert [paid.score, paid.arrive, paid.harm] == pytest.approx([free.score, free.arrive, free.harm], abs=1e-11)


@given(seeds)
@few
def test_every_component_is_what_the_policy_leads_to(seed: int) -> None:
    process = random_process(seed)
    solver = Solver(process, MoneyGrid(1, 7))
    solution = solver.solve()
    found = count(process, solution.policy)
    assert [solution.arrive, solution.harm] == pytest.approx([found.arrive, found.harm], abs=1e-12)
    assert solution.score == solution.arrive


@given(seeds)
@few
def test_levels_told_apart_everywhere_give_the_same(seed: int) -> None:
    process = random_process(seed)
    solver = Solver(process, MoneyGrid(2, 4))
    merged = solver.solve()
    solver.arrays = all_matter(solver.arrays)
    apart = solver.solve()
    assert [merged.arrive, merged.harm] == pytest.approx([apart.arrive, apart.harm], abs=1e-11)
    assert merged.arrive == pytest.approx(best_arrival(process, solver.grid), abs=1e-12)
