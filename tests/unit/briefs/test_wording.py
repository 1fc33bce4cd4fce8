import math
from dataclasses import replace
from datetime import date

import pytest

from waystation.briefs import wording
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import (
    BudgetPoint,
    Choice,
    ChoiceName,
    Obstacle,
    ObstacleKind,
    Plan,
    ReasonCode,
    RuledOut,
)
from waystation.engine.model import Caps, Group, Network
from waystation.kernel import Money


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


@pytest.fixture
def korean(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("ko", network, group, plan.start)


def test_the_answer_is_one_sentence_with_its_numbers(plan: Plan, english: Voice, korean: Voice) -> None:
    assert wording.answer(plan, english) == (
        "Group family reaches South Korea with a chance of 94.3 % (harm 2.1 %, neither 3.6 %), for at most 14,000 USD, "
        "usually in 24 days; nine in ten of those who arrive are there by day 31 (19 Dec)."
    )
    assert "대한민국에 도착할 확률은 94.3 %입니다" in wording.answer(plan, korean)
    assert "D+31(12월 19일)" in wording.answer(plan, korean)


def test_without_a_cap_the_mean_comes_before_the_dearest_branch(plan: Plan, english: Voice) -> None:
    answer = wording.answer(replace(plan, caps=Caps()), english)
    assert "for 11,503 USD on average (no cap on money; the dearest branch costs 14,000 USD)" in answer


def test_a_plan_that_never_arrives_says_no_days(plan: Plan, english: Voice) -> None:
    assert plan.choice is not None
    never = replace(plan.choice.evaluation, arrive=0.0, days_expected=math.nan, days_p90=math.nan)
    answer = wording.answer(replace(plan, choices=(Choice(ChoiceName.SAFEST, never),)), english)
    assert "nan" not in answer
    assert "0 %" in answer


@pytest.mark.parametrize(
    ("obstacle", "english_words", "korean_words", "change"),
    [
        (Obstacle(ObstacleKind.BUDGET, smallest_budget=Money.of("10137.01", "USD")), "10,137.01 USD", "최소 예산", "10,137.01"),
        (Obstacle(ObstacleKind.DAYS, smallest_days=12.5), "12.5 days (the cap is 60 days)", "최단 기한", "Allow 12.5 days"),
        (Obstacle(ObstacleKind.DAYS, smallest_days=12.125), "12.2 days", "12.2일", "Allow 12.2 days"),
        (Obstacle(ObstacleKind.MAX_HARM, smallest_harm=0.04812), "4.9 %", "4.9 %", "4.9 %"),
        (
            Obstacle(ObstacleKind.WALK_HOURS, smallest_walk_hours=17.325), "fewest hours on foot with a plan are 17.4 hours",
            "최소 시간은 17.4시간", "Allow 17.4 hours on foot",
        ),
        (Obstacle(ObstacleKind.NO_ROUTE), "no way from Northeast China", "중국 동북부에서", "Add a leg"),
        (
            Obstacle(ObstacleKind.GROUP, blocking=(RuledOut("L8", ReasonCode.WALKING, "9", "4"),)),
            "No way fits this group", "맞는 길이 없습니다", "leg L8: 9 walking hours; the group's limit is 4",
        ),
        (
            Obstacle(ObstacleKind.CLOSED, blocking=(RuledOut("L1", ReasonCode.NO_DATE, "2026-11-18", "2027-01-17"),)),
            "Every way is closed", "막혀 있습니다", "leg L1: does not run on any day between 18 Nov and 17 Jan 2027",
        ),
    ],
)  # fmt: skip
def test_every_obstacle_is_named_with_the_smallest_change(
    blocked: Plan, english: Voice, korean: Voice, obstacle: Obstacle, english_words: str, korean_words: str, change: str
) -> None:
    plan = replace(blocked, obstacle=obstacle)
    assert wording.answer(plan, english).startswith("No plan exists for group family.")
    assert english_words in wording.answer(plan, english)
    assert korean_words in wording.answer(plan, korean)
    assert change in " ".join(wording.changes(obstacle, english))
    assert len(wording.changes(obstacle, korean)) == len(wording.changes(obstacle, english)) > 0


def test_two_caps_together_name_both_ways_out(blocked: Plan, english: Voice) -> None:
    obstacle = Obstacle(ObstacleKind.BUDGET_AND_DAYS, smallest_budget=Money.of(9400, "USD"), smallest_days=70)
    told = " ".join(wording.obstacle_sentences(obstacle, blocked, english))
    assert "9,400 USD" in told
    assert "70 days" in told
    neither = Obstacle(ObstacleKind.BUDGET_AND_DAYS)
    assert "neither cap alone" in wording.obstacle_sentences(neither, blocked, english)[0]


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        (RuledOut("L7", ReasonCode.WALKING, "9", "4"), "leg L7: 9 walking hours; the group's limit is 4"),
        (RuledOut("L7", ReasonCode.PARTY_TOO_LARGE, "5", "3"), "leg L7: the group is 5 people; the leg takes 3"),
        (RuledOut("L7", ReasonCode.CLIMB, "900", "300"), "leg L7: 900 m of climb; the group's limit is 300 m"),
        (RuledOut("L7", ReasonCode.NIGHT), "leg L7: walked at night; the group cannot walk at night"),
        (RuledOut("L7", ReasonCode.NEED, "wheelchair"), "leg L7: not fit for a wheelchair"),
        (RuledOut("L7", ReasonCode.VETTING, "p9", "2026-11-01"), "leg L7: partner p9 is vetted only until 1 Nov"),
        (
            RuledOut("L7", ReasonCode.ALWAYS_CLOSED, "river", "high|flood"),
            "leg L7: closed while Mekong is high or in flood, and nothing else can occur on this journey",
        ),
        (RuledOut("la-n", ReasonCode.BEDS, "5", "4"), "waiting at Northern Laos: 4 beds; the group is 5 people"),
    ],
)
def test_what_is_ruled_out_says_why(english: Voice, korean: Voice, reason: RuledOut, line: str) -> None:
    assert wording.ruled_out([reason], english) == [line]
    assert len(wording.ruled_out([reason], korean)) == 1


