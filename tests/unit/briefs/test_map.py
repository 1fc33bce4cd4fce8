import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from waystation.briefs.map import draw_map
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan, Stage
from waystation.engine.model import Group, Network, Place
from waystation.kernel import Money


@pytest.fixture
def english(network: Network, group: Group, plan: Plan) -> Voice:
    return Voice("en", network, group, plan.start)


def _moved(network: Network, **spots: tuple[int, int]) -> Network:
    def move(place: Place) -> Place:
        lat, lon = spots.get(place.id.replace("-", "_"), (place.lat, place.lon))
        return replace(place, lat=lat, lon=lon)

    return replace(network, places=tuple(move(place) for place in network.places))


def test_one_red_line_and_thin_branches(plan: Plan, english: Voice) -> None:
    svg = draw_map(plan, english)
    assert svg.count('class="ws-line"') == 1
    assert svg.count('class="ws-branch"') == 1  # only leg L5 leaves the main line
    assert svg.count('class="ws-dot"') == 7
    ET.fromstring(svg)


def test_the_same_plan_gives_the_same_bytes(plan: Plan, english: Voice) -> None:
    assert draw_map(plan, english) == draw_map(plan, english)


def test_nothing_is_loaded_and_nothing_runs(plan: Plan, english: Voice) -> None:
    svg = draw_map(plan, english).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|<script|<image|href|url\(|@import|on\w+=", svg)


def test_paper_is_white_and_the_screen_is_black_until_printed(plan: Plan, english: Voice) -> None:
    screen, paper = draw_map(plan, english), draw_map(plan, english, paper=True)
    assert "@media print{.ws-sea{fill:#fff}" in screen
    assert "@media" not in paper
    assert paper.index(".ws-sea{fill:#0b0c0e}") < paper.index(".ws-sea{fill:#fff}")


def test_labels_carry_the_number_of_the_stage(plan: Plan, english: Voice) -> None:
    assert re.findall(r"<text[^>]*>([^<]*)</text>", draw_map(plan, english)) == [
        "1 Northeast China", "2 Central China", "3 South China", "4 Northern Vietnam", "5 Northern Laos",
        "6 Northern Thailand", "7 South Korea",
    ]  # fmt: skip


def test_names_cannot_break_out(plan: Plan, network: Network, group: Group) -> None:
    places = tuple(replace(place, name="</text><script>x</script>&\"'\x00") for place in network.places)
    svg = draw_map(plan, Voice("ko", replace(network, places=places), group, plan.start))
    assert "<script" not in svg
    ET.fromstring(svg)


def test_a_plan_of_one_place_has_no_line(plan: Plan, english: Voice) -> None:
    alone = replace(plan, stages=(Stage("kr", 1.0, 0, 0, 0, Money(0, "USD"), (), on_main_line=True),))
    svg = draw_map(alone, english)
    assert 'class="ws-line"' not in svg
    assert svg.count('class="ws-dot"') == 1
    ET.fromstring(svg)


def test_without_a_plan_start_and_destination_are_shown(blocked: Plan, english: Voice) -> None:
    svg = draw_map(blocked, english)
    assert svg.count('class="ws-dot"') == 2
    assert 'class="ws-line"' not in svg


def test_nothing_known_gives_no_map(plan: Plan, english: Voice) -> None:
    unknown = replace(plan, stages=(Stage("nowhere", 1.0, 0, 0, 0, Money(0, "USD"), (), on_main_line=True),))
    assert draw_map(unknown, english) == ""


def test_across_the_date_line_the_short_way_is_drawn(plan: Plan, network: Network, group: Group) -> None:
    far = _moved(network, cn_ne=(52, 170), cn_mid=(53, 178), cn_s=(55, -170), vn_n=(56, -165), la_n=(57, -160),
                 th_n=(58, -158), kr=(61, -150))  # fmt: skip
    svg = draw_map(plan, Voice("en", far, group, plan.start))
    dots = [float(x) for x in re.findall(r'<circle class="ws-dot" cx="([-0-9.]+)"', svg)]
    assert dots == sorted(dots)
    assert all(0 <= x <= 420 for x in dots)
    assert len(re.findall("M", re.findall(r'ws-land" d="([^"]*)"', svg)[0])) > 5


@pytest.mark.parametrize("spot", [(89, 0), (-89, 0), (0, 180), (0, -180)])
def test_the_edges_of_the_world_can_be_drawn(plan: Plan, network: Network, group: Group, spot: tuple[int, int]) -> None:
    there = _moved(network, kr=spot)
    alone = replace(plan, stages=(Stage("kr", 1.0, 0, 0, 0, Money(0, "USD"), (), on_main_line=True),))
    svg = draw_map(alone, Voice("en", there, group, plan.start))
    assert "nan" not in svg
    ET.fromstring(svg)


def test_places_on_one_spot_share_a_dot(plan: Plan, network: Network, group: Group) -> None:
    svg = draw_map(plan, Voice("en", _moved(network, th_n=(19, 102)), group, plan.start))
    assert "5 Northern Laos / 6 Northern Thailand" in svg
    assert svg.count('class="ws-dot"') == 6
