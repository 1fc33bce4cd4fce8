from dataclasses import replace

import pytest
from tests.unit.briefs.arguments import argued, usd

from waystation.briefs.argument import reach
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import CostPoint, DeadlinePoint, FrontierPoint
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Caps, Group, Network
from waystation.kernel import Money


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def test_least_budgets(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    assert reach.quantile_sentence(told.quantiles, english) == (
        "The least hard budget for an arrival of 80 %: 12,000 USD; 90 %: 13,000 USD. No budget looked at reaches 99 %."
    )
    assert reach.quantile_sentence(told.quantiles[2:], english) == "No budget looked at reaches 99 %."
    assert reach.quantile_sentence((), english) == ""


def test_deadlines_that_tell_the_shape(plan: Plan, english: Voice) -> None:
    # Of 0.9432: a quarter and half by day 20, three quarters and nine tenths by day 30, 0.97 of it by day 40, all by day 60.
    told = argued(plan)
    assert [point.days for point in reach.salient_deadlines(told.deadline_curve)] == [12.0, 20.0, 30.0, 40.0, 60.0]
    hopeless = (DeadlinePoint(5.0, 0.0), DeadlinePoint(6.0, 0.0001))
    assert reach.salient_deadlines(hopeless) == [hopeless[1]]
    assert reach.deadline_sentence(plan, english) == ""
    assert reach.deadline_sentence(told, english).startswith(
        "By deadline, the cap on money left aside: 12 days 0 %; 20 "
    )
    free = replace(told, caps=Caps())
    assert reach.deadline_sentence(free, english).startswith("By deadline, all else kept: 12 days 0 %; 20 days 50 %;")


def test_what_journeys_spend(plan: Plan, english: Voice) -> None:
    told = argued(plan).choice
    assert told is not None
    assert reach.cost_sentence(told, english) == (
        "Half of the journeys spend at most 11,000 USD, nine in ten at most 14,000 USD, none more than 14,000 USD."
    )
    assert reach.cost_sentence(replace(told, costs=()), english) == ""
    cents = replace(told, costs=(CostPoint(Money(267875, "USD"), 1.0),))
    assert "at most 2,679 USD" in reach.cost_sentence(cents, english)
    costs = tuple(CostPoint(usd(cost), chance) for cost, chance in ((1, 0.499), (2, 0.9), (3, 0.9999999)))
    assert [reach.spent_by(costs, share).cost for share in (0.499, 0.5, 0.91, 1.0)] == [usd(n) for n in (1, 2, 3, 3)]


def test_the_frontier_names_the_choices_that_lie_on_it(plan: Plan, english: Voice) -> None:
    head, rows = reach.frontier_table(argued(plan), english, 10)
    assert head == ("Plan", "Arrive", "Harm", "Cost, expected", "Days, all journeys")
    assert [row[0] for row in rows] == ["safest", "careful", "fastest", "cheapest", "–"]
    assert rows[0] == ("safest", "94.3 %", "2.1 %", "11,043 USD", "22.7 days")
    assert rows[-1][1:] == ("60 %", "1 %", "7,000 USD", "20 days")  # never to leave is no plan to show


def test_a_long_frontier_keeps_its_ends_and_its_names(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    more = tuple(FrontierPoint(0.001 * n, 0.0, 10.0 * n, 1.0) for n in range(475, 900))
    _, rows = reach.frontier_table(replace(told, frontier=(*told.frontier, *more)), english, 4)
    assert [row[0] for row in rows[:4]] == ["safest", "careful", "fastest", "cheapest"]
    assert rows[-1][1] == "47.5 %"
    assert len(rows) <= 8


def test_without_names_the_frontier_has_no_column_for_them(plan: Plan, english: Voice) -> None:
    head, rows = reach.frontier_table(replace(argued(plan), frontier=argued(plan).frontier[4:]), english, 4)
    assert head == ("Arrive", "Harm", "Cost, expected", "Days, all journeys")
    assert rows == [("60 %", "1 %", "7,000 USD", "20 days")]


def test_a_choice_lies_only_at_its_own_point(plan: Plan) -> None:
    told = argued(plan)
    choice, point = told.choices[0], told.frontier[0]
    assert reach.lies_at(choice, point)
    assert not reach.lies_at(choice, replace(point, harm=point.harm + 1e-6))
    assert not reach.lies_at(choice, replace(point, cost_expected=point.cost_expected + 1.0))
    assert not reach.lies_at(choice, replace(point, arrive=point.arrive - 1e-6))


def test_a_budget_is_left_aside_by_the_frontier(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    assert "left aside" in reach.frontier_note(told, english)
    assert reach.frontier_note(replace(told, caps=Caps()), english) == ""
    assert reach.frontier_note(plan, english) == ""
