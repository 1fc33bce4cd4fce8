"""Two hundred random networks, one question, three programs: the planner, the reference recursion and Storm."""

from functools import cache

import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid
from waystation.engine.journeys.solve import Solver

from . import reference
from .random_networks import Case, random_case
from .reference_solve import Outcome, Unfolded, best_arrival, evaluate, lexicographic, to_drn
from .storm import Storm

SEEDS = range(220)
EXACT = 1e-9


def grid_for(case: Case, seed: int) -> MoneyGrid:
    """Return a coarse or a fine money grid, so that rounding up to steps is tried too."""
    steps = 12 if seed % 2 else 30
    return MoneyGrid(step=-(-case.budget.minor // steps), steps=steps)


@cache
def unfolded_case(seed: int, grid: MoneyGrid) -> Unfolded:
    case = random_case(seed)
    money = None if grid == NO_MONEY else reference.Money(grid.step, grid.steps)
    return reference.unfold(reference.Journey(case.network, case.group, case.start, case.days, money))


def both_grids(seed: int) -> tuple[MoneyGrid, MoneyGrid]:
    return NO_MONEY, grid_for(random_case(seed), seed)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", SEEDS)
def test_storm_agrees_with_the_reference(seed: int, storm: Storm) -> None:
    for grid in both_grids(seed):
        unfolded = unfolded_case(seed, grid)
        assert storm.ask(to_drn(unfolded)) == [pytest.approx(best_arrival(unfolded), abs=EXACT)]


@pytest.mark.oracle
@pytest.mark.parametrize("seed", SEEDS)
def test_the_planner_agrees_with_the_reference(seed: int) -> None:
    case = random_case(seed)
    process = build(case.network, case.group, case.start, case.days).process
    for grid in both_grids(seed):
        expected, policy = lexicographic(unfolded_case(seed, grid))
        assert_same(evaluate(unfolded_case(seed, grid), policy), expected)
        solution = Solver(process, grid).solve()
        assert solution.arrive == pytest.approx(expected.arrive, abs=EXACT)
        assert solution.harm == pytest.approx(expected.harm, abs=EXACT)
        found = follow(process, solution.policy).evaluation
        assert found.arrive == pytest.approx(expected.arrive, abs=EXACT)
        assert found.harm == pytest.approx(expected.harm, abs=EXACT)
        assert found.neither == pytest.approx(1.0 - expected.arrive - expected.harm, abs=EXACT)
        if expected.arrive > 1e-6:
            assert found.cost_expected_arrived == pytest.approx(expected.cost_of_arrivals, rel=EXACT)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", SEEDS)
def test_the_whole_curve_of_arrival_against_budget_agrees(seed: int) -> None:
    case = random_case(seed)
    process = build(case.network, case.group, case.start, case.days).process
    grid = grid_for(case, seed)
    curve = Solver(process, grid).arrival_by_budget()
    assert len(curve) == grid.steps + 1
    for steps in {grid.steps, grid.steps // 2, grid.steps // 4}:
        money = reference.Money(grid.step, steps)
        unfolded = reference.unfold(reference.Journey(case.network, case.group, case.start, case.days, money))
        assert curve[steps] == pytest.approx(best_arrival(unfolded), abs=EXACT)


def assert_same(found: Outcome, expected: Outcome) -> None:
    """The reference's forward pass confirms its own recursion."""
    assert found.arrive == pytest.approx(expected.arrive, abs=1e-12)
    assert found.harm == pytest.approx(expected.harm, abs=1e-12)
    assert found.cost_if_arrived == pytest.approx(expected.cost_if_arrived, abs=1e-7)
    assert found.cost == pytest.approx(expected.cost, abs=1e-7)
