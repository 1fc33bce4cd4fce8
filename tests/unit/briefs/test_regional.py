from dataclasses import replace

import pytest

from waystation.briefs.regional import regional_value
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Regional
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def simulated(plan: Plan, arrive: float = 0.0, harm: float = 0.0, error: float = 0.002) -> Plan:
    """Let the simulated values lie so far beside the plan's own."""
    assert plan.choice is not None
    own = plan.choice.evaluation
    found = Regional(4096, own.arrive + arrive, error, own.harm + harm, error, journeys=100_000)
    return replace(plan, regional=found)


def test_an_exact_plan_has_nothing_to_say(plan: Plan, blocked: Plan, english: Voice) -> None:
    assert regional_value(plan, english) == ""
    assert regional_value(blocked, english) == ""


def test_both_values_are_told_with_the_standard_error(plan: Plan, english: Voice) -> None:
    told = regional_value(simulated(plan, arrive=-0.1, harm=0.05), english)
    assert plan.choice is not None
    own = plan.choice.evaluation
    for share in (own.arrive, own.harm, own.arrive - 0.1, own.harm + 0.05):
        assert english.percent(share) in told
    assert "4,096 joint levels" in told
    assert told.endswith("left out: the cautious plan, the frontier, what it is worth to ask or to wait and see.")
    assert "100,000 simulated journeys" in told
    assert told.count("(standard error 0.20 %)") == 2


@pytest.mark.parametrize(
    ("arrive", "harm", "differ"),
    [(0.0059, 0.0, False), (-0.0059, 0.0059, False), (0.0061, 0.0, True), (-0.0061, 0.0, True), (0.0, 0.0061, True)],
)
def test_they_differ_beyond_three_standard_errors(
    arrive: float, harm: float, differ: bool, plan: Plan, english: Voice
) -> None:
    told = regional_value(simulated(plan, arrive, harm), english)
    assert ("differ by more than chance" in told) is differ
    assert ("agree within chance" in told) is not differ


def test_a_share_of_none_or_all_is_not_sure_to_the_last_journey(plan: Plan, english: Voice) -> None:
    assert "agree" in regional_value(simulated(plan, harm=2e-5, error=0.0), english)
    assert "differ" in regional_value(simulated(plan, harm=4e-5, error=0.0), english)


def test_it_is_said_in_korean_too(plan: Plan, english: Voice) -> None:
    korean = replace(english, language="ko")
    assert "모의 값을 기준으로" in regional_value(simulated(plan, arrive=0.1), korean)
    assert "지역별로 기억" in regional_value(simulated(plan), korean)
