from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.briefs.labels import Box, place_labels

_SHEET = (420.0, 400.0)


def test_labels_of_neighbours_do_not_cover_each_other() -> None:
    texts = {(200.0 + 12 * n, 200.0 + 10 * n): f"{n} Northern Somewhere" for n in range(5)}
    boxes = place_labels(texts, 14.0, _SHEET, [])
    assert not any(one.meets(other) for one, other in combinations(boxes.values(), 2))
    assert not any(box.holds(dot) for box in boxes.values() for dot in texts)


def test_a_label_at_the_edge_stays_on_the_sheet() -> None:
    (box,) = place_labels({(415.0, 395.0): "South Korea"}, 14.0, _SHEET, []).values()
    assert box.left >= 0
    assert box.left + box.width <= _SHEET[0]
    assert box.top + box.height <= _SHEET[1]


def test_a_label_keeps_off_a_line() -> None:
    marks = [(200.0 + n, 200.0) for n in range(0, 150, 5)]
    (box,) = place_labels({(200.0, 200.0): "Central China"}, 14.0, _SHEET, marks).values()
    assert not any(box.holds(mark) for mark in marks)


@settings(deadline=None, max_examples=30)
@given(st.dictionaries(st.tuples(st.floats(0, 420), st.floats(0, 400)), st.text(max_size=20), max_size=8))
def test_every_dot_gets_a_label(texts: dict[tuple[float, float], str]) -> None:
    assert place_labels(texts, 14.0, _SHEET, []).keys() == texts.keys()


def test_nearest_point_of_a_box() -> None:
    box = Box(10.0, 10.0, 20.0, 5.0)
    assert box.nearest((0.0, 12.0)) == (10.0, 12.0)
    assert box.nearest((15.0, 12.0)) == (15.0, 12.0)
