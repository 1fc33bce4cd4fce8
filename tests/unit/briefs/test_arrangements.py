import math
from dataclasses import replace
from datetime import date

import pytest

from waystation.briefs.arrangements import (
    COLUMNS,
    arrangement_head,
    arrangement_notes,
    arrangement_row,
    arrangement_section,
    arrangement_table,
    lead,
)
from waystation.briefs.blocks import Paragraph, Table
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Arrangement, CompanyRule
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Caps, Group, Network
from waystation.kernel import Money

START = date(2026, 11, 18)
TOGETHER = Arrangement(
    parties=(("t1", "t2", "t3", "t4", "t5"),),
    company=CompanyRule.WHERE_BEST,
    all_arrive=0.9681,
    nobody_harmed=0.9693,
    parted=0.0,
    arrive_people=4.8407,
    harm_people=0.15,
    cost_expected=4_000_000.5,
    days_expected=40.26,
    exposed_at_once=5,
    staff_at_once=1,
)
DIVIDED = replace(
    TOGETHER,
    parties=(("t1", "t2", "t4"), ("t3", "t5")),
    all_arrive=0.9542,
    nobody_harmed=0.9552,
    parted=0.0446,
    arrive_people=4.8826,
    exposed_at_once=3,
    staff_at_once=0,
)


@pytest.fixture
def english(network: Network, group: Group) -> Voice:
    return Voice("en", network, group, START)


@pytest.fixture
def korean(network: Network, group: Group) -> Voice:
    return Voice("ko", network, group, START)


@pytest.fixture
def arranged(plan: Plan) -> Plan:
    never = (replace(TOGETHER, company=CompanyRule.NEVER, all_arrive=0.5), replace(DIVIDED, company=CompanyRule.NEVER))
    return replace(plan, arrangements=(TOGETHER, DIVIDED, *never), caps=Caps())


def test_a_row_has_a_cell_under_every_heading(english: Voice, korean: Voice) -> None:
    for voice in (english, korean):
        assert len(arrangement_head(voice)) == len(COLUMNS) == len(arrangement_row(DIVIDED, "USD", voice))
    assert arrangement_row(TOGETHER, "USD", english) == (
        "all together", "where it is best", "96.8 %", "96.9 %", "–", "4.84 of 5", "40,001 USD", "40.3 days",
        "5 people and 1 of staff",
    )  # fmt: skip
    assert arrangement_row(DIVIDED, "USD", english) == (
        "t1, t2, t4 / t3, t5", "where it is best: nowhere", "95.4 %", "95.5 %", "4.5 %", "4.88 of 5", "40,001 USD",
        "40.3 days", "3 people",
    )  # fmt: skip
    assert arrangement_row(TOGETHER, "USD", korean)[5] == "5명 중 4.84명"
    assert arrangement_row(TOGETHER, "USD", korean)[8] == "5명, 직원 1명"


@pytest.mark.parametrize(
    ("rule", "words", "in_korean"),
    [(CompanyRule.NEVER, "never", "동행 없음"), (CompanyRule.ALWAYS, "wherever offered", "가능한 구간 모두")],
)
def test_every_rule_of_company_has_its_words(
    english: Voice, korean: Voice, rule: CompanyRule, words: str, in_korean: str
) -> None:
    assert arrangement_row(replace(TOGETHER, company=rule), "USD", english)[1] == words
    assert arrangement_row(replace(TOGETHER, company=rule), "USD", korean)[1] == in_korean


def test_what_cannot_be_has_no_number(english: Voice) -> None:
    hopeless = replace(DIVIDED, all_arrive=0.0, days_expected=math.nan)
    assert arrangement_row(hopeless, "USD", english)[7] == "–"


def test_the_table_shows_and_does_not_choose(arranged: Plan, english: Voice, korean: Voice) -> None:
    assert "chooses none" in lead(english)
    assert "Nobody owes anything" in lead(english)
    assert "고르지 않습니다" in lead(korean)
    assert arrangement_table(arranged.arrangements, "USD", english).marked is None
    words = " ".join([lead(english), *arrangement_notes(arranged, english)]).lower()
    assert not any(word in words for word in ("recommend", "should", "better to", "optimal"))


def test_dividing_is_compared_with_going_together(arranged: Plan, english: Voice, korean: Voice) -> None:
    counted, compared, left_out = arrangement_notes(arranged, english)
    assert "not multiplied" in counted
    assert compared == (
        "As t1, t2, t4 / t3, t5: one interception takes at most 3 people instead of 5 people; all arrive in 95.4 % of "
        "journeys instead of 96.8 %, and 4.88 people are expected to arrive instead of 4.84; in 4.5 % of journeys they are "
        "parted."
    )
    assert left_out.startswith("Left out")
    assert len(arrangement_notes(arranged, korean)) == 3
    assert "96.8 % 대신 95.4 %" in arrangement_notes(arranged, korean)[1]


def test_without_company_the_ways_are_compared_without(arranged: Plan, english: Voice) -> None:
    never = replace(arranged, arrangements=arranged.arrangements[2:])
    assert "instead of 50 %" in arrangement_notes(never, english)[1]


def test_a_group_that_is_not_divided_is_told_why(arranged: Plan, english: Voice) -> None:
    alone = replace(arranged, arrangements=(TOGETHER,))
    assert [note[:8] for note in arrangement_notes(alone, english)] == ["Left out"]
    divided_only = replace(arranged, arrangements=(DIVIDED,))
    assert len(arrangement_notes(divided_only, english)) == 2


def test_a_shared_budget_and_an_average_are_said(arranged: Plan, english: Voice) -> None:
    rough = replace(DIVIDED, standard_error=0.004)
    told = replace(arranged, caps=Caps(budget=Money.of(120_000, "USD")), arrangements=(TOGETHER, rough))
    notes = arrangement_notes(told, english)
    assert any("120,000 USD is shared out" in note for note in notes)
    assert any("standard error of at most 0.4 %" in note for note in notes)
    assert arrangement_row(rough, "USD", english)[2] == "about 95.4 %"
    close = replace(told, arrangements=(TOGETHER, replace(DIVIDED, standard_error=1e-5)))
    assert not any("standard error" in note for note in arrangement_notes(close, english))


def test_the_section_stands_only_where_it_was_asked_for(arranged: Plan, plan: Plan, english: Voice) -> None:
    assert arrangement_section(plan, english) is None
    section = arrangement_section(arranged, english)
    assert section is not None
    assert section.id == "parties"
    first, table, *notes = section.blocks
    assert first == Paragraph(lead(english))
    assert isinstance(table, Table)
    assert len(table.rows) == 4
    assert [note.quiet for note in notes if isinstance(note, Paragraph)] == [True] * 3
