from dataclasses import replace

import pytest

from waystation.briefs.blocks import Points, Section
from waystation.briefs.sections import care
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import AgeBand, Group, Mobility, Network, Traveller, usual_effort_limit


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def _points(section: Section) -> dict[str, str]:
    (block,) = section.blocks
    assert isinstance(block, Points)
    return dict(block.items)


def test_what_to_carry_follows_from_what_is_declared(plan: Plan, english: Voice) -> None:
    carry = _points(care.carry(plan, english))
    assert carry["Water"].endswith("the longest walk is 4 hours (leg L5)")
    assert "for 51 days" in carry["Medicine"]
    assert "medicine (t1)" in carry["Needs"]
    assert carry["Shoes"] == "fit for 4 hours on foot and 200 m of climb (legs L3, L5)"
    assert carry["Warm clothes"].endswith("travelled at night: legs L3, L6")
    assert "the partner of leg L6 for a life jacket for each of 5 people" in carry["For the boat"]
    assert carry["For the children"].startswith("t4 and t5:")
    assert carry["Limit of the group"].startswith("4 hours on foot, 300 m of climb")
    assert carry["Documents"].startswith("only what the lead has agreed")


def test_nothing_is_carried_for_what_nobody_declared(plan: Plan, network: Network) -> None:
    adult = Traveller("a", AgeBand.ADULT, usual_effort_limit(AgeBand.ADULT, Mobility.FULL))
    alone = Voice("en", network, Group("solo", "cn-ne", (adult,)), plan.start)
    carry = _points(care.carry(replace(plan, stages=plan.stages[:2]), alone))
    assert carry.keys() == {"Water", "Medicine", "Warm clothes", "Limit of the group", "Documents"}
    assert "night" not in carry["Warm clothes"]


def test_trouble_has_its_answers(plan: Plan, english: Voice) -> None:
    wrong = _points(care.wrong(plan, english))
    assert "Nobody goes to look" in wrong["A call is overdue"]
    assert "Nobody goes to look" in wrong["Somebody is intercepted"]
    assert "pay up to 1,000 USD" in wrong["More money is asked for"]
    assert "no traveller ever owes it" in wrong["More money is asked for"]
    assert wrong["Somebody wants to stop"].endswith(
        "The journey can end safely at: Northeast China, South China, Northern Laos or Northern Thailand."
    )
    assert "South Korea" not in wrong["Illness or injury"]


def test_where_no_place_is_safe_the_lead_is_called(plan: Plan, english: Voice, network: Network) -> None:
    nowhere = replace(network, places=tuple(replace(place, may_wait=False, may_stop=False) for place in network.places))
    wrong = _points(care.wrong(plan, replace(english, network=nowhere)))
    assert "no stage of this plan is marked as a safe end" in wrong["Somebody wants to stop"]
    assert "where waiting is possible" not in wrong["Illness or injury"]
