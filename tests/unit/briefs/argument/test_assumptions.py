from dataclasses import replace

import pytest
from tests.unit.briefs.arguments import BOAT, DEMAND, HOUSE, JUNGLE

from waystation.briefs.argument.assumptions import chance_believed, chance_named, main_line, other_way
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def test_each_chance_has_its_name(english: Voice) -> None:
    named = [chance_named(each, english) for each in (JUNGLE, BOAT, HOUSE, DEMAND)]
    assert named == [
        "the chance of interception on leg L3",
        "the chance of being turned back on leg L6",
        "the chance of discovery per day in Northern Laos",
        "the chance of an extra demand on leg L4",
    ]


def test_a_belief_comes_with_its_weight(english: Voice) -> None:
    korean = replace(english, language="ko")
    assert chance_believed(DEMAND, english).endswith("(believed 10 %, weight 2.5)")
    assert chance_believed(JUNGLE, korean) == "L3 구간의 적발 확률(추정 6 %, 근거 10건)"


def test_the_line_follows_the_leg_most_often_taken(plan: Plan, english: Voice) -> None:
    assert main_line(plan, english) == ("L1", "L2", "L3", "L4", "L6", "L7")
    rarer = replace(plan.stages[2].decisions[0], chance=0.1)
    stages = list(plan.stages)
    stages[2] = replace(stages[2], decisions=(rarer, *stages[2].decisions[1:]))
    assert main_line(replace(plan, stages=tuple(stages)), english) == ("L1", "L2", "L5", "L6", "L7")


def test_a_circle_ends_the_line(plan: Plan, english: Voice) -> None:
    first, second = plan.stages[:2]
    back = replace(second.decisions[0], leg="L9")  # to the first place again
    circle = replace(plan, stages=(first, replace(second, decisions=(back,))))
    assert main_line(circle, english) == ("L1", "L9")
    assert main_line(replace(plan, stages=()), english) == ()


def test_only_what_differs_is_named(english: Voice) -> None:
    assert other_way(("L1", "L2", "L5"), ("L1", "L2", "L3"), english) == "leg L5"
    assert other_way(("L8", "L2", "L5"), ("L1", "L2", "L3"), english) == "legs L8, L5"
    assert other_way(("L1", "L2"), ("L1", "L2", "L3"), english) == "legs L1, L2"
