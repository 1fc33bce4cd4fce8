from dataclasses import replace

import pytest
from tests.unit.briefs.arguments import argued

from waystation.briefs.blocks import Paragraph, Picture, Points, Section, Table
from waystation.briefs.sections.argument import argument
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Reasons
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def sections_of(plan: Plan, voice: Voice) -> dict[str, Section]:
    assert plan.choice is not None
    return {section.id: section for section in argument(plan, plan.choice, voice)}


def test_what_was_not_asked_for_has_no_section(plan: Plan, english: Voice) -> None:
    assert sections_of(plan, english) == {}
    assert sections_of(replace(plan, reasons=Reasons()), english) == {}
    assert list(sections_of(argued(plan), english)) == ["doubt", "why", "tipping", "more", "frontier"]


def test_doubt_as_believed_as_drawn_and_between(plan: Plan, english: Voice) -> None:
    blocks = sections_of(argued(plan), english)["doubt"].blocks
    intervals, carried, caution = (block for block in blocks if isinstance(block, Table))
    assert intervals.rows == (
        ("Arrive", "94.3 %", "93.3 %", "88.3–96.3 %"),
        ("Harm", "2.1 %", "3 %", "1–7 %"),
        ("Neither", "3.6 %", "3.6 %", "2–5 %"),
        ("Cost, expected", "11,043 USD", "11,000 USD", "10,800 to 11,500 USD"),
        ("Days, expected", "23.7 days", "23.8 days", "22.5 to 25.1 days"),
    )
    assert carried.rows[0] == ("The chance of interception on leg L3", "6 %", "10", "41 %")
    assert caution.rows == (("this plan", "94.3 %", "93.3 %", "84 %"), ("cautious plan", "93.1 %", "93.3 %", "87 %"))


def test_caution_stands_alone_where_doubt_was_not_asked_for(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    assert told.caution is not None
    only = replace(plan, caution=replace(told.caution, doubt=None))
    _, table = sections_of(only, english)["doubt"].blocks
    assert isinstance(table, Table)
    assert table.rows == (("this plan", "94.3 %", "–", "84 %"), ("cautious plan", "93.1 %", "–", "87 %"))


def test_a_row_for_each_leg_left_out_after_the_plan_itself(plan: Plan, english: Voice) -> None:
    _, table = sections_of(argued(plan), english)["why"].blocks
    assert isinstance(table, Table)
    assert table.rows[0] == ("this plan", "–", "94.3 %", "2.1 %", "11,043 USD", "23.7 days")
    assert table.rows[1] == ("L3", "L5", "93.2 %", "4 %", "11,000 USD", "25 days")
    assert table.rows[3] == ("L7", "–", "0 %", "–", "–", "–")


def test_tipping_values_are_a_table_the_nearest_first(plan: Plan, english: Voice) -> None:
    lead, table = sections_of(argued(plan), english)["tipping"].blocks
    assert isinstance(lead, Paragraph)
    assert isinstance(table, Table)
    assert table.rows == (
        ("The chance of interception on leg L3", "6 %", "above 11.3 %", "L5", "93 %"),
        ("The chance of being turned back on leg L6", "4 %", "below 0.4 %", "L1, L2, L3, L4, L6, L7", "96 %"),
        ("The chance of discovery per day in Northern Laos", "0.1 %", "above 20 %", "better not to go", "50 %"),
    )


def test_what_more_would_buy_is_a_list(plan: Plan, english: Voice) -> None:
    (more,) = sections_of(argued(plan), english)["more"].blocks
    assert isinstance(more, Points)
    assert len(more.items) == 7


def test_the_frontier_is_a_table_and_a_picture(plan: Plan, english: Voice) -> None:
    lead, table, picture, caption = sections_of(argued(plan), english)["frontier"].blocks
    assert isinstance(lead, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(picture, Picture)
    assert isinstance(caption, Paragraph)
    assert caption.quiet
