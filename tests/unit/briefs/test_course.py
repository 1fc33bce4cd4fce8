from dataclasses import replace

import pytest

from waystation.briefs.course import stage_text
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import ActionKind, Decision, Plan, Stage, WhenAsked
from waystation.engine.model import Group, Network
from waystation.kernel import Money


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


@pytest.fixture
def korean(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("ko", network, group, plan.start)


def _stage(plan: Plan, place: str) -> Stage:
    return next(stage for stage in plan.stages if stage.place == place)


def _at(*decisions: Decision) -> Stage:
    return Stage("la-n", 1.0, 0, 1, 20, Money(0, "USD"), decisions, on_main_line=True)


def _do(days: tuple[float, float], leg: str | None, chance: float, **when: tuple[str, ...]) -> Decision:
    return Decision(when, *days, ActionKind.LEG if leg else ActionKind.WAIT, chance, leg=leg)


def test_a_branch_says_how_long_to_wait_and_what_then(plan: Plan, english: Voice, korean: Voice) -> None:
    sentences = stage_text(_stage(plan, "la-n"), english).sentences
    assert (
        "If Mekong is high (at least 30 % of journeys): wait until day 14.5 (2 Dec) at the latest, then take leg L6."
        in sentences
    )
    assert "If Mekong is in flood (10 % of journeys): stop here; do not go on, call the lead." in sentences
    spoken = " ".join(stage_text(_stage(plan, "la-n"), korean).sentences)
    assert "늦어도 D+14.5(12월 2일)까지 대기하고, 그다음 L6 구간으로 출발합니다." in spoken


def test_plural_conditions_are_spoken_of_in_the_plural(plan: Plan, english: Voice) -> None:
    assert (
        stage_text(_stage(plan, "cn-ne"), english)
        .sentences[0]
        .startswith("If Patrols are few (62 % of journeys): take")
    )


def test_what_always_holds_needs_no_condition(plan: Plan, english: Voice) -> None:
    (sentence,) = stage_text(_stage(plan, "cn-mid"), english).sentences
    assert sentence == "Take leg L2 (by car to South China) with a member of staff going along."


def test_demands_say_pay_up_to_or_refuse(plan: Plan, english: Voice) -> None:
    paid = " ".join(stage_text(_stage(plan, "cn-s"), english).sentences)
    # 300 USD for the group and 1,000 CNY at 0.14 for each of five people.
    assert "If more money is asked for on leg L3: pay up to 1,000 USD, then record it." in paid
    refused = " ".join(stage_text(_stage(plan, "vn-n"), english).sentences)
    assert "refuse. The way then takes 1.5 days longer." in refused
    back = replace(_stage(plan, "cn-s").decisions[0], when_asked=WhenAsked.REFUSE)
    assert "goes back to where the leg began" in " ".join(stage_text(_at(back), english).sentences)
    either = replace(back, when_asked=WhenAsked.DEPENDS)
    assert "depends on the day and on the money left" in " ".join(stage_text(_at(either), english).sentences)
    same_case = stage_text(_at(back, replace(back, when_asked=WhenAsked.PAY)), english).sentences
    assert "depends on the day and on the money left" in " ".join(same_case)


def test_demands_are_answered_case_by_case(plan: Plan, english: Voice) -> None:
    low = replace(_stage(plan, "cn-s").decisions[0], when={"river": ("low",)}, when_asked=WhenAsked.PAY)
    high = replace(low, when={"river": ("high",)}, when_asked=WhenAsked.REFUSE)
    sentences = " ".join(stage_text(_at(low, high), english).sentences)
    assert "low: If more money is asked for on leg L3: pay up to 1,000 USD, then record it." in sentences
    assert "high: If more money is asked for on leg L3: refuse." in sentences


def test_hours_walked_that_matter_are_said_once(plan: Plan, english: Voice, korean: Voice) -> None:
    stage = _stage(plan, "cn-s")
    assert not any("hours walked" in sentence for sentence in stage_text(stage, english).sentences)
    walked = replace(stage, decisions=tuple(replace(each, depends_on_effort=True) for each in stage.decisions))
    assert sum("the hours walked so far" in sentence for sentence in stage_text(walked, english).sentences) == 1
    assert sum("지금까지 걸은 시간" in sentence for sentence in stage_text(walked, korean).sentences) == 1


def test_money_that_matters_is_said_once(plan: Plan, english: Voice) -> None:
    sentences = stage_text(_stage(plan, "cn-s"), english).sentences
    assert sum("Part of this depends on the money left" in sentence for sentence in sentences) == 1


def test_a_long_course_is_dated_step_by_step(english: Voice) -> None:
    stage = _at(_do((0, 4), "L6", 0.5), _do((4.5, 9), None, 0.3), _do((9.5, 12), "L8", 0.4), _do((12.5, 20), None, 0.1))
    (case,) = stage_text(stage, english).cases
    assert not case.is_short
    assert case.steps == (
        "Until day 4 (22 Nov) take leg L6 (by boat to Northern Thailand)",
        "until day 9.5 (27 Nov) wait",
        "until day 12 (30 Nov) take leg L8 (on foot to Northern Thailand)",
        "then wait, asking again every 12 hours; if nothing has opened by day 20.5 (8 Dec), call the lead",
    )
    once = _at(_do((0, 4), None, 0.5), _do((4.5, 4.5), "L6", 0.3), _do((5, 12), None, 0.4))
    assert stage_text(once, english).cases[0].steps[1].startswith("on day 4.5 (22 Nov) take leg L6")
    assert all(step in case.sentence for step in case.steps)


def test_a_course_that_goes_to_and_fro_is_told_by_days(english: Voice, korean: Voice) -> None:
    turns = [_do((2 * n, 2 * n), "L6", 0.2) if n % 2 else _do((2 * n, 2 * n + 1), None, 0.2) for n in range(6)]
    (case,) = stage_text(_at(*turns, _do((10.5, 12), "L8", 0.1)), english).cases
    assert case.steps == (
        "Take leg L6 (by boat to Northern Thailand) on 20 Nov, 24 Nov or 28 Nov",
        "take leg L8 (on foot to Northern Thailand) on 28 Nov–30 Nov",
        "on other days wait, asking again every 12 hours",
    )
    (hopeless,) = stage_text(_at(*turns, _do((10.5, 12), None, 0.1)), english).cases
    assert hopeless.steps[-1].endswith("if nothing has opened by day 12.5 (30 Nov), call the lead")
    (korean_case,) = stage_text(_at(*turns), korean).cases
    assert korean_case.steps[0] == "11월 20일, 11월 24일, 11월 28일: L6 구간(배, 태국 북부로 이동)으로 출발"


def test_neighbouring_days_are_put_together(english: Voice) -> None:
    turns = [_do((n, n), "L6" if n != 3 else None, 0.2, patrols=("few",)) for n in range(6)]
    turns[1] = _do((1, 1), "L8", 0.2, patrols=("few",))
    (case,) = stage_text(_at(*turns), english).cases
    assert case.steps[0].endswith("on 18 Nov, 20 Nov or 22 Nov–23 Nov")


def test_short_and_rare_turns_are_left_out(english: Voice) -> None:
    stage = _at(_do((0, 4), "L6", 0.5), _do((4.5, 4.5), None, 0.001), _do((5, 9), "L6", 0.3))
    (case,) = stage_text(stage, english).cases
    assert case.steps == ("Take leg L6 (by boat to Northern Thailand)",)


def test_a_turn_that_may_begin_early_says_so(english: Voice) -> None:
    stage = _at(_do((0, 8), None, 0.5), _do((5, 12), "L6", 0.4))
    (sentence,) = stage_text(stage, english).sentences
    assert "Wait until day 5 (23 Nov) or, if the lead says so, day 8.5 (26 Nov) at the latest" in sentence


def test_cases_that_may_both_hold_are_told_apart_by_days(english: Voice) -> None:
    stage = _at(_do((0, 5), "L6", 0.6, river=("low",)), _do((5.5, 9), "L8", 0.4))
    sentences = stage_text(stage, english).sentences
    assert sentences[0].startswith("If Mekong is low, between day 0 (18 Nov) and day 5 (23 Nov)")
    assert sentences[1].startswith("Between day 5.5 (23 Nov) and day 9 (27 Nov)")


def test_rare_cases_are_marked_and_come_last(english: Voice) -> None:
    stage = _at(_do((0, 5), "L8", 0.005, river=("flood",)), _do((0, 5), "L6", 0.6, river=("low",)))
    cases = stage_text(stage, english).cases
    assert [case.rare for case in cases] == [False, True]


def test_the_end_is_told(plan: Plan, english: Voice) -> None:
    assert stage_text(_stage(plan, "kr"), english).sentences == ("Arrived. The journey ends here.",)
    nowhere = replace(_stage(plan, "kr"), place="la-n")
    assert stage_text(nowhere, english).sentences == ("Nothing is decided here: call the lead.",)


def test_korean_codes_keep_their_letters(english: Voice, korean: Voice) -> None:
    decision = replace(_do((0, 5), "unknown-leg", 1.0), when_asked=None)
    assert stage_text(_at(decision), korean).sentences[0].startswith("unknown-leg 구간")
    assert stage_text(_at(decision), english).sentences[0] == "Take leg unknown-leg."