def test_a_cap_on_walking_is_named_among_the_caps(plan: Plan, english: Voice, korean: Voice) -> None:
    capped = replace(plan, caps=replace(plan.caps, walk_hours=12.5))
    assert "12.5 hours on foot in all" in wording.caps(capped, english)
    assert "걷는 시간 모두 12.5시간 이하" in wording.caps(capped, korean)
    assert "on foot" not in wording.caps(plan, english)
    unknown = Obstacle(ObstacleKind.WALK_HOURS)
    assert "no plan keeps to 12.5 hours" in wording.obstacle_sentences(unknown, capped, english)[0]


def test_legs_out_of_reach_share_a_line_and_none_is_lost(english: Voice) -> None:
    reasons = [RuledOut(f"L{n}", ReasonCode.UNREACHABLE) for n in range(40)]
    lines = wording.ruled_out(reasons, english)
    assert len(lines) == 1
    assert all(f"L{n}" in lines[0].replace(",", " ").replace(":", " ").split() for n in range(40))


def test_freshness_has_an_age_in_days(plan: Plan, english: Voice) -> None:
    lines = wording.freshness(plan, english)
    assert "Mekong: high, seen on 12 Nov (3 days old on 15 Nov)" in lines
    unseen = replace(plan, observed_on={})
    assert "Mekong: no observation; the long-run share was used" in wording.freshness(unseen, english)


def test_the_curve_is_told_in_few_rows_with_its_ends() -> None:
    curve = [BudgetPoint(Money(n, "USD"), max(0.0, min(0.9, (n - 30) / 100))) for n in range(200)]
    points = wording.salient_points(curve)
    assert len(points) <= 8
    assert points[0].budget.minor == 30
    assert points[0].arrive == 0.0
    assert points[-1].budget.minor == 120
    assert [p.arrive for p in points] == sorted(p.arrive for p in points)
    assert wording.salient_points([]) == []
    assert [p.arrive for p in wording.salient_points(curve[:5])] == [0.0]


def test_the_certificate_is_told(plan: Plan, blocked: Plan, english: Voice) -> None:
    assert "2.2e-16" in wording.certificate(plan, english)
    assert "nothing to count a second time" in wording.certificate(blocked, english)


def test_a_day_carries_its_year_when_it_is_another(english: Voice) -> None:
    assert english.day(14) == "day 14 (2 Dec)"
    assert english.day(13.5) == "day 13.5 (1 Dec)"
    assert english.day(51) == "day 51 (8 Jan 2027)"
    assert english.date(date(2026, 12, 2)) == "2 Dec"
    assert english.iso_date("soon") == "soon"
