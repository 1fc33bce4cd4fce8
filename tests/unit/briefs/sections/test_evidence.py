from dataclasses import replace
from datetime import date

import pytest
from tests.unit.briefs.arguments import argued

from waystation.briefs.blocks import Beside, Facts, Paragraph, Picture, Points, Table
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


def test_intervals_stand_below_the_three_ends(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    assert told.choice is not None
    (facts,) = evidence.numbers(told, told.choice, english).blocks
    assert isinstance(facts, Facts)
    assert facts.items[3:6] == (
        ("Arrive: 80 % interval", "88.3–96.3 %"),
        ("Harm: 80 % interval", "1–7 %"),
        ("Neither: 80 % interval", "2–5 %"),
    )


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
    assert [row[0] for row in table.rows[:3]] == ["Arrive", "Harm", "Neither"]


def test_choices_have_their_intervals_and_their_arrival_by_day(plan: Plan, english: Voice) -> None:
    sections = {each.id: each for each in evidence.grounds(argued(plan), english)}
    _, table, picture, *remarks = sections["choices"].blocks
    assert isinstance(table, Table)
    assert isinstance(picture, Picture)
    assert [row[:2] for row in table.rows[:6]] == [
        ("Arrive", "94.3 %"),
        ("80 % interval", "88.3–96.3 %"),
        ("Harm", "2.1 %"),
        ("80 % interval", "1–7 %"),
        ("Neither", "3.6 %"),
        ("80 % interval", "2–5 %"),
    ]
    assert len(table.rows) == 3 + 8
    assert len(remarks) == 1


def test_below_the_curve_stands_what_else_money_and_time_buy(plan: Plan, english: Voice) -> None:
    sections = {each.id: each for each in evidence.grounds(argued(plan), english)}
    lead, beside, more = sections["curve"].blocks
    assert isinstance(beside, Beside)
    assert beside.table.head == ("Hard budget", "Arrive", "80 % interval")
    assert beside.table.rows[-1] == ("15,000 USD", "94.3 %", "84.9–96.2 %")
    assert isinstance(lead, Paragraph)
    assert lead.text.endswith("Grey band: 80 % interval of the best plan for each budget.")
    assert isinstance(more, Paragraph)
    assert [more.text.index(words) >= 0 for words in ("The least hard", "By deadline", "Half of the")] == [True] * 3
    assert len({each.id: each for each in evidence.grounds(plan, english)}["curve"].blocks) == 2


def test_a_curve_that_never_rises_is_not_drawn(plan: Plan, english: Voice) -> None:
    flat = replace(plan, budget_curve=tuple(BudgetPoint(Money(n, "USD"), 0.0) for n in (1, 2, 3)))
    sections = {each.id: each for each in evidence.grounds(flat, english)}
    assert not any(isinstance(block, Beside) for block in sections["curve"].blocks)
    drawn = {each.id: each for each in evidence.grounds(plan, english)}
    assert any(isinstance(block, Beside) for block in drawn["curve"].blocks)


def test_sources_are_all_named(plan: Plan, english: Voice) -> None:
    sections = {each.id: each for each in evidence.grounds(plan, english)}
    (points,) = sections["sources"].blocks
    assert isinstance(points, Points)
    assert [text for _, text in points.items] == [f"{key}: {where}" for key, where in english.network.sources.items()]
