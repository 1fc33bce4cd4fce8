import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import dollars, leg, place
from tests.unit.engine.processes import count, few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.candidate import confirm
from waystation.engine.journeys.choices import choose
from waystation.engine.journeys.plan import ChoiceName, Evaluation
from waystation.engine.journeys.policy import Solution
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Belief, Demand, PlaceKind

SAFEST, CAREFUL, CHEAPEST, FASTEST = ChoiceName.SAFEST, ChoiceName.CAREFUL, ChoiceName.CHEAPEST, ChoiceName.FASTEST
GIVES = st.sampled_from([0.0, 0.05, 0.3, 1.0])
NO_WAITING = [place("origin", PlaceKind.ORIGIN, may_wait=False)]


def chosen(
    process: Process, give: float, max_harm: float | None = None, grid: MoneyGrid = NO_MONEY
) -> dict[ChoiceName, Evaluation]:
    return {name: each.evaluation for name, each in choose(process, grid, give, max_harm).by_name.items()}


def assert_ordered(found: dict[ChoiceName, Evaluation], give: float) -> None:
    assert list(found) == list(ChoiceName)
    for each in found.values():
        assert each.arrive >= (1.0 - give) * found[SAFEST].arrive - 1e-12
        assert found[CAREFUL].harm <= each.harm + 1e-12
        assert found[CHEAPEST].cost_expected_arrived <= each.cost_expected_arrived * (1.0 + 1e-12)
        assert found[FASTEST].days_expected <= each.days_expected * (1.0 + 1e-12)


@given(seeds, GIVES)
@few
def test_each_keeps_lowest_what_it_is_named_for_and_enough_arrival(seed: int, give: float) -> None:
    process = random_process(seed)
    found = chosen(process, give)
    if not found:
        assert Solver(process).solve().arrive == 0.0
        return
    assert_ordered(found, give)
    assert found[SAFEST].arrive == pytest.approx(Solver(process).solve().arrive, abs=1e-12)


@given(seeds, GIVES)
@few
def test_no_choice_passes_the_budget_on_any_branch(seed: int, give: float) -> None:
    process = random_process(seed)
    grid = random_grid(process, seed)
    chosen_ones = choose(process, grid, give, None).by_name
    for each in chosen_ones.values():
        assert count(process, each.policy).cost_max <= grid.step * grid.steps
        assert each.difference <= 1e-12
    if chosen_ones:
        assert_ordered({name: each.evaluation for name, each in chosen_ones.items()}, give)


@given(seeds, st.sampled_from([0.0, 0.02, 0.1, 0.3]), st.booleans())
@few
def test_every_choice_keeps_the_cap_on_harm(seed: int, cap: float, with_money: bool) -> None:
    process = random_process(seed)
    grid = random_grid(process, seed) if with_money else NO_MONEY
    for each in choose(process, grid, 0.3, cap).by_name.values():
        assert count(process, each.policy).harm <= cap + 1e-11


def test_giving_nothing_up_changes_only_what_is_free() -> None:
    safe = leg("safe", "origin", "goal", fee=10)
    found = chosen(process_of([safe, leg("cheap", "origin", "goal", intercepted=0.01)]), 0.0)
    assert {each.arrive for each in found.values()} == {1.0}
    assert {each.cost_max for each in found.values()} == {1000}


@pytest.mark.parametrize(("give", "harm"), [(0.03, 0.0), (0.01, 0.02)])
def test_careful_gives_up_arrival_for_less_harm(give: float, harm: float) -> None:
    # Arrive 0.98 with harm 0.02, or 0.96 without: 0.96 / 0.98 gives up 2.04 %.
    legs = [leg("likely", "origin", "goal", intercepted=0.02), leg("harmless", "origin", "goal", turned_back=0.04)]
    found = chosen(process_of(legs, days=1), give)
    assert found[SAFEST].harm == pytest.approx(0.02)
    assert found[CAREFUL].harm == pytest.approx(harm)


@pytest.mark.parametrize("grid", [NO_MONEY, MoneyGrid(100, 10)])
@pytest.mark.parametrize(("give", "cost", "days"), [(0.03, 100, 1.0), (0.01, 1000, 2.0)])
def test_cheapest_and_fastest_give_up_arrival_too(give: float, cost: int, days: float, grid: MoneyGrid) -> None:
    legs = [
        leg("likely", "origin", "goal", days=2, fee=10, intercepted=0.02),
        leg("other", "origin", "goal", fee=1, intercepted=0.04),
    ]
    found = chosen(process_of(legs, days=2, places=NO_WAITING), give, grid=grid)
    assert found[SAFEST].cost_max == 1000
    assert found[CHEAPEST].cost_expected_arrived == pytest.approx(cost)
    assert found[FASTEST].days_expected == pytest.approx(days)


