import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from tests.unit.briefs.arguments import argued

from waystation.briefs.charts.arrival import arrival_chart
from waystation.briefs.language import LANGUAGES, Language
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import ChoiceName, Plan
from waystation.engine.model import Group, Network


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_has_a_line_of_its_own_and_its_name(plan: Plan, english: Voice, language: Language) -> None:
    voice = replace(english, language=language)
    drawn = arrival_chart(argued(plan), voice)
    assert drawn is not None
    ET.fromstring(drawn.screen)
    # Each style twice: the curve and the sample before its name.
    dashes = re.findall(r'class="ws-other" stroke-dasharray="([^"]+)"', drawn.screen)
    assert sorted(dashes.count(dash) for dash in set(dashes)) == [2, 2, 2]
    assert drawn.screen.count('<path class="ws-chosen"') == 2
    assert drawn.screen.count('class="ws-band"') == 1
    assert all(voice.say(f"choice.{choice.name}") in drawn.screen for choice in plan.choices)


def test_what_it_shows_is_said_in_words(plan: Plan, english: Voice) -> None:
    drawn = arrival_chart(argued(plan), english)
    assert drawn is not None
    # Nobody before slot 24, all who arrive by slot 84: half of them by slot 54, which is day 27.
    assert "safest reaches 94.3 %, half of it by day 27 (15 Dec)" in drawn.alternative


def test_the_sheet_begins_shortly_before_the_first_arrival(plan: Plan, english: Voice) -> None:
    drawn = arrival_chart(argued(plan), english)
    assert drawn is not None
    days = [float(words) for words in re.findall(r">(\d+)</text>", drawn.screen)]
    # The first of them arrive on day 12.5; the sheet begins at 12.5 - 0.12 * 47.5 = 6.8.
    assert days == [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]


def test_the_chosen_line_lies_above_the_others(plan: Plan, english: Voice) -> None:
    drawn = arrival_chart(replace(argued(plan), chosen=ChoiceName.CAREFUL), english)
    assert drawn is not None
    curves = drawn.screen[: drawn.screen.index('ws-leader" d')]
    assert curves.rindex('<path class="ws-chosen"') > curves.rindex('<path class="ws-other"')
    assert '<text class="ws-axis ws-bold"' in drawn.screen


def test_without_curves_there_is_no_drawing(plan: Plan, english: Voice) -> None:
    assert arrival_chart(plan, english) is None


def test_without_doubt_there_is_no_band(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    sure = replace(told, choices=tuple(replace(choice, doubt=None) for choice in told.choices))
    drawn = arrival_chart(sure, english)
    assert drawn is not None
    assert 'class="ws-band"' not in drawn.screen


def test_a_plan_that_never_arrives_can_be_drawn(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    never = tuple(
        replace(choice, evaluation=replace(choice.evaluation, arrive=0.0, arrive_by_slot=(0.0,) * 121))
        for choice in told.choices
    )
    drawn = arrival_chart(replace(told, choices=never), english)
    assert drawn is not None
    ET.fromstring(drawn.screen)
