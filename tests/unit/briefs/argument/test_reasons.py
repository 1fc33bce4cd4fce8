from dataclasses import replace

import pytest
from tests.unit.briefs.arguments import argued, reasons

from waystation.briefs.argument import reasons as words
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Waiting
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def test_the_next_best_comes_first(plan: Plan, english: Voice) -> None:
    assert words.alternative_sentences(argued(plan), english) == [
        (
            "Without leg L3, the best plan goes by leg L5: arrival 93.2 % instead of 94.3 %, harm 4 %, cost 11,000 USD, "
            "25 days."
        ),
        (
            "Without leg L1, the best plan goes by leg L10: arrival 91 % instead of 94.3 %, harm 5 %, cost 13,000 USD, "
            "26.2 days."
        ),
        "Without leg L7 (from Northern Thailand) nothing arrives.",
    ]
    assert len(words.alternative_sentences(argued(plan), english, 1)) == 1
    assert words.alternative_sentences(plan, english) == []


def test_the_nearest_tipping_value_comes_first(plan: Plan, english: Voice) -> None:
    # Log-odds apart: 0.113 from 0.06 by 0.69, 0.004 from 0.04 by 2.34, 0.2 from 0.001 by 5.52.
    assert words.tipping_sentences(argued(plan), english) == [
        (
            "If the chance of interception on leg L3 were above 11.3 % (believed 6 %), go by leg L5 instead; "
            "arrival then 93 %."
        ),
        (
            "If the chance of being turned back on leg L6 were below 0.4 % (believed 4 %), go by "
            "legs L1, L2, L3, L4, L6, L7 instead; arrival then 96 %."
        ),
        (
            "If the chance of discovery per day in Northern Laos were above 20 % (believed 0.1 %), "
            "it would be better not to go."
        ),
    ]
    assert words.tipping_sentences(plan, english) == []


def test_asking_that_gains_nothing_is_said_plainly(plan: Plan, english: Voice) -> None:
    assert words.information_sentences(argued(plan), english) == [
        "Asking about Mekong before leaving is worth 1.2 points of arrival (94.3 % instead of 93.1 %).",
        "Asking about Patrols before leaving is worth less than 0.1 points.",
        "Leaving at once: 94.3 %; waiting 1 day first, to see: 93 %. Leaving at once is better.",
    ]
    assert words.information_sentences(plan, english) == []


@pytest.mark.parametrize(
    ("now", "later", "verdict"),
    [
        (0.94, 0.9432, "Waiting is better."),
        (0.9432, 0.94, "Leaving at once is better."),
        (0.9432, 0.9431, "The difference is less than 0.1 points."),
        (0.94, 0.93, "This plan decides by what is found on the day: 94.3 %."),
    ],
)
def test_waiting_has_a_verdict(now: float, later: float, verdict: str, plan: Plan, english: Voice) -> None:
    told = replace(plan, reasons=replace(reasons(), asking=(), waiting=Waiting(0.5, now, later)))
    (sentence,) = words.information_sentences(told, english)
    assert sentence.endswith(f" {verdict}")


def test_margins_by_what_they_gain(english: Voice) -> None:
    assert words.margin_sentences(reasons(), english) == [
        "1 person fewer: arrival 95.5 % (1.2 points gained)",
        "1,000 USD more: arrival 95 % (0.7 points gained)",
        "1 person more: arrival 90 % (4.3 points lost)",
        "Less than 0.1 points: 1 day more; 2 beds more in Northern Laos; room for 2 people more on leg L8",
    ]
    assert words.margin_sentences(None, english) == []


def test_korean_takes_the_right_particles(plan: Plan, english: Voice) -> None:
    korean = replace(english, language="ko")
    assert words.tipping_sentences(argued(plan), korean)[0] == (
        "L3 구간의 적발 확률이 11.3 %보다 높다면(추정 6 %) L5 구간으로 가는 것이 낫습니다. 그때 도착 확률은 93 %입니다."
    )
    assert words.information_sentences(argued(plan), korean)[0] == (
        "출발 전에 Mekong을 알아보면 도착 확률이 1.2 %p 높아집니다(93.1 %에서 94.3 %로)."
    )
