import dataclasses
from typing import Any

from tests.oracle.small_journeys import START
from waystation.engine.journeys.comparison import divergences
from waystation.engine.journeys.plan import ActionKind, Certificate, Decision, Plan, Stage, WhenAsked
from waystation.engine.model import Caps
from waystation.kernel import Money

RIDE = Decision({}, 0.0, 4.0, ActionKind.LEG, 1.0, leg="ride")
WALK = dataclasses.replace(RIDE, leg="walk")
WAIT = dataclasses.replace(RIDE, action=ActionKind.WAIT, leg=None)
EMPTY = Plan("A", "n", START, START, Caps(), "USD", (), (), None, (), (), Certificate(0.0, ""))


def plan(**decisions: list[Decision]) -> Plan:
    stages = tuple(Stage(at, 1.0, 0, 0, 0, Money(0, "USD"), tuple(each), True) for at, each in decisions.items())
    return dataclasses.replace(EMPTY, stages=stages)


def told(first: Plan, second: Plan) -> list[tuple[Any, ...]]:
    return [
        (each.place, dict(each.when), each.from_day, each.until_day, each.first.leg, each.second.leg)
        for each in divergences(first, second)
    ]


def test_plans_that_do_the_same_do_not_part() -> None:
    later = dataclasses.replace(RIDE, chance=0.2, until_day=9.0)
    assert told(plan(a=[RIDE]), plan(a=[later])) == []


def test_they_part_where_both_decide() -> None:
    after = dataclasses.replace(WALK, from_day=2.0, until_day=7.0)
    assert told(plan(a=[RIDE]), plan(a=[after])) == [("a", {}, 2.0, 4.0, "ride", "walk")]
    never = dataclasses.replace(WALK, from_day=5.0, until_day=7.0)
    assert told(plan(a=[RIDE]), plan(a=[never])) == []


def test_only_levels_at_which_both_decisions_hold_count() -> None:
    low = dataclasses.replace(RIDE, when={"river": ("low", "high")})
    high = dataclasses.replace(WALK, when={"river": ("high", "flood"), "law": ("new",)})
    assert told(plan(a=[low]), plan(a=[high])) == [
        ("a", {"law": ("new",), "river": ("high",)}, 0.0, 4.0, "ride", "walk")
    ]
    flood = dataclasses.replace(WALK, when={"river": ("flood",)})
    assert told(plan(a=[low]), plan(a=[flood])) == []


def test_the_answer_to_a_demand_counts_too() -> None:
    pays, refuses = (dataclasses.replace(RIDE, when_asked=each) for each in (WhenAsked.PAY, WhenAsked.REFUSE))
    assert len(told(plan(a=[pays]), plan(a=[refuses]))) == 1


def test_they_stand_in_the_order_of_the_first_plan() -> None:
    late = dataclasses.replace(RIDE, from_day=3.0)
    first, second = plan(b=[RIDE], a=[late, RIDE], c=[RIDE]), plan(a=[WALK], b=[WALK])
    assert [(each[0], each[2]) for each in told(first, second)] == [("b", 0.0), ("a", 0.0), ("a", 3.0)]


def test_turns_in_which_both_do_both_are_no_parting() -> None:
    soon, late = dataclasses.replace(WAIT, until_day=2.5), dataclasses.replace(RIDE, from_day=2.0)
    assert told(plan(a=[soon, late]), plan(a=[soon, late])) == []
