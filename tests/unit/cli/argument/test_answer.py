import io
import itertools
from dataclasses import replace

import pytest
from rich.console import Console
from tests.unit.briefs.arguments import argued
from tests.unit.briefs.conftest import family, network_to_seoul, rich_plan

from waystation.briefs.language import LANGUAGES, Language
from waystation.briefs.voice import Voice
from waystation.cli.argument.answer import print_argument, print_reach
from waystation.engine.journeys.argument import Arrangement, CompanyRule
from waystation.engine.journeys.plan import Plan

SECTIONS = ("doubt", "why", "tipping", "more", "frontier")


def said(plan: Plan, language: Language) -> str:
    out = Console(file=io.StringIO(), width=100, highlight=False, emoji=False, markup=False)
    assert plan.choice is not None
    assert isinstance(out.file, io.StringIO)
    voice = Voice(language, network_to_seoul(), family(), plan.start)
    print_reach(out, plan, plan.choice, voice)
    print_argument(out, plan, plan.choice, voice)
    return out.file.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_a_heading_and_a_few_lines(language: Language) -> None:
    voice = Voice(language, network_to_seoul(), family(), rich_plan().start)
    text = said(argued(rich_plan()), language)
    at = [text.index(voice.say(f"section.{name}")) for name in SECTIONS]
    assert at == sorted(at)
    for start, end in itertools.pairwise(at):
        assert 1 <= text[start:end].count("\n  - ") <= 7
    assert max(map(len, text.splitlines())) <= 100


def test_what_was_not_asked_for_is_left_out() -> None:
    assert said(rich_plan(), "en") == ""
    only = replace(rich_plan(), caution=argued(rich_plan()).caution)
    assert said(only, "en").count("\n  - ") == 2


def test_reach_stands_in_notes() -> None:
    text = said(replace(argued(rich_plan()), reasons=None, caution=None), "en")
    assert text.startswith("  The least hard budget for an arrival of 80 %: 12,000 USD")
    assert "What more would buy" not in text


def test_ways_to_divide_the_group_are_shown_and_not_ranked() -> None:
    together = Arrangement((("t1", "t2", "t3"),), CompanyRule.NEVER, 0.94, 0.97, 0.0, 2.8, 0.1, 1e6, 24.0, 3, 0)
    divided = replace(together, parties=(("t1", "t2"), ("t3",)), all_arrive=0.9, parted=0.07, exposed_at_once=2)
    text = said(replace(rich_plan(), arrangements=(together, divided)), "en")
    assert "chooses none" in " ".join(text.split())
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert "all together never 94 % 97 % – 3 people" in rows
    assert "t1, t2 / t3 never 90 % 97 % 7 % 2 people" in rows
