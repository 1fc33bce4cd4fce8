import dataclasses
import math
from decimal import Decimal

import pytest

from tests.oracle.random_networks import random_case
from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from waystation.engine.journeys.choices import choose
from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.journeys.errors import CertificateError, UnusableModelError
from waystation.engine.journeys.plan import ActionKind, ChoiceName, ObstacleKind, Plan
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import (
    Belief,
    Caps,
    Chain,
    Condition,
    Demand,
    LevelRef,
    MissingRateError,
    Network,
    Observation,
    PlaceKind,
    Rate,
)
from waystation.kernel import Money

HIGH = LevelRef("river", "high")
RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.75),))
LAW = Condition("law", ("old", "new"), (Chain.persistent(2, 0.5),))


def crossing() -> Network:
    """Return a ride to a river, a ford that is closed while it is high, and a boat that takes it at any time for more."""
    demand = Demand(Belief(0.5), dollars(4), dollars(0))
    legs = [
        leg("ride", "origin", "bank", fee=3, intercepted=0.125),
        leg("ford", "bank", "goal", closed_at=frozenset({HIGH})),
        leg("boat", "bank", "goal", fee=8, demand=demand),
        leg("climb", "origin", "goal", climb_m=3000.0),
    ]
    seen = [Observation("river", START, "high")]
    return network(legs, conditions=[RIVER, LAW], seen=seen, places=[place("bank", stay_cost=dollars(1))])


def plan(world: Network, *, prefer: ChoiceName = ChoiceName.SAFEST, give: float = 0.05, **caps: object) -> Plan:
    return plan_journey(world, ALONE, Caps(**caps), START, prefer, give)  # type: ignore[arg-type]


def test_the_whole_answer() -> None:
    answer = plan(crossing(), days=3, budget=dollars(15))
    assert (answer.group, answer.network, answer.as_of, answer.start) == ("A", "by hand", START, START)
    assert answer.caps == Caps(dollars(15), 3.0, None)
    assert [choice.name for choice in answer.choices] == list(ChoiceName)
    assert answer.chosen is ChoiceName.SAFEST
    assert answer.choice is not None
    assert answer.choice.evaluation.arrive == pytest.approx(0.875)
    assert answer.choice.evaluation.cost_max <= 1500
    assert [stage.place for stage in answer.stages] == ["origin", "bank", "goal"]
    assert [each.id for each in answer.ruled_out] == ["climb"]
    assert answer.obstacle is None
    assert answer.certificate.difference <= 1e-12
    assert answer.certificate.method
    assert answer.start_levels == {"river": {"low": 0.0, "high": 1.0}, "law": {"old": 0.5, "new": 0.5}}
    assert answer.observed_on == {"river": START}


def test_the_curve_rises_to_the_answer() -> None:
    answer = plan(crossing(), days=3, budget=dollars(15))
    budgets = [point.budget for point in answer.budget_curve]
    arrivals = [point.arrive for point in answer.budget_curve]
    # 3: wait where it is free and take the ford in the last slot, low by then with 3/8. 4: a night at the bank, to try
    # twice. 15: the boat, whatever is asked.
    by_budget = {dollars(0): 0.0, dollars(3): 3 / 8, dollars(4): 1 / 4 + 3 / 4 * 1 / 4, dollars(15): 1.0}
    found = dict(zip(budgets, arrivals, strict=True))
    for budget, arrive in by_budget.items():
        assert found[budget] == pytest.approx(0.875 * arrive)
    assert arrivals == sorted(arrivals)
    assert (budgets[0], budgets[-1]) == (dollars(0), dollars(15))
    assert answer.choice is not None
    assert arrivals[-1] == pytest.approx(answer.choice.evaluation.arrive)


def test_the_curve_without_a_budget_ends_where_more_money_hardly_helps() -> None:
    curve = plan(crossing(), days=3).budget_curve
    assert curve[0].arrive == 0.0
    assert curve[-1].arrive == pytest.approx(0.875)
    assert curve[-1].budget == dollars(15)
    assert plan(network([leg("free", "origin", "goal")])).budget_curve == ()
    assert plan(network([])).budget_curve == ()


