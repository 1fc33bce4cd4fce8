from dataclasses import replace

import pytest

from waystation.briefs.blocks import Paragraph, Picture, Section, Stages, Table
from waystation.briefs.sections import route
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Caps, Group, Network


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def _table(section: Section) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table))


def _said(section: Section) -> str:
    return " ".join(block.text for block in section.blocks if isinstance(block, Paragraph))


def test_check_ins_follow_from_the_leg_and_the_stage(plan: Plan, english: Voice) -> None:
    table = _table(route.calls(plan, english))
    rows = {row[0].split()[1]: row[1:] for row in table.rows}
    # L1 lasts 1 to 4 days and begins between day 0 and day 6; the least duration that can occur is 1.5 days.
    assert rows["L1"] == (
        "day 0 (18 Nov) to day 6 (24 Nov)",
        "2 days after leaving, not before 1.5 days; usually day 2 (20 Nov)",
        "4 days after leaving; day 10 (28 Nov) at the latest",
    )
    # L4 lasts at most 2 days; the plan refuses demands on it, which takes 3 slots longer.
    assert rows["L4"][2] == "3.5 days after leaving; day 18.5 (6 Dec) at the latest"
    assert rows["L6"][1] == "1 day after leaving; usually day 9 (27 Nov)"
    assert len(table.rows) == 7


def test_money_never_passes_the_dearest_branch(plan: Plan, english: Voice) -> None:
    assert plan.choice is not None
    section = route.money(plan, plan.choice, english)
    assert "Hard cap: 15,000 USD. Whatever happens" in _said(section)
    rows = {row[2]: row for row in _table(section).rows}
    # 400 USD for each of five people at 1.3 times the price.
    assert rows["leg L2, with staff"][3] == "2,600 USD"
    assert rows["leg L3"][3:] == ("3,000 USD", "1,000 USD", "8,400 USD")
    assert rows["leg L7"][5] == "14,000 USD"
    assert rows["waiting, per day"][3] == "50 USD"


def test_without_a_cap_the_money_section_says_so(plan: Plan, english: Voice) -> None:
    assert plan.choice is not None
    section = route.money(replace(plan, caps=Caps()), plan.choice, english)
    assert "No hard cap was set. The dearest branch of this plan costs 14,000 USD." in _said(section)


def test_contacts_are_codes(plan: Plan, english: Voice) -> None:
    rows = _table(route.contacts(plan, english)).rows
    assert ("p-L7", "host", "L7", "7 Mar 2027") in rows
    assert len(rows) == 7
    nobody = replace(plan, stages=plan.stages[-1:])
    assert "No partner is recorded" in _said(route.contacts(nobody, english))


def test_stages_are_told_in_order(plan: Plan, english: Voice) -> None:
    told = next(block for block in route.stages(plan, english).blocks if isinstance(block, Stages))
    assert [stage.heading.split(" (")[0] for stage in told.items][:2] == ["Northeast China", "Central China"]


def test_no_map_no_section(plan: Plan, english: Voice) -> None:
    assert route.map_section(Picture("", "", "", 1), plan, english) == []
    assert len(route.map_section(route.map_picture(plan, english), plan, english)) == 1
