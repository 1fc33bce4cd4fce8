import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import START, dollars, leg, place
from tests.unit.engine.processes import best_arrival, count, few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import all_matter, process_of
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.layout import earliest_slots
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import (
    Belief,
    Chain,
    Company,
    Condition,
    Demand,
    LevelRef,
    Observation,
    PlaceKind,
    Refusal,
)

EXACT = 1e-12
HIGH = LevelRef("river", "high")
RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.75),))
SEEN_HIGH = Observation("river", START, "high")


def arrival(process: Process, grid: MoneyGrid = NO_MONEY) -> float:
    return Solver(process, grid).solve().arrive


@given(seeds)
@few
def test_it_is_the_likeliest_arrival_without_money_in_the_state(seed: int) -> None:
    process = random_process(seed)
    assert arrival(process) == pytest.approx(best_arrival(process), abs=EXACT)


@given(seeds)
@few
def test_the_curve_is_the_likeliest_arrival_with_each_amount_of_money(seed: int) -> None:
    process = random_process(seed)
    grid = random_grid(process, seed)
    curve = Solver(process, grid).arrival_by_budget()
    by_plain_recursion = [best_arrival(process, MoneyGrid(grid.step, steps)) for steps in range(grid.steps + 1)]
    assert curve.tolist() == pytest.approx(by_plain_recursion, abs=EXACT)
    assert (np.diff(curve) >= 0.0).all()
    assert curve[-1] == pytest.approx(arrival(process, grid), abs=EXACT)


@given(seeds)
@few
def test_without_a_step_of_money_only_free_ways_are_left(seed: int) -> None:
    process = random_process(seed)
    process.moves.fee[:] += 1
    assert Solver(process, MoneyGrid(1, 0)).arrival_by_budget().tolist() == [0.0]
    process.moves.fee[:] = 0
    process.moves.asked[:] = 0.0
    process.stay_fee[:] = 0
    assert arrival(process, MoneyGrid(1, 0)) == pytest.approx(arrival(process), abs=EXACT)


@given(seeds, st.sampled_from([0.0, 0.1, 1.0, 10.0]))
@few
def test_harm_has_the_price_it_is_given(seed: int, price: float) -> None:
    process = random_process(seed)
    solver = Solver(process)
    solution, safest = solver.solve(Worth(harm=-price)), solver.solve()
    found = count(process, solution.policy)
    assert solution.score == pytest.approx(found.arrive - price * found.harm, abs=EXACT)
    assert safest.harm is not None
    assert solution.score >= safest.arrive - price * safest.harm - EXACT


@given(seeds)
@few
def test_an_early_arrival_has_the_worth_it_is_given(seed: int) -> None:
    process = random_process(seed)
    solver = Solver(process)
    solution, safest = solver.solve(Worth(arrive=5.0, slot=-1.0)), solver.solve()

    def worth(policy_arrives: list[float]) -> float:
        by_slot = np.diff(policy_arrives, prepend=0.0)
        return float(sum((5.0 - slot) * chance for slot, chance in enumerate(by_slot)))

    assert solution.score == pytest.approx(
        worth(list(follow(process, solution.policy).evaluation.arrive_by_slot)), abs=1e-11
    )
    assert solution.score >= worth(list(follow(process, safest.policy).evaluation.arrive_by_slot)) - 1e-11


@given(seeds)
@few
def test_money_spent_on_arriving_has_the_worth_it_is_given(seed: int) -> None:
    process = random_process(seed)
    grid = dataclasses.replace(random_grid(process, seed), step=1)
    solver = Solver(process, grid)
    spent = (grid.steps - np.arange(grid.steps + 1.0)).reshape(1, 1, 1, -1)
    solution, safest = solver.solve(Worth(arrive=3.0, cost=1.0), spent), solver.solve()
    found, other = count(process, solution.policy), count(process, safest.policy)
    assert solution.score == pytest.approx(3.0 * found.arrive - found.cost_arriving, abs=1e-11)
    assert solution.score >= 3.0 * other.arrive - other.cost_arriving - 1e-11


