from dataclasses import replace
from datetime import date

import pytest

from waystation.briefs.blocks import Facts, Picture, Points, Table
from waystation.briefs.sections import evidence
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import BudgetPoint, ChoiceName, Plan
from waystation.engine.model import Caps, Group, Network
from waystation.kernel import Money


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def test_numbers_say_all_three_ends_first(plan: Plan, english: Voice) -> None:
    assert plan.choice is not None
    (facts,) = evidence.numbers(plan, plan.choice, english).blocks
    assert isinstance(facts, Facts)
    assert [value for _, value in facts.items[: facts.main]] == ["94.3 %", "2.1 %", "3.6 %"]
    assert ("Hard cap on money", "15,000 USD") in facts.items
    (open_facts,) = evidence.numbers(replace(plan, caps=Caps()), plan.choice, english).blocks
    assert isinstance(open_facts, Facts)
    assert ("Hard cap on money", "none set") in open_facts.items


def test_conditions_have_their_age(plan: Plan, english: Voice) -> None:
    table = evidence.ask_first(plan, english)[0].blocks[1]
    assert isinstance(table, Table)
    assert ("Mekong", "high", "12 Nov", "3 days", "low 20 %, high 70 %, in flood 10 %") in table.rows
    assert evidence.oldest(plan, english) == "Oldest observation it rests on: Patrols, 18 days old."


def test_what_was_never_seen_is_said(plan: Plan, english: Voice) -> None:
    partly = replace(plan, observed_on={"river": date(2026, 11, 12)})
    assert evidence.oldest(partly, english) == (
        "Oldest observation it rests on: Mekong, 3 days old. Never observed: Patrols."
    )
    table = evidence.ask_first(partly, english)[0].blocks[1]
    assert isinstance(table, Table)
    assert ("Patrols", "–", "never", "–", "few 42 %, many 58 %") in table.rows


def test_no_conditions_nothing_to_ask(plan: Plan, english: Voice) -> None:
    calm = replace(plan, start_levels={}, observed_on={})
    assert evidence.ask_first(calm, english) == []
    assert evidence.oldest(calm, english) == "It rests on no changing condition."


def test_the_chosen_plan_is_marked(plan: Plan, english: Voice) -> None:
    sections = {each.id: each for each in evidence.grounds(replace(plan, chosen=ChoiceName.CHEAPEST), english)}
    table = sections["choices"].blocks[1]
    assert isinstance(table, Table)
    assert table.marked == 3
    assert table.head[3] == "cheapest ✓"


def test_a_curve_that_never_rises_is_not_drawn(plan: Plan, english: Voice) -> None:
    flat = replace(plan, budget_curve=tuple(BudgetPoint(Money(n, "USD"), 0.0) for n in (1, 2, 3)))
    sections = {each.id: each for each in evidence.grounds(flat, english)}
    assert not any(isinstance(block, Picture) for block in sections["curve"].blocks)
    drawn = {each.id: each for each in evidence.grounds(plan, english)}
    assert any(isinstance(block, Picture) for block in drawn["curve"].blocks)


def test_sources_are_all_named(plan: Plan, english: Voice) -> None:
    sections = {each.id: each for each in evidence.grounds(plan, english)}
    (points,) = sections["sources"].blocks
    assert isinstance(points, Points)
    assert [text for _, text in points.items] == [f"{key}: {where}" for key, where in english.network.sources.items()]
