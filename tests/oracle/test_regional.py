"""Conditions remembered region by region: the planner against a plain recursion, and against the exact model."""

import dataclasses

import numpy as np
import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.choices import choose
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.plan import Evaluation
from waystation.engine.journeys.process import NO_MONEY, Memory, MoneyGrid, Process
from waystation.engine.journeys.simulate import simulate
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.support import least_spent

from . import reference, reference_regional
from .random_networks import Case, random_case
from .reference_solve import Outcome, Unfolded, best_arrival, evaluate, lexicographic

EXACT = 1e-9
SEEDS = (
    *(6, 51, 103, 120, 159, 162, 176, 177, 190, 229, 316, 361, 398, 469, 495, 525, 528, 543, 547, 556, 567),
    *(603, 684, 721, 732, 762, 812, 830, 844, 855, 858, 873, 879, 935, 1029, 1032, 1037, 1043, 1131, 1139, 1166),
)
"""Seeds whose regions draw some condition from its forecast."""

pytestmark = pytest.mark.oracle


def regional_case(seed: int) -> Case:
    """Return a random case whose places lie in two or three regions at random."""
    case, rng = random_case(seed), np.random.default_rng([seed, 3])
    regions = int(rng.integers(2, 4))
    places = [dataclasses.replace(each, region=f"R{rng.integers(regions)}") for each in case.network.places]
    return dataclasses.replace(case, network=dataclasses.replace(case.network, places=tuple(places)))


def exact(case: Case) -> Process:
    return build(case.network, case.group, case.start, case.days).process


def regional(case: Case) -> Process:
    return build(case.network, case.group, case.start, case.days, most_exact_levels=1).process