@pytest.mark.parametrize("components", [2, 3, 4, 5])
@pytest.mark.parametrize("grid", [NO_MONEY, MoneyGrid(2, 5)])
def test_the_arrival_is_the_same_however_ties_are_broken(components: int, grid: MoneyGrid) -> None:
    for seed in range(12):
        solver = Solver(random_process(seed), grid)
        solution = solver.solve(components=components)
        assert solution.arrive == pytest.approx(solver.solve().arrive, abs=EXACT)
        assert (solution.harm is None) == (components == 2)


@given(seeds)
@few
def test_levels_told_apart_only_where_they_matter_give_the_same(seed: int) -> None:
    process = random_process(seed)
    for grid in (NO_MONEY, random_grid(process, seed)):
        solver = Solver(process, grid)
        merged, curve = solver.solve(), solver.arrival_by_budget()
        other = Solver(
            process, grid
        )  # another one: what is worked out once from the arrays must be worked out from these
        other.arrays = all_matter(other.arrays)
        apart = other.solve()
        assert merged.arrive == pytest.approx(apart.arrive, abs=EXACT)
        assert merged.harm == pytest.approx(apart.harm, abs=1e-9)
        assert curve == pytest.approx(other.arrival_by_budget(), abs=EXACT)


def taken(process: Process, grid: MoneyGrid = NO_MONEY) -> str:
    """Return the leg taken at the start."""
    action = int(Solver(process, grid).solve().policy.actions[0, 0, 0, -1])
    return process.moves.leg[(action - 2) // 2] if action >= 2 else ("stop", "wait")[action]


@pytest.mark.parametrize("grid", [NO_MONEY, MoneyGrid(100, 30)], ids=["free", "money"])
def test_of_equal_arrival_the_least_harm_then_the_cheapest_then_the_soonest(grid: MoneyGrid) -> None:
    harmful = leg("harmful", "origin", "goal", intercepted=0.5)
    dear = leg("dear", "origin", "goal", fee=9, turned_back=0.5)
    slow = leg("slow", "origin", "goal", days=2, fee=4, turned_back=0.5)
    soon = leg("soon", "origin", "goal", fee=4, turned_back=0.5)
    origin = [place("origin", PlaceKind.ORIGIN, may_wait=False)]
    # With one slot left nobody who is turned back has time for more.
    for legs in ([harmful, dear], [dear, harmful]):
        assert taken(process_of(legs, days=1, places=origin), grid) == "dear"
    for legs in ([dear, soon], [soon, dear]):
        assert taken(process_of(legs, days=1, places=origin), grid) == "soon"
    sure = [dataclasses.replace(each, turned_back=Belief(0.0)) for each in (slow, soon)]
    for legs in (sure, sure[::-1]):
        assert taken(process_of(legs, days=2, places=origin), grid) == "soon"


@pytest.mark.parametrize("grid", [NO_MONEY, MoneyGrid(100, 30)], ids=["free", "money"])
def test_a_likelier_arrival_is_worth_any_harm(grid: MoneyGrid) -> None:
    legs = [
        leg("better", "origin", "goal", fee=9, intercepted=0.4),
        leg("worse", "origin", "mid"),
        leg("on", "mid", "goal", days=9),
    ]
    assert taken(process_of(legs), grid) == "better"


def test_a_gain_within_rounding_is_no_gain() -> None:
    legs = [leg("first", "origin", "goal", intercepted=0.3), leg("second", "origin", "goal", intercepted=0.3 - 1e-15)]
    assert taken(process_of(legs, days=1)) == "first"


def demanding(refusal: Refusal, *, chance: float = 1.0, demand: int = 5) -> Process:
    asked = Demand(Belief(chance), dollars(demand), dollars(0), refusal)
    return process_of([leg("ride", "origin", "goal", fee=3, turned_back=0.5, demand=asked)], days=2)


def test_who_refuses_and_is_sent_back_has_lost_the_fee_and_a_slot() -> None:
    process = demanding(Refusal())
    # With 16 both demands can be met: 1/2 + 1/2 * 1/2. With 8 to 15 one. With less nobody arrives.
    curve = Solver(process, MoneyGrid(100, 16)).arrival_by_budget()
    assert curve.tolist() == pytest.approx([0.0] * 8 + [0.5] * 8 + [0.75])
    assert arrival(process) == pytest.approx(0.75)


def test_who_refuses_and_goes_a_longer_way_is_late() -> None:
    process = demanding(Refusal(1))
    curve = Solver(process, MoneyGrid(100, 16)).arrival_by_budget()
    # With 3 the longer way of 2 slots; with 8 the short way and no money for a second try; with 11 a second try, too late
    # for the longer way, so a second demand must be met: 16.
    assert curve.tolist() == pytest.approx([0.0] * 3 + [0.5] * 13 + [0.75])
    solution = Solver(process, MoneyGrid(100, 3)).solve()
    found = follow(process, solution.policy).evaluation
    assert [found.arrive, found.cost_max, found.days_expected] == pytest.approx([0.5, 300, 2.0])


def test_a_longer_way_of_no_more_slots_is_never_paid_for() -> None:
    process = demanding(Refusal(0))
    solution = Solver(process, MoneyGrid(100, 16)).solve()
    found = follow(process, solution.policy).evaluation
    assert [found.arrive, found.cost_max] == pytest.approx([0.75, 600])


def test_what_is_demanded_now_and_then_is_paid_where_it_helps() -> None:
    process = demanding(Refusal(), chance=0.5)
    # One try: 1/2 * 1/2 + 1/2 * 1/2 of arriving if all is paid. With 3 and no more: not asked 1/4. Two tries cost 6 at least.
    curve = Solver(process, MoneyGrid(100, 16)).arrival_by_budget()
    assert curve[2] == 0.0
    assert curve[3] == pytest.approx(1 / 4)
    assert curve[16] == pytest.approx(3 / 4)
    # With 6: not asked 1/2, then back 1/2; or asked 1/2 and refused; then 1/4 in the last slot.
    assert curve[6] == pytest.approx(1 / 4 + (1 / 4 + 1 / 2) * 1 / 4)


def test_company_of_staff_is_worth_its_price_only_with_the_money_for_it() -> None:
    process = process_of([leg("ride", "origin", "goal", fee=10, intercepted=0.2, company=Company(0.25, 1.3))], days=1)
    curve = Solver(process, MoneyGrid(100, 13)).arrival_by_budget()
    assert curve.tolist() == pytest.approx([0.0] * 10 + [0.8] * 3 + [16 / 17])


def test_waiting_for_a_river_to_fall() -> None:
    way = leg("ford", "origin", "goal", closed_at=frozenset({HIGH}))
    process = process_of([way], days=3, conditions=[RIVER], seen=[SEEN_HIGH])
    # Low after one slot 1/4, else after two 1/4; at slot 2 it is the last time to go.
    assert arrival(process) == pytest.approx(1 / 4 + 3 / 4 * 1 / 4)


def test_waiting_costs_money_and_may_be_seen() -> None:
    house = place("origin", PlaceKind.ORIGIN, stay_cost=dollars(2), discovery=Belief(0.5))
    process = process_of(
        [leg("ford", "origin", "goal", closed_at=frozenset({HIGH}))],
        days=3, conditions=[RIVER], seen=[SEEN_HIGH], places=[house],
    )  # fmt: skip
    curve = Solver(process, MoneyGrid(100, 4)).arrival_by_budget()
    assert curve.tolist() == pytest.approx([0.0, 0.0, 1 / 8, 1 / 8, 1 / 8 + 3 / 8 * 1 / 8])


def test_a_leg_longer_than_the_journey_leads_nowhere() -> None:
    process = process_of([leg("long", "origin", "goal", days=4)], days=3)
    assert arrival(process) == 0.0
    assert arrival(process_of([leg("long", "origin", "goal", days=4)], days=4)) == 1.0
    assert earliest_slots(process).tolist() == [0, 4]


def test_no_leg_and_a_start_at_the_goal() -> None:
    assert arrival(process_of([])) == 0.0
    assert Solver(process_of([]), MoneyGrid(1, 2)).arrival_by_budget().tolist() == [0.0] * 3
    there = random_process(5)
    there = dataclasses.replace(there, start_place=len(there.places) - 1)
    assert arrival(there) == pytest.approx(1.0)
