import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes import few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.balanced import balanced
from waystation.engine.journeys.candidate import Candidate, confirm
from waystation.engine.journeys.frontier import frontier, knee
from waystation.engine.journeys.process import MoneyGrid
from waystation.engine.journeys.solve import Solver


def safest(solver: Solver) -> Candidate:
    return confirm(solver, solver.solve())


def test_it_is_the_way_that_gives_up_little_for_much() -> None:
    # A little arrival for half the price is worth it, much more of it for a little less is not.
    legs = [
        leg("dear", "origin", "goal", fee=1000, intercepted=0.10),
        leg("middle", "origin", "goal", fee=300, intercepted=0.12),
        leg("cheap", "origin", "goal", fee=250, intercepted=0.20),
    ]
    solver = Solver(process_of(legs, days=1))
    found = balanced(solver, [safest(solver)], 0.5)
    assert found.evaluation.arrive == pytest.approx(0.88)
    assert found.evaluation.cost_max == 30_000
    assert balanced(solver, [safest(solver)], 0.89).evaluation.arrive == pytest.approx(0.9)


@given(seeds, st.sampled_from([0.7, 0.95, 1.0]))
@few
def test_it_is_the_knee_of_the_frontier_and_arrives_often_enough(seed: int, give: float) -> None:
    solver = Solver(random_process(seed))
    best = safest(solver)
    least = give * best.evaluation.arrive
    found = balanced(solver, [best], least)
    assert found.evaluation.arrive >= least - 1e-12
    assert found.difference <= 1e-9
    vertices = frontier(solver.process, tolerance=1e-2, most=24)
    assert found.evaluation.arrive == pytest.approx(vertices[knee(vertices, least - 1e-12)].arrive, abs=1e-12)


@given(seeds)
@few
def test_with_money_or_a_cap_on_harm_it_keeps_both(seed: int) -> None:
    process = random_process(seed)
    grid = random_grid(process, seed)
    solver = Solver(process, grid)
    best = safest(solver)
    found = balanced(solver, [best], 0.9 * best.evaluation.arrive, best.evaluation.harm)
    assert found.evaluation.cost_max <= grid.step * grid.steps
    assert found.evaluation.harm <= best.evaluation.harm + 1e-12
    assert found.evaluation.arrive >= 0.9 * best.evaluation.arrive - 1e-12


def test_with_money_it_weighs_as_the_knee_does_without() -> None:
    # Days bought with risk; the money is enough for all but the way that is both quick and safe.
    legs = [
        leg("slow", "origin", "goal", days=10, intercepted=0.10),
        leg("middle", "origin", "goal", days=4, intercepted=0.12),
        leg("fast", "origin", "goal", days=3, intercepted=0.30),
        leg("dear", "origin", "goal", days=3, intercepted=0.10, fee=9),
    ]
    solver = Solver(process_of(legs, days=10), MoneyGrid(100, 5))
    found = balanced(solver, [safest(solver)], 0.5)
    assert found.evaluation.days_expected == 4.0
    assert balanced(solver, [safest(solver)], 0.89).evaluation.days_expected == 10.0
