import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from tests.unit.engine.journeys.doubt.questions import asked
from tests.unit.engine.processes import few, seeds
from tests.unit.engine.processes_by_hand import act_by_slot
from waystation.engine.journeys.argument import CostPoint
from waystation.engine.journeys.build import build
from waystation.engine.journeys.doubt import spending as module
from waystation.engine.journeys.doubt.assumptions import assumptions_of
from waystation.engine.journeys.doubt.spending import spending
from waystation.engine.journeys.doubt.support import support_of
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Belief, Demand, PlaceKind, Refusal


def mean(points: tuple[CostPoint, ...]) -> float:
    chance = np.diff([0.0, *(point.chance for point in points)])
    return float(chance @ [point.cost.minor for point in points])


@given(seeds, st.booleans())
@few
def test_it_has_the_mean_and_the_most_that_the_forward_pass_counts(seed: int, with_money: bool) -> None:
    found = asked(seed, with_money=with_money)
    evaluation = found.course.evaluation
    points = spending(found.built.process, found.assumptions, found.support, evaluation.cost_max, found.policy.grid)
    assert mean(points) == pytest.approx(evaluation.cost_expected, rel=1e-3, abs=2.0)
    assert points[-1].chance == 1.0
    assert points[-1].cost.minor <= evaluation.cost_max
    costs, chances = [point.cost.minor for point in points], [point.chance for point in points]
    assert costs == sorted(set(costs))
    assert chances == sorted(chances)


def with_whole_prices(process: Process, step: int) -> Process:
    """The process with every price rounded up to whole steps."""
    moves, stay = process.moves, process.stay_fee
    told = dataclasses.replace(moves, fee=-(-moves.fee // step) * step, demand=-(-moves.demand // step) * step)
    return dataclasses.replace(process, stay_fee=-(-stay // step) * step, moves=told)


@pytest.mark.parametrize("seed", range(40))
def test_the_money_left_tells_what_was_spent(seed: int) -> None:
    found = asked(seed)
    step = max(1, found.case.budget.minor // 25)
    process, grid = with_whole_prices(found.built.process, step), MoneyGrid(step, 30)
    solver = Solver(process, grid)
    course = follow(process, solver.solve().policy, solver.arrays)
    support = support_of(process, solver.arrays, course.visits, grid.steps)
    known = spending(process, found.assumptions, support, course.evaluation.cost_max, grid)
    carried = spending(process, found.assumptions, support, course.evaluation.cost_max)
    assert [each.cost for each in known] == [each.cost for each in carried]
    assert [each.chance for each in known] == pytest.approx([each.chance for each in carried], abs=1e-12)
    assert known[-1].cost.minor == course.evaluation.cost_max
    assert mean(known) == pytest.approx(course.evaluation.cost_expected, abs=1e-6)


@pytest.mark.parametrize(
    ("refusal", "pays", "amounts"),
    [
        (Refusal(), True, [1000, 1500, 2000, 2500, 3000]),
        (Refusal(), False, [1000, 2000]),
        (Refusal(1), False, [1000, 2000]),
    ],
)
def test_the_money_left_tells_it_of_a_demand_too(refusal: Refusal, pays: bool, amounts: list[int]) -> None:
    # A leg at 10, and 5 more asked of a quarter; those turned back or sent back try again the next day.
    way = leg("ride", "origin", "goal", fee=10, intercepted=0.5, turned_back=0.2)
    told = network([dataclasses.replace(way, demand=Demand(Belief(0.25), dollars(5), dollars(0), refusal))])
    built = build(told, ALONE, START, 2.0)
    process, grid, action = built.process, MoneyGrid(500, 6), 3 if pays else 2
    policy = act_by_slot(process, action, action, grid=grid)
    course = follow(process, policy)
    support = support_of(process, prepare(process, grid), course.visits, grid.steps)
    assumptions = assumptions_of(told, ALONE, built)
    known = spending(process, assumptions, support, course.evaluation.cost_max, grid)
    carried = spending(process, assumptions, support, course.evaluation.cost_max)
    assert [each.cost.minor for each in known] == [each.cost.minor for each in carried] == amounts
    assert [each.chance for each in known] == pytest.approx([each.chance for each in carried], abs=1e-12)
    assert mean(known) == pytest.approx(course.evaluation.cost_expected, abs=1e-6)


def by_hand() -> tuple[CostPoint, ...]:
    # A day of waiting at 2, then a leg at 10; a demand of 5 with chance 1/4, paid; caught with chance 1/2.
    house = place("origin", PlaceKind.ORIGIN, stay_cost=dollars(2), discovery=Belief(0.1))
    way = leg("ride", "origin", "goal", fee=10, intercepted=0.5)
    way = dataclasses.replace(way, demand=Demand(Belief(0.25), dollars(5), dollars(0)))
    told = network([way], places=[house])
    built = build(told, ALONE, START, 3.0)
    policy = act_by_slot(built.process, 1, 3, 0)
    course = follow(built.process, policy)
    support = support_of(built.process, prepare(built.process), course.visits, 0)
    return spending(built.process, assumptions_of(told, ALONE, built), support, course.evaluation.cost_max)


def test_a_journey_by_hand() -> None:
    points = by_hand()
    assert [point.cost.minor for point in points] == [200, 1200, 1700]
    assert [point.chance for point in points] == pytest.approx([0.1, 0.1 + 0.9 * 0.75, 1.0])


def test_where_prices_share_no_measure_a_price_lies_between_two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STEPS", 10)  # of 170; 200 is between 1 and 2 of them, 1000 between 5 and 6
    rough = by_hand()
    amounts = [point.cost.minor for point in rough]
    assert amounts == [170, 340, 1020, 1190, 1360, 1530, 1700]
    assert rough[1].chance == pytest.approx(0.1)
    assert mean(rough) == pytest.approx(mean(by_hand()), abs=170)
    monkeypatch.setattr(module, "MOST_STEPS", 400)
    assert mean(by_hand()) == pytest.approx(0.1 * 200 + 0.9 * 1200 + 0.9 * 0.25 * 500)