@pytest.mark.parametrize("prefer", list(ChoiceName))
def test_the_stages_are_those_of_the_preferred_choice(prefer: ChoiceName) -> None:
    legs = [leg("safe", "origin", "goal", days=2, fee=10), leg("quick", "origin", "goal", fee=1, intercepted=0.01)]
    answer = plan(network(legs), prefer=prefer, days=2)
    (decision,) = answer.stages[0].decisions
    assert answer.chosen is prefer
    assert decision.leg == ("quick" if prefer in {ChoiceName.CHEAPEST, ChoiceName.FASTEST} else "safe")


def test_give_says_how_much_arrival_the_others_may_give_up() -> None:
    legs = [leg("safe", "origin", "goal", days=2), leg("quick", "origin", "goal", intercepted=0.06)]
    for give, days in ((0.05, 2.0), (0.07, 1.0)):
        choice = plan(network(legs), prefer=ChoiceName.FASTEST, give=give, days=2).choice
        assert choice is not None
        assert choice.evaluation.days_expected == pytest.approx(days)


@pytest.mark.parametrize("give", [-0.01, 1.01, math.nan])
def test_give_is_a_part(give: float) -> None:
    with pytest.raises(UnusableModelError, match="give is a part of the arrival"):
        plan(crossing(), give=give)


def test_a_rule_comes_first() -> None:
    with pytest.raises(GroupRefusedError):
        plan_journey(network([]), dataclasses.replace(ALONE, consent_on=None), Caps(), START)


def test_a_budget_in_another_currency_is_rounded_down() -> None:
    rates = (Rate(START, "USD", "THB", Decimal(30)),)
    world = dataclasses.replace(network([leg("ride", "origin", "goal", fee=10)]), rates=rates)
    assert plan(world, budget=Money(30_000, "THB")).choice is not None
    poorer = plan(world, budget=Money(29_999, "THB"))
    assert (poorer.caps.budget, poorer.choice) == (Money(999, "USD"), None)
    with pytest.raises(MissingRateError):
        plan(world, budget=Money(10_000, "KRW"))


def test_money_is_in_the_state_only_where_it_could_bind() -> None:
    assert plan(crossing(), days=3, budget=dollars(1000)).money_step is None
    assert plan(crossing(), days=3).money_step is None
    assert plan(crossing(), days=3, budget=dollars(14)).money_step == 100


def test_no_choice_passes_the_budget_though_the_safest_would_never() -> None:
    legs = [leg("slow", "origin", "goal", days=2, fee=1), leg("fast", "origin", "goal", fee=10, intercepted=0.02)]
    answer = plan(network(legs), days=3, budget=dollars(5))
    assert [choice.evaluation.cost_max for choice in answer.choices] == [100] * len(ChoiceName)
    richer = plan(network(legs), days=3, budget=dollars(10))
    assert [choice.evaluation.cost_max for choice in richer.choices] == [100, 100, 100, 1000, 100]


@pytest.mark.parametrize("seed", [0, 1, 2, 4, 5, 6, 7, 8])
def test_no_choice_of_a_random_journey_passes_the_budget(seed: int) -> None:
    case = random_case(seed, tiny=True)
    answer = plan_journey(case.network, case.group, Caps(case.budget, case.days, 0.5), case.start, give=0.3)
    assert answer.caps.budget is not None
    for choice in answer.choices:
        assert choice.evaluation.cost_max <= answer.caps.budget.minor
        assert choice.evaluation.harm <= 0.5 + 1e-12
    assert (answer.obstacle is None) == bool(answer.choices)


def test_the_one_way_that_can_just_be_paid_is_found_though_prices_are_rounded() -> None:
    fees = (99_991, 70_001, 30_011)
    names = ["origin", "p1", "p2", "goal"]
    legs = [
        dataclasses.replace(leg(f"L{k}", names[k], names[k + 1]), cost_group=Money(fee, "USD"))
        for k, fee in enumerate(fees)
    ]
    answer = plan(network(legs), days=3, budget=Money(sum(fees) + 30, "USD"))
    assert answer.choice is not None
    assert answer.choice.evaluation.cost_max == sum(fees)


