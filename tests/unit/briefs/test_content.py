from dataclasses import replace

import pytest

from waystation.briefs.blocks import Facts, Paragraph, Picture, Points, Section, Stages, Table
from waystation.briefs.content import BriefContent, brief_content
from waystation.briefs.language import LANGUAGES, Language
from waystation.engine.journeys.plan import ChoiceName, Plan
from waystation.engine.model import AgeBand, Caps, Group, Mobility, Network, Traveller, usual_effort_limit


def words_of(section: Section) -> list[str]:
    found: list[str] = []
    for block in section.blocks:
        match block:
            case Paragraph():
                found.append(block.text)
            case Facts() | Points():
                found += [text for item in block.items for text in item]
            case Table():
                found += [*block.head, *(cell for row in block.rows for cell in row)]
            case Stages():
                found += [text for stage in block.items for text in (stage.heading, *stage.facts, *stage.sentences)]
            case Picture():
                found.append(block.alternative)
    return found


def _section(content: BriefContent, name: str) -> str:
    return " ".join(words_of(next(section for section in content.sections if section.id == name)))


@pytest.fixture
def english(plan: Plan, network: Network, group: Group) -> BriefContent:
    return brief_content(plan, network, group, "en")


def test_a_brief_has_all_it_promises(english: BriefContent) -> None:
    assert [section.id for section in english.sections] == [
        "numbers", "map", "fresh", "stages", "calls", "wrong", "carry", "money", "contacts", "curve", "choices",
        "ruled_out", "sources", "check",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_and_no_placeholder_is_left(
    plan: Plan, blocked: Plan, network: Network, group: Group, language: Language
) -> None:
    for each in (plan, blocked):
        content = brief_content(each, network, group, language)
        texts = [content.title, *content.head, content.answer, *content.remarks, content.private]
        texts += [text for section in content.sections for text in words_of(section)]
        assert not any("{" in text or "nan" in text or "None" in text for text in texts)
        assert all(section.title and section.blocks for section in content.sections)


def test_check_ins_follow_from_the_leg_and_the_stage(english: BriefContent) -> None:
    calls = next(section for section in english.sections if section.id == "calls").blocks[1]
    assert isinstance(calls, Table)
    rows = {row[0].split()[1]: row[1:] for row in calls.rows}
    # L1 lasts 1 to 4 days and begins between day 0 and day 6; the least duration that can occur is 1.5 days.
    assert rows["L1"] == (
        "day 0 (18 Nov) to day 6 (24 Nov)",
        "2 days after leaving, not before 1.5 days; usually day 2 (20 Nov)",
        "4 days after leaving; day 10 (28 Nov) at the latest",
    )
    # L4 lasts at most 2 days; the plan refuses demands on it, which takes 3 slots longer.
    assert rows["L4"][2] == "3.5 days after leaving; day 18.5 (6 Dec) at the latest"
    assert len(calls.rows) == 7


def test_money_never_passes_the_dearest_branch(english: BriefContent) -> None:
    section = next(section for section in english.sections if section.id == "money")
    assert "Hard cap: 15,000 USD" in words_of(section)[0]
    table = section.blocks[1]
    assert isinstance(table, Table)
    rows = {row[2]: row for row in table.rows}
    # 400 USD for each of five people at 1.3 times the price.
    assert rows["leg L2, with staff"][3] == "2,600 USD"
    assert rows["leg L3"][3:] == ("3,000 USD", "1,000 USD", "8,400 USD")
    assert rows["leg L7"][5] == "14,000 USD"
    assert rows["waiting, per day"][3] == "50 USD"


def test_without_a_cap_the_money_section_says_so(plan: Plan, network: Network, group: Group) -> None:
    content = brief_content(replace(plan, caps=Caps()), network, group, "en")
    assert "No hard cap was set. The dearest branch of this plan costs 14,000 USD." in _section(content, "money")
    assert "none set" in _section(content, "numbers")


def test_contacts_are_codes(english: BriefContent) -> None:
    assert "p-L7 host L7 7 Mar 2027" in _section(english, "contacts")


def test_what_to_carry_follows_from_what_is_declared(english: BriefContent, plan: Plan, network: Network) -> None:
    carry = _section(english, "carry")
    assert "the longest walk is 4 hours (leg L5)" in carry
    assert "for 51 days" in carry
    assert "medicine (t1)" in carry
    assert "travelled at night: legs L3, L6" in carry
    assert "the partner of leg L6 for a life jacket for each of 5 people" in carry
    assert "t4 and t5" in carry
    assert "4 hours on foot, 300 m of climb" in carry
    adult = Traveller("a", AgeBand.ADULT, usual_effort_limit(AgeBand.ADULT, Mobility.FULL))
    short = replace(plan, stages=plan.stages[:2])
    alone = _section(brief_content(short, network, Group("solo", "cn-ne", (adult,)), "en"), "carry")
    for absent in ("boat", "children", "Needs", "Shoes", "night"):
        assert absent not in alone


def test_trouble_has_its_answers(english: BriefContent) -> None:
    wrong = _section(english, "wrong")
    assert "Nobody goes to look" in wrong
    assert "pay up to 1,000 USD" in wrong
    assert "no traveller ever owes it" in wrong
    assert "The journey can end safely at: Northeast China, South China, Northern Laos or Northern Thailand." in wrong


def test_no_plan_says_what_would_change_it_and_tells_no_stages(blocked: Plan, network: Network, group: Group) -> None:
    content = brief_content(blocked, network, group, "en")
    assert {"stages", "calls", "money", "carry"}.isdisjoint({section.id for section in content.sections})
    assert "Raise the budget to 10,137 USD." in _section(content, "change")
    assert content.answer.startswith("No plan exists")


def test_the_chosen_plan_is_marked(plan: Plan, network: Network, group: Group) -> None:
    content = brief_content(replace(plan, chosen=ChoiceName.CHEAPEST), network, group, "en")
    table = next(section for section in content.sections if section.id == "choices").blocks[1]
    assert isinstance(table, Table)
    assert table.marked == 3
    assert table.head[3] == "cheapest ✓"


def test_conditions_have_their_age(english: BriefContent) -> None:
    assert "Mekong high 12 Nov 3 days low 20 %, high 70 %, in flood 10 %" in _section(english, "fresh")
    assert english.head[2] == "Oldest observation it rests on: Patrols, 18 days old."


def test_no_conditions_no_section(plan: Plan, network: Network, group: Group) -> None:
    calm = replace(plan, start_levels={}, observed_on={})
    content = brief_content(calm, network, group, "en")
    assert "fresh" not in {section.id for section in content.sections}
    assert content.head[2] == "It rests on no changing condition."
