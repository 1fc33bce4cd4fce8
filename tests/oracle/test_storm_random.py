"""Two hundred random networks, one question, three programs: the planner, the reference recursion and Storm."""

from dataclasses import dataclass

import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver

from . import reference
from .random_networks import Case, random_case
from .reference_solve import Outcome, Unfolded, best_arrival, evaluate, lexicographic, to_drn
from .storm import Storm

SEEDS = range(200)
EXACT = 1e-9

pytestmark = pytest.mark.oracle


@dataclass(frozen=True)
class Question:
    """One random case: as arrays, and unfolded without and with money in the state."""

    case: Case
    process: Process
    unfolded: dict[MoneyGrid, Unfolded]
    grid: MoneyGrid


@pytest.fixture(scope="module", params=SEEDS)
def question(request: pytest.FixtureRequest) -> Question:
    """A random case; a coarse money grid for every other one, so that rounding up to steps is tried too."""
    case = random_case(request.param)
    steps = 12 if request.param % 2 else 30
    grid = MoneyGrid(step=-(-case.budget.minor // steps), steps=steps)
    process = build(case.network, case.group, case.start, case.days).process
    return Question(case, process, {each: unfold(case, each) for each in (NO_MONEY, grid)}, grid)


def unfold(case: Case, grid: MoneyGrid) -> Unfolded:
    money = None if grid == NO_MONEY else reference.Money(grid.step, grid.steps)
    return reference.unfold(reference.Journey(case.network, case.group, case.start, case.days, money))


def test_storm_agrees_with_the_reference(question: Question, storm: Storm) -> None:
    for unfolded in question.unfolded.values():
        assert storm.ask(to_drn(unfolded)) == [pytest.approx(best_arrival(unfolded), abs=EXACT)]


def test_the_planner_agrees_with_the_reference(question: Question) -> None:
    for grid, unfolded in question.unfolded.items():
        expected, policy = lexicographic(unfolded)
        assert_same(evaluate(unfolded, policy), expected)
        solution = Solver(question.process, grid).solve()
        assert solution.arrive == pytest.approx(expected.arrive, abs=EXACT)
        assert solution.harm == pytest.approx(expected.harm, abs=EXACT)
        found = follow(question.process, solution.policy).evaluation
        assert found.arrive == pytest.approx(expected.arrive, abs=EXACT)
        assert found.harm == pytest.approx(expected.harm, abs=EXACT)
        assert found.neither == pytest.approx(1.0 - expected.arrive - expected.harm, abs=EXACT)
        if expected.arrive > 1e-6:
            assert found.cost_expected_arrived == pytest.approx(expected.cost_of_arrivals, rel=EXACT)


def test_the_fastest_sweep_agrees_and_its_policy_keeps_its_promise(question: Question) -> None:
    policy, arrive = Solver(question.process).likeliest_arrival()
    assert arrive == pytest.approx(best_arrival(question.unfolded[NO_MONEY]), abs=EXACT)
    assert follow(question.process, policy).evaluation.arrive == pytest.approx(arrive, abs=EXACT)


def test_the_whole_curve_of_arrival_against_budget_agrees(question: Question) -> None:
    grid = question.grid
    curve = Solver(question.process, grid).arrival_by_budget()
    assert len(curve) == grid.steps + 1
    assert curve[-1] == pytest.approx(best_arrival(question.unfolded[grid]), abs=EXACT)
    for steps in (grid.steps // 2, grid.steps // 3):
        unfolded = unfold(question.case, MoneyGrid(grid.step, steps))
        assert curve[steps] == pytest.approx(best_arrival(unfolded), abs=EXACT)


def assert_same(found: Outcome, expected: Outcome) -> None:
    """The reference's forward pass confirms its own recursion."""
    assert found.arrive == pytest.approx(expected.arrive, abs=1e-12)
    assert found.harm == pytest.approx(expected.harm, abs=1e-12)
    assert found.cost_if_arrived == pytest.approx(expected.cost_if_arrived, abs=1e-7)
    assert found.cost == pytest.approx(expected.cost, abs=1e-7)
