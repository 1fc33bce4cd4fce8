import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from tests.unit.briefs.arguments import argued

from waystation.briefs.charts.axes import LETTER
from waystation.briefs.charts.frontier import frontier_chart
from waystation.briefs.drawing import width_of
from waystation.briefs.language import LANGUAGES, Language
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import FrontierPoint
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def radii(drawn: str, kind: str) -> list[float]:
    return [float(radius) for radius in re.findall(rf'<circle class="{kind}"[^>]* r="([0-9.]+)"', drawn)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_named_choices_are_filled_and_called(plan: Plan, english: Voice, language: Language) -> None:
    voice = replace(english, language=language)
    near = FrontierPoint(0.9, 0.021, 1000000.0, 20.0)
    drawn = frontier_chart(replace(argued(plan), frontier=(*argued(plan).frontier, near)), voice)
    assert drawn is not None
    ET.fromstring(drawn.screen)
    assert len(radii(drawn.screen, "ws-pick")) == 1
    assert len(radii(drawn.screen, "ws-named")) == 3
    # One plan without a name and two marks of the legend; plans that hardly ever arrive are in the table only.
    assert len(radii(drawn.screen, "ws-spot")) == 3
    assert all(voice.say(f"choice.{choice.name}") in drawn.screen for choice in plan.choices)


def test_a_mark_grows_with_harm_by_its_area(plan: Plan, english: Voice) -> None:
    points = (FrontierPoint(0.93, 0.04, 1000000.0, 20.0), FrontierPoint(0.92, 0.01, 900000.0, 20.0))
    drawn = frontier_chart(replace(argued(plan), frontier=points), english)
    assert drawn is not None
    assert radii(drawn.screen, "ws-spot")[:2] == [7.0, 3.5]


def test_what_it_shows_is_said_in_words(plan: Plan, english: Voice) -> None:
    drawn = frontier_chart(argued(plan), english)
    assert drawn is not None
    assert (
        "safest 94.3 % for 11,043 USD, harm 2.1 %; careful 92.1 % for 11,043 USD, harm under 0.1 %" in drawn.alternative
    )


def test_choices_that_are_the_same_plan_share_a_mark(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    same = tuple(replace(choice, evaluation=told.choices[0].evaluation) for choice in told.choices)
    drawn = frontier_chart(replace(told, choices=same), english)
    assert drawn is not None
    assert ">safest, careful, cheapest, fastest</text>" in drawn.screen
    assert len(radii(drawn.screen, "ws-pick")) == 1
    assert radii(drawn.screen, "ws-named") == []


def test_without_harm_there_is_no_legend(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    calm = tuple(replace(choice, evaluation=replace(choice.evaluation, harm=0.0)) for choice in told.choices)
    drawn = frontier_chart(replace(told, choices=calm, frontier=(FrontierPoint(0.93, 0.0, 1.0, 1.0),)), english)
    assert drawn is not None
    assert "harm 0" not in re.sub(r"<desc>.*</desc>|aria-label=\"[^\"]*\"", "", drawn.screen)


def test_without_a_frontier_there_is_no_drawing(plan: Plan, english: Voice) -> None:
    assert frontier_chart(plan, english) is None


def test_long_sums_do_not_run_into_each_other(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    dear = tuple(
        replace(
            choice,
            evaluation=replace(choice.evaluation, cost_expected=1.0e8 * choice.evaluation.arrive + 3.0e8 * place),
        )
        for place, choice in enumerate(told.choices)
    )
    drawn = frontier_chart(replace(told, choices=dear, currency="KRW"), english)
    assert drawn is not None
    sums = re.findall(r'x="([0-9.]+)" y="[0-9.]+">([0-9,]{11,})</text>', drawn.screen)
    assert len(sums) > 1
    for (left, words), (right, _) in pairwise(sums):
        assert float(right) - float(left) > width_of(words, LETTER)


def test_names_keep_off_the_left_axis(plan: Plan, english: Voice) -> None:
    told = argued(plan)
    first, *others = told.choices
    cheap = replace(first, evaluation=replace(first.evaluation, cost_expected=100000.0))
    drawn = frontier_chart(replace(told, choices=(cheap, *others)), english)
    assert drawn is not None
    edge = max(
        float(x) for x in re.findall(r'text-anchor="end" x="([0-9.]+)" y="[0-9.]+">[0-9.]+ %</text>', drawn.screen)
    )
    lefts = re.findall(
        r'text-anchor="start" x="([0-9.]+)" y="[0-9.]+">(safest|careful|cheapest|fastest)</text>', drawn.screen
    )
    assert len(lefts) == 4
    assert all(float(left) > edge for left, _ in lefts)
