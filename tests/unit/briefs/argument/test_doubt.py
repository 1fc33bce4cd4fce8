from dataclasses import replace

import pytest
from tests.unit.briefs.arguments import argued

from waystation.briefs.argument import doubt
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Interval
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def test_a_chance_with_its_interval(english: Voice) -> None:
    korean = replace(english, language="ko")
    interval = Interval(0.88, 0.93, 0.97)
    assert doubt.in_full(0.94, interval, 0.8, english) == "94 % (80 % interval 88 to 97 %)"
    assert doubt.in_full(0.94, interval, 0.8, korean) == "94 %(80 % 범위 88~97 %)"
    assert doubt.beside(0.94, interval, english) == "94 % [88–97 %]"
    assert doubt.beside(0.867, Interval(0.694, 0.9, 1.217), english) == "86.7 % [69.4–100 %]"
    assert doubt.beside(0.94, None, english) == "94 %"
    assert doubt.beside(1.0, Interval(1.0, 1.0, 1.0), english) == "100 %"


def test_how_sure_in_sentences(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    assert told.choice is not None
    assert doubt.doubt_sentences(told.choice, told, english) == [
        (
            "Chances are beliefs, not facts. Over 2,000 draws of them the plan arrives with 93.3 % on average "
            "(94.3 % with each at its mean); 80 % interval 88.3 to 96.3 %."
        ),
        (
            "80 % interval of the rest: harm 1 to 7 %, neither 2 to 5 %, expected cost 10,800 to 11,500 USD, "
            "22.5 to 25.1 days."
        ),
        (
            "Most of the doubt comes from: the chance of interception on leg L3 (believed 6 %, weight 10) 41 %; "
            "the chance of being turned back on leg L6 (believed 4 %, weight 25) 22 %."
        ),
    ]


def test_without_doubt_nothing_is_said(plan: Plan, english: Voice) -> None:
    assert plan.choice is not None
    assert doubt.doubt_sentences(plan.choice, plan, english) == []
    assert doubt.caution_sentences(plan, english) == []
    assert doubt.brackets(plan, english) == ""


def test_doubt_that_nothing_carries_names_nothing(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    assert told.choice is not None
    assert told.choice.doubt is not None
    calm = replace(told.choice, doubt=replace(told.choice.doubt, carried_by=()))
    assert len(doubt.doubt_sentences(calm, told, english)) == 2


def test_the_distribution_in_a_sentence(plan: Plan, english: Voice) -> None:
    told = argued(plan).choice
    assert told is not None
    assert told.doubt is not None
    # Quantiles rise from 0.8 by 0.009 each: the 5, 50 and 95 % ones are the second, eleventh and twentieth.
    assert doubt.spread_sentence(told.doubt, english) == (
        "In one draw of twenty the arrival is below 80.9 %, in half of them below 89 %, in one of twenty above 97.1 %."
    )
    assert doubt.spread_sentence(replace(told.doubt, arrive_quantiles=()), english) == ""


def test_caution_says_whether_it_takes_the_same_line(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    assert told.caution is not None
    assert doubt.caution_sentences(told, english) == [
        "While every chance is the worst of its 90 % interval, this plan still arrives with 84 %.",
        (
            "The cautious plan goes by leg L5 instead: at least 87 % then; as believed 93.1 %, harm 3 %, "
            "expected cost 12,000 USD."
        ),
    ]
    same = replace(told, caution=replace(told.caution, legs=("L1", "L2", "L3", "L4", "L6", "L7")))
    assert doubt.caution_sentences(same, english)[1] == (
        "The cautious plan takes the same line: at least 87 % then, 93.1 % as believed."
    )
    stay = replace(told, caution=replace(told.caution, legs=()))
    assert doubt.caution_sentences(stay, english)[1] == "The cautious plan is not to go."


def test_brackets_are_explained_where_they_stand(plan: Plan, english: Voice) -> None:
    assert doubt.brackets(argued(plan), english).startswith("In square brackets: the 80 % interval")