def test_cheapest_is_the_cheapest_of_journeys_that_arrive() -> None:
    # Being caught early costs little: of all journeys the dangerous way is cheaper, of those that arrive it is dearer.
    legs = [
        leg("first", "origin", "mid", intercepted=0.02),
        leg("dear", "mid", "goal", fee=21),
        leg("even", "origin", "goal", fee=20, intercepted=0.021),
    ]
    found = chosen(process_of(legs), 0.05)
    assert found[CHEAPEST].cost_expected_arrived == pytest.approx(2000)


def test_ties_of_a_choice_go_to_the_soonest_arrival() -> None:
    found = chosen(process_of([leg("ride", "origin", "goal", fee=3)], days=9), 0.05)
    assert {each.days_expected for each in found.values()} == {1.0}


def test_the_same_numbers_with_money_that_never_binds() -> None:
    demand = Demand(Belief(0.5), dollars(2), dollars(0))
    legs = [
        leg("a", "origin", "mid", fee=4, intercepted=0.1, demand=demand),
        leg("b", "origin", "mid", fee=1, intercepted=0.12, turned_back=0.2),
        leg("c", "mid", "goal", fee=2, turned_back=0.3),
    ]
    process = process_of(legs, days=5)
    free, paid = chosen(process, 0.1), chosen(process, 0.1, grid=MoneyGrid(100, 60))
    for name in (SAFEST, CAREFUL, FASTEST):
        assert paid[name].arrive == pytest.approx(free[name].arrive, abs=1e-9)
    assert paid[CAREFUL].harm == pytest.approx(free[CAREFUL].harm, abs=1e-9)
    assert paid[CHEAPEST].cost_expected_arrived <= free[SAFEST].cost_expected_arrived + 1e-6


def test_nobody_arrives_and_nothing_is_chosen() -> None:
    found = choose(process_of([]), NO_MONEY, 0.05, None)
    assert (dict(found.by_name), found.least_harm) == ({}, None)


def test_no_plan_keeps_the_cap_and_the_least_harm_is_told() -> None:
    found = choose(process_of([leg("ride", "origin", "goal", intercepted=0.1)], days=1), NO_MONEY, 0.05, 0.05)
    assert not found.by_name
    assert found.least_harm == pytest.approx(0.1)


def test_a_promise_that_the_forward_pass_does_not_confirm_shows() -> None:
    solver = Solver(random_process(5))
    solution = solver.solve()
    assert solution.harm is not None
    assert confirm(solver, solution).difference <= 1e-12
    too_good = Solution(solution.policy, solution.score, solution.arrive + 1e-6, solution.harm)
    assert confirm(solver, too_good).difference == pytest.approx(1e-6, rel=1e-6)
    less_harm = Solution(solution.policy, solution.score, solution.arrive, solution.harm - 2e-6)
    assert confirm(solver, less_harm).difference == pytest.approx(2e-6, rel=1e-6)
    unasked = Solution(solution.policy, solution.score, solution.arrive, None)
    assert math.isclose(confirm(solver, unasked).difference, 0.0, abs_tol=1e-12)


def test_with_money_the_balanced_plan_lies_between_the_named_ones() -> None:
    # Days and money bought with risk; the way that is quick, cheap and safe is beyond the budget.
    legs = [
        leg("slow", "origin", "goal", days=10, fee=4, intercepted=0.10),
        leg("middle", "origin", "goal", days=4, fee=2, intercepted=0.12),
        leg("fast", "origin", "goal", days=3, fee=1, intercepted=0.30),
        leg("dear", "origin", "goal", days=3, fee=90, intercepted=0.10),
    ]
    process = process_of(legs, days=10)
    found = chosen(process, 0.4, grid=MoneyGrid(100, 5))
    assert found[SAFEST].days_expected == pytest.approx(10.0)
    assert found[FASTEST].days_expected == pytest.approx(3.0)
    assert found[ChoiceName.BALANCED].days_expected == pytest.approx(4.0)
    assert chosen(process, 0.0, grid=MoneyGrid(100, 5))[ChoiceName.BALANCED].days_expected == pytest.approx(10.0)


@given(seeds)
@few
def test_the_balanced_plan_keeps_a_cap_on_harm(seed: int) -> None:
    process = random_process(seed)
    free = chosen(process, 0.3)
    if not free:
        return
    found = chosen(process, 0.3, max_harm=0.9 * free[SAFEST].harm)
    if found:
        assert found[ChoiceName.BALANCED].harm <= 0.9 * free[SAFEST].harm + 1e-9
        assert found[ChoiceName.BALANCED].arrive >= 0.7 * found[SAFEST].arrive - 1e-12
