from dataclasses import replace

import pytest
from tests.unit.briefs.arguments import argued

from waystation.briefs.blocks import Beside, Facts, Paragraph, Picture, Points, Section, Stages, Table
from waystation.briefs.content import BriefContent, brief_content
from waystation.briefs.language import LANGUAGES, Language
from waystation.engine.journeys.argument import Regional
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


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
            case Beside():
                found += words_of(Section("", "", (block.table, block.picture)))
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


def test_an_argued_brief_says_the_argument_before_what_was_ruled_out(
    plan: Plan, network: Network, group: Group
) -> None:
    content = brief_content(
        replace(argued(plan), regional=Regional(96, 0.94, 0.001, 0.02, 0.001, 1000)), network, group, "en"
    )
    assert [section.id for section in content.sections][9:] == [
        "curve", "choices", "doubt", "why", "tipping", "more", "frontier", "ruled_out", "sources", "check",
    ]  # fmt: skip
    assert "80 % interval 88.3 to 96.3 %" in content.answer
    assert any("1,000" in remark for remark in content.remarks)
    assert "In square brackets" in _section(content, "stages")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_and_no_placeholder_is_left(
    plan: Plan, blocked: Plan, network: Network, group: Group, language: Language
) -> None:
    for each in (plan, blocked, argued(plan)):
        content = brief_content(each, network, group, language)
        texts = [content.title, *content.head, content.answer, *content.remarks, content.private]
        texts += [text for section in content.sections for text in words_of(section)]
        assert not any("{" in text or "nan" in text or "None" in text for text in texts)
        assert all(section.title and section.blocks for section in content.sections)


def test_no_plan_says_what_would_change_it_and_tells_no_stages(blocked: Plan, network: Network, group: Group) -> None:
    content = brief_content(blocked, network, group, "en")
    assert {"stages", "calls", "money", "carry"}.isdisjoint({section.id for section in content.sections})
    assert "Raise the budget to 10,137 USD." in _section(content, "change")
    assert content.answer.startswith("No plan exists")