def coarse_grid(case: Case) -> MoneyGrid:
    return MoneyGrid(step=-(-case.budget.minor // 20), steps=20)


def unfold(case: Case, process: Process, grid: MoneyGrid) -> Unfolded:
    """Unfold the journey of who knows at each place what the process says."""
    assert process.memory is not None
    money = None if grid == NO_MONEY else reference.Money(grid.step, grid.steps)
    rows = zip(process.places, process.memory.known, strict=True)
    known = {each.id: frozenset[str]() for each in case.network.places}
    known |= {name: frozenset(np.array(process.conditions)[row].tolist()) for name, row in rows}
    journey = reference_regional.RegionalJourney(case.network, case.group, case.start, case.days, money, known)
    return reference_regional.unfold(journey)


def assert_same(found: Evaluation, expected: Outcome) -> None:
    assert found.arrive == pytest.approx(expected.arrive, abs=EXACT)
    assert found.harm == pytest.approx(expected.harm, abs=EXACT)
    assert found.arrive + found.harm + found.neither == pytest.approx(1.0, abs=1e-12)
    assert found.cost_expected_arrived * found.arrive == pytest.approx(
        expected.cost_if_arrived, rel=EXACT, abs=1e-6, nan_ok=expected.arrive == 0.0
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_planner_agrees_with_the_reference(seed: int) -> None:
    case = regional_case(seed)
    process = regional(case)
    unfolded = unfold(case, process, NO_MONEY)
    assert any(state[0] == "coming" for state in unfolded)
    expected, policy = lexicographic(unfolded)
    assert evaluate(unfolded, policy).arrive == pytest.approx(best_arrival(unfolded), abs=EXACT)
    solver = Solver(process)
    solution = solver.solve()
    assert solution.arrive == pytest.approx(expected.arrive, abs=EXACT)
    assert solution.harm == pytest.approx(expected.harm, abs=EXACT)
    assert solver.likeliest_arrival()[1] == pytest.approx(expected.arrive, abs=EXACT)
    if expected.arrive > 0.0:
        assert_same(follow(process, solution.policy).evaluation, expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_planner_agrees_with_the_reference_with_money(seed: int) -> None:
    case = regional_case(seed)
    process, grid = regional(case), coarse_grid(case)
    unfolded = unfold(case, process, grid)
    expected, _ = lexicographic(unfolded)
    solver = Solver(process, grid)
    solution, curve = solver.solve(), solver.arrival_by_budget()
    policy, again = solver.likeliest_by_budget()
    assert solution.arrive == pytest.approx(expected.arrive, abs=EXACT)
    assert solution.harm == pytest.approx(expected.harm, abs=EXACT)
    assert curve[-1] == pytest.approx(expected.arrive, abs=EXACT)
    assert again == pytest.approx(curve, abs=EXACT)
    assert follow(process, policy).evaluation.arrive == pytest.approx(expected.arrive, abs=EXACT)
    if expected.arrive > 0.0:
        assert follow(process, solution.policy).evaluation.cost_max <= grid.step * grid.steps
        assert follow(process, solution.policy).evaluation.arrive == pytest.approx(expected.arrive, abs=EXACT)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_knows_everything_everywhere_has_the_exact_plan(seed: int) -> None:
    case = regional_case(seed)
    process = exact(case)
    known = np.ones((len(process.places), len(process.conditions)), dtype=np.bool_)
    forecast = regional(case).memory
    assert forecast is not None
    remembering = dataclasses.replace(process, memory=Memory(known, forecast.forecast))
    for grid in (NO_MONEY, coarse_grid(case)):
        here, there = Solver(process, grid).solve(), Solver(remembering, grid).solve()
        assert there.arrive == pytest.approx(here.arrive, abs=1e-12)
        assert there.harm == pytest.approx(here.harm, abs=1e-9)
        found, expected = (follow(each, here.policy).evaluation for each in (remembering, process))
        for name in ("arrive", "harm", "cost_expected", "cost_max", "days_expected"):
            assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-12, abs=1e-12, nan_ok=True)
    assert least_spent(remembering).tolist() == least_spent(process).tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_of_conditions_without_a_past_nothing_is_lost(seed: int) -> None:
    case = regional_case(seed)
    remembering, knowing = _without_past(regional(case)), _without_past(exact(case))
    for grid in (NO_MONEY, coarse_grid(case)):
        here, there = Solver(remembering, grid).solve(), Solver(knowing, grid).solve()
        assert here.arrive == pytest.approx(there.arrive, abs=1e-12)
    assert least_spent(remembering).tolist() == least_spent(knowing).tolist()


def _without_past(process: Process) -> Process:
    """Let every condition go wherever its first level goes."""
    steps = tuple(np.repeat(step[:, :1], step.shape[1], axis=1) for step in process.steps)
    memory = process.memory
    if memory is not None:
        later = zip(memory.forecast, steps, strict=True)
        memory = Memory(memory.known, tuple(np.vstack([seen[:1], step[:, 0]]) for seen, step in later))
    return dataclasses.replace(process, steps=steps, memory=memory)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_least_money_is_that_of_the_cheapest_branch(seed: int) -> None:
    case = regional_case(seed)
    process = regional(case)
    unfolded = unfold(case, process, NO_MONEY)
    least = dict.fromkeys(unfolded, np.inf)
    least[reference.START] = 0.0
    for state, choices in unfolded.items():
        for choice in choices:
            for later, _ in choice.outcomes:
                least[later] = min(least[later], least[state] + choice.price)
    expected = [least.get(("arrived", slot), np.inf) for slot in range(process.slots + 1)]
    assert least_spent(process).tolist() == expected


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_the_named_choices_keep_their_promises(seed: int) -> None:
    case = regional_case(seed)
    process = regional(case)
    for candidate in choose(process, NO_MONEY, 0.05, None).by_name.values():
        assert candidate.difference <= EXACT


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_a_simulation_of_the_exact_plan_comes_to_its_value(seed: int) -> None:
    case = regional_case(seed)
    process = exact(case)
    for grid in (NO_MONEY, coarse_grid(case)):
        policy = Solver(process, grid).solve().policy
        expected, found = follow(process, policy).evaluation, simulate(process, policy, seed, journeys=20_000)
        assert abs(found.arrive - expected.arrive) <= 4.0 * max(found.arrive_error, 1e-4)
        assert abs(found.harm - expected.harm) <= 4.0 * max(found.harm_error, 1e-4)
