import dataclasses

import numpy as np
import pytest

from tests.oracle.random_networks import random_case
from tests.oracle.small_journeys import ALONE, START, dollars, leg, network
from waystation.engine.journeys.argue import quantiles
from waystation.engine.journeys.inquiry import EVERYTHING, Inquiry
from waystation.engine.journeys.plan import BudgetPoint, ChoiceName, Plan
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Belief, Caps

TOLD = network(
    [
        dataclasses.replace(leg("boat", "origin", "b", fee=20), intercepted=Belief(0.1, 5.0)),
        leg("ferry", "origin", "b", days=2, fee=5, intercepted=0.25),
        leg("road", "b", "goal", fee=10, intercepted=0.2, turned_back=0.1),
    ]
)


def argued(budget: int | None = None, inquiry: Inquiry = EVERYTHING, days: float = 5.0) -> Plan:
    caps = Caps(None if budget is None else dollars(budget), days)
    return plan_journey(TOLD, ALONE, caps, START, inquiry=inquiry)


@pytest.mark.parametrize("budget", [None, 30])
def test_every_chance_shown_has_its_interval(budget: int | None) -> None:
    plan = argued(budget)
    for choice in plan.choices:
        assert choice.doubt is not None
        found, doubt = choice.evaluation, choice.doubt
        for value, bounds in ((found.arrive, doubt.arrive), (found.harm, doubt.harm), (found.neither, doubt.neither)):
            assert bounds.low <= value <= bounds.high
        assert doubt.arrive.low < doubt.arrive.high
        assert choice.costs[-1].chance == 1.0
    for stage in plan.stages:
        shown = [(stage.reach, stage.interval), *((each.chance, each.interval) for each in stage.decisions)]
        for chance, interval in shown:
            assert interval is not None
            assert interval.low <= chance <= interval.high
    assert plan.budget_curve[-1].interval is not None
    safest = plan.choices[0]
    if safest.doubt is not None and abs(plan.budget_curve[-1].arrive - safest.evaluation.arrive) < 1e-12:
        assert plan.budget_curve[-1].interval == safest.doubt.arrive
    for point in plan.budget_curve:
        if point.interval is not None:
            assert point.interval.low <= point.arrive <= point.interval.high


def test_the_same_seed_gives_the_same_answer() -> None:
    inquiry = Inquiry(draws=100, seed=7)
    assert argued(inquiry=inquiry) == argued(inquiry=inquiry)
    first, other = argued(inquiry=inquiry).choice, argued(inquiry=Inquiry(draws=100, seed=8)).choice
    assert first is not None
    assert other is not None
    assert first.evaluation == other.evaluation
    assert first.doubt != other.doubt


@pytest.mark.parametrize("budget", [None, 30])
def test_the_cautious_plan_stands_beside_the_chosen_one(budget: int | None) -> None:
    plan = argued(budget)
    assert plan.caution is not None
    assert plan.choice is not None
    arrive = plan.choice.evaluation.arrive
    assert 0.0 < plan.caution.chosen_guaranteed <= plan.caution.guaranteed + 1e-12 <= arrive + 2e-12
    assert plan.caution.arrive <= arrive + 1e-12
    assert plan.caution.doubt is not None
    assert plan.caution.legs[-1] == "road"
    assert argued(inquiry=Inquiry(draws=10)).caution is None


def test_reasons_are_given_for_the_chosen_plan() -> None:
    plan = argued()
    assert plan.reasons is not None
    assert [each.without for each in plan.reasons.alternatives] == ["boat", "road"]
    assert plan.reasons.tipping[0].instead == ("ferry", "road")
    assert plan.reasons.tipping[0].value == pytest.approx(0.25, rel=0.01)


def test_nothing_more_is_said_than_was_asked() -> None:
    plan = argued(inquiry=Inquiry())
    assert (plan.caution, plan.reasons, plan.frontier, plan.deadline_curve, plan.arrangements) == (
        None,
        None,
        (),
        (),
        (),
    )
    assert all(choice.doubt is None for choice in plan.choices)
    assert all(stage.interval is None for stage in plan.stages)


def test_there_is_nothing_to_argue_about_where_there_is_no_plan() -> None:
    plan = argued(budget=1)
    assert plan.obstacle is not None
    assert (plan.caution, plan.reasons, plan.quantiles) == (None, None, ())


def test_the_least_budget_for_an_arrival() -> None:
    curve = tuple(BudgetPoint(dollars(each), arrive) for each, arrive in ((0, 0.0), (5, 0.8), (9, 0.93)))
    found = {each.arrive: each.budget for each in quantiles(curve)}
    assert found == {0.5: dollars(5), 0.8: dollars(5), 0.9: dollars(9), 0.95: None, 0.99: None}
    assert quantiles(()) == ()


@pytest.mark.parametrize("seed", range(6))
def test_any_journey_can_be_argued_about(seed: int) -> None:
    case = random_case(seed)
    caps = Caps(case.budget, case.days)
    plan = plan_journey(case.network, case.group, caps, case.start, ChoiceName.CAREFUL, inquiry=EVERYTHING)
    if plan.choice is None:
        assert plan.obstacle is not None
        return
    assert plan.choice.doubt is not None
    assert np.isfinite([plan.choice.doubt.arrive.low, plan.choice.doubt.arrive.high]).all()


def test_the_frontier_and_the_curve_of_deadlines_go_with_it() -> None:
    plan = argued()
    assert plan.choice is not None
    assert plan.frontier[0].arrive == pytest.approx(plan.choice.evaluation.arrive, abs=1e-12)
    days, arrive = zip(*((point.days, point.arrive) for point in plan.deadline_curve), strict=True)
    assert (days[0], days[-1]) == (2.0, 5.0)
    assert list(arrive) == sorted(arrive)
    assert arrive[0] == pytest.approx(0.9 * 0.7)
    assert arrive[-1] == pytest.approx(plan.choice.evaluation.arrive, abs=1e-12)
