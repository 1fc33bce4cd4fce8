from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.briefs.charts.axes import Axes, apart, band, line, picture, stairs, text, ticks

SHEET = Axes(200.0, 100.0, 40.0, 10.0, 5.0, 25.0, (10.0, 20.0), (0.0, 1.0))


def test_numbers_come_onto_the_sheet() -> None:
    assert (SHEET.x(10.0), SHEET.x(20.0), SHEET.x(15.0)) == (40.0, 190.0, 115.0)
    assert (SHEET.y(0.0), SHEET.y(1.0), SHEET.y(0.5)) == (75.0, 5.0, 40.0)


def test_a_single_number_needs_no_span() -> None:
    flat = Axes(200.0, 100.0, 40.0, 10.0, 5.0, 25.0, (10.0, 10.0), (1.0, 1.0))
    assert (flat.x(10.0), flat.y(1.0)) == (40.0, 5.0)


def test_words_at_the_foot_stay_on_the_sheet() -> None:
    left, right = SHEET.foot([(10.0, "a long word indeed"), (20.0, "a long word indeed")])[1::2]
    assert 'x="72.6"' in left  # half of the words and two more from the left edge
    assert 'x="127.4"' in right


def test_rules_have_words_only_where_there_are_some() -> None:
    assert len(SHEET.rules([(0.0, "0 %"), (0.5, "")])) == 3


def test_words_are_escaped() -> None:
    assert "&lt;b&gt;" in text((0.0, 0.0), "<b>", "start", bold=True)


def test_a_level_run_is_one_stroke() -> None:
    assert line([(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (3.0, 2.0)]) == "M0 1L2 1L3 2"


def test_stairs_keep_their_value() -> None:
    assert stairs([(0.0, 5.0), (2.0, 3.0)]) == [(0.0, 5.0), (2.0, 5.0), (2.0, 3.0)]


def test_a_band_goes_there_above_and_back_below() -> None:
    drawn = band([(0.0, 9.0), (1.0, 8.0)], [(0.0, 2.0), (1.0, 1.0)])
    assert 'd="M0 2L1 1L1 8L0 9Z"' in drawn


@pytest.mark.parametrize(
    ("least", "most", "wanted", "found"),
    [
        (0.0, 60.0, 6, [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0]),
        (27.0, 60.0, 6, [30.0, 40.0, 50.0, 60.0]),
        (0.91, 0.97, 5, [0.92, 0.94, 0.96]),
        (0.0, 0.07, 4, [0.0, 0.02, 0.04, 0.06]),
        (5.0, 5.0, 4, [5.0]),
    ],
)
def test_ticks_are_round(least: float, most: float, wanted: int, found: list[float]) -> None:
    assert ticks(least, most, wanted) == pytest.approx(found)


@settings(deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 10))
def test_ticks_lie_between_the_bounds(least: float, span: float, wanted: int) -> None:
    found = ticks(least, least + span, wanted)
    slack = 1e-6 * (abs(least) + span)
    assert all(least - slack <= tick <= least + span + slack for tick in found)
    assert len(found) <= wanted + 1
    assert all(second > first for first, second in pairwise(found))


@settings(deadline=None)
@given(st.lists(st.floats(0.0, 100.0), min_size=1, max_size=6))
def test_names_are_kept_apart_in_their_order(wanted: list[float]) -> None:
    found = apart(wanted, 15.0, 0.0, 100.0)
    assert all(-1e-9 <= height <= 100.0 + 1e-9 for height in found)
    assert all(second - first >= 15.0 - 1e-9 for first, second in pairwise(sorted(found)))
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    assert order == sorted(range(len(found)), key=lambda index: found[index])


def test_names_that_have_room_stay_where_they_are() -> None:
    assert apart([10.0, 50.0, 30.0], 15.0, 0.0, 100.0) == [10.0, 50.0, 30.0]


def test_paper_knows_no_colour_of_the_screen() -> None:
    drawn = picture(SHEET, "Title", "What it shows", ['<path class="ws-chosen" d="M0 0"/>'], 40)
    assert "currentColor" in drawn.screen
    assert "var(" in drawn.screen
    assert "currentColor" not in drawn.paper
    assert "var(" not in drawn.paper
    assert (drawn.alternative, drawn.height_mm) == ("What it shows", 40)