def test_a_group_that_has_arrived() -> None:
    world = network([leg("ride", "origin", "goal", fee=1)])
    there = dataclasses.replace(ALONE, place="goal")
    for caps in (Caps(), Caps(budget=dollars(0), days=1)):
        choice = plan_journey(world, there, caps, START).choice
        assert choice is not None
        assert (choice.evaluation.arrive, choice.evaluation.days_expected, choice.evaluation.cost_max) == (1.0, 0.0, 0)


@pytest.mark.parametrize(("hours", "days"), [(24, 1.0), (6, 0.5)])
def test_a_slot_is_as_long_as_the_network_says(hours: int, days: float) -> None:
    ride = leg("ride", "origin", "goal")
    half = dataclasses.replace(ride, days=dataclasses.replace(ride.days, low=0.5, likely=0.5, high=0.5))
    choice = plan(network([half], slot_hours=hours), days=1).choice
    assert choice is not None
    assert choice.evaluation.days_expected == days


def test_without_money_everybody_takes_the_free_way() -> None:
    legs = [leg("dear", "origin", "goal", fee=1), leg("free", "origin", "goal", intercepted=0.5)]
    answer = plan(network(legs), days=1, budget=dollars(0))
    (decision,) = answer.stages[0].decisions
    assert (decision.action, decision.leg) == (ActionKind.LEG, "free")
    assert [(point.budget, point.arrive) for point in answer.budget_curve] == [(dollars(0), 0.5)]


def test_a_demand_that_is_certain_belongs_to_the_price() -> None:
    demand = Demand(Belief(1.0), dollars(5), dollars(0))
    world = network([leg("ride", "origin", "goal", fee=10, demand=demand)], places=[place("origin", PlaceKind.ORIGIN)])
    short = plan(world, days=1, budget=dollars(14))
    assert short.obstacle is not None
    assert (short.obstacle.kind, short.obstacle.smallest_budget) == (ObstacleKind.BUDGET, dollars(15))
    enough = plan(world, days=1, budget=dollars(15)).choice
    assert enough is not None
    assert (enough.evaluation.arrive, enough.evaluation.cost_expected) == (1.0, 1500.0)


@pytest.mark.parametrize("difference", [2e-9, math.nan])
def test_an_answer_that_the_forward_pass_does_not_confirm_is_withheld(
    difference: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*asked: object) -> object:
        chosen = choose(*asked)  # type: ignore[arg-type]
        spoilt = {name: dataclasses.replace(each, difference=difference) for name, each in chosen.by_name.items()}
        return dataclasses.replace(chosen, by_name=spoilt)

    monkeypatch.setattr("waystation.engine.journeys.planner.choose", wrong)
    with pytest.raises(CertificateError, match=r"differs from the backward solution by .*; no answer is given"):
        plan(crossing(), days=3, budget=dollars(15))


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"neither": 0.25}, "differs from the backward solution by"),
        ({"cost_max": 1501}, "a branch costs 15.01 USD, more than"),
    ],
)
def test_an_answer_that_loses_a_journey_or_passes_the_budget_is_withheld(
    spoilt: dict[str, float], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*asked: object) -> object:
        chosen = choose(*asked)  # type: ignore[arg-type]
        by_name = {}
        for name, each in chosen.by_name.items():
            evaluation = dataclasses.replace(each.evaluation, **spoilt)  # type: ignore[arg-type]
            by_name[name] = dataclasses.replace(each, course=dataclasses.replace(each.course, evaluation=evaluation))
        return dataclasses.replace(chosen, by_name=by_name)

    monkeypatch.setattr("waystation.engine.journeys.planner.choose", wrong)
    with pytest.raises(CertificateError, match=said):
        plan(crossing(), days=3, budget=dollars(15))


def test_an_answer_that_the_other_sweep_does_not_confirm_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(solver: Solver) -> object:
        solution = solver.solve()
        return solution.policy, solution.arrive + 1e-8

    monkeypatch.setattr(Solver, "likeliest_arrival", wrong)
    with pytest.raises(CertificateError, match="two sweeps differ by 1e-08"):
        plan(crossing(), days=3)


def test_without_money_in_the_state_there_is_no_step() -> None:
    assert NO_MONEY.step == NO_MONEY.steps == 0
