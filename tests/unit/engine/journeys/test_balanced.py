import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes import few, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.balanced import balance, vertex_of
from waystation.engine.journeys.candidate import confirm
from waystation.engine.journeys.frontier import frontier
from waystation.engine.journeys.knee import knee
from waystation.engine.journeys.solve import Solver


def test_it_is_the_way_that_gives_up_little_for_much() -> None:
    # A little arrival for less than half the price is worth it, much more of it for a little less is not.
    legs = [
        leg("dear", "origin", "goal", fee=1000, intercepted=0.10),
        leg("middle", "origin", "goal", fee=300, intercepted=0.12),
        leg("cheap", "origin", "goal", fee=250, intercepted=0.20),
    ]
    process = process_of(legs, days=1)
    found = balance(process, 0.5)
    assert found.solution.arrive == pytest.approx(0.88)
    assert confirm(Solver(process), found.solution).evaluation.cost_max == 30_000
    assert balance(process, 0.89).solution.arrive == pytest.approx(0.9)


@given(seeds, st.sampled_from([0.7, 0.95, 1.0]))
@few
def test_it_is_the_knee_of_the_frontier_and_arrives_often_enough(seed: int, give: float) -> None:
    solver = Solver(random_process(seed))
    least = give * solver.solve().arrive - 1e-12
    found = balance(solver.process, least)
    plan = confirm(solver, found.solution)
    assert plan.evaluation.arrive >= least
    assert plan.difference <= 1e-9
    vertices = frontier(solver.process, tolerance=1e-2, most=24)
    assert plan.evaluation.arrive == pytest.approx(vertices[knee(vertices, least).index].arrive, abs=1e-12)
    rates = [max(0.0, float(rate)) for rate in knee(vertices, least).rates]
    taken = (-found.worth.harm, found.worth.cost, -found.worth.slot * found.slots_a_day)
    assert taken == pytest.approx(rates[1:], rel=1e-9)


@given(seeds)
@few
def test_its_burden_is_what_the_worth_takes_from_the_score(seed: int) -> None:
    solver = Solver(random_process(seed))
    found = balance(solver.process, 0.5 * solver.solve().arrive)
    score = solver.solve(found.worth._replace(arrive=2.0, cost=0.0))
    plan = confirm(solver, score)
    by_hand = 2.0 * plan.evaluation.arrive - score.score
    assert found.burden(plan.evaluation) - _cost(found.worth.cost, plan) == pytest.approx(by_hand, abs=1e-9)


def _cost(each: float, plan) -> float:  # type: ignore[no-untyped-def]
    found = plan.evaluation
    return each * found.arrive * found.cost_expected_arrived if found.arrive > 0.0 else 0.0


def test_a_plan_as_a_vertex() -> None:
    solver = Solver(process_of([leg("a", "origin", "goal", fee=3, intercepted=0.25)]))
    plan = confirm(solver, solver.solve())
    vertex = vertex_of(plan)
    assert (vertex.arrive, vertex.harm, vertex.cost_expected, vertex.days_expected) == (0.75, 0.25, 300.0, 1.0)
