from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.engine.model import DateRange
from waystation.formats.flee.spans import FOREVER, Spans, closed_spans, difference, intersection, open_dates, union

FIRST = date(2030, 1, 1)
LAST = 40
some_spans = st.lists(st.tuples(st.integers(0, LAST), st.integers(0, LAST) | st.just(FOREVER)), max_size=5)


def days(spans: Spans) -> set[int]:
    return {day for day in range(LAST + 5) if any(start <= day < end for start, end in spans)}


@settings(deadline=None)
@given(some_spans)
def test_a_union_holds_each_day_once_and_is_sorted(spans: list[tuple[int, int]]) -> None:
    joined = union(spans)
    assert days(joined) == days(tuple(spans))
    assert all(start < end for start, end in joined)
    assert all(left[1] < right[0] for left, right in pairwise(joined))


@settings(deadline=None)
@given(some_spans, some_spans)
def test_sets_of_days_are_sets(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    a, b = union(first), union(second)
    assert days(intersection(a, b)) == days(a) & days(b)
    assert days(difference(a, b)) == days(a) - days(b)


@settings(deadline=None)
@given(some_spans)
def test_closed_days_become_dates_and_back(spans: list[tuple[int, int]]) -> None:
    closed = union(spans)
    dates = open_dates(closed, FIRST)
    assert closed_spans(dates, FIRST) == closed
    for day in range(LAST + 5):
        runs = not dates or any(FIRST + timedelta(days=day) in each for each in dates)
        assert runs == (day not in days(closed))


def test_the_days_before_the_first_are_open() -> None:
    assert open_dates(((0, 22),), FIRST) == (DateRange(None, date(2029, 12, 31)), DateRange(date(2030, 1, 23), None))
    assert open_dates(((3, FOREVER),), FIRST) == (DateRange(None, date(2030, 1, 3)),)
    assert open_dates((), FIRST) == ()


def test_dates_that_end_before_the_first_day_are_closed_for_ever() -> None:
    assert closed_spans((DateRange(None, date(2029, 6, 1)),), FIRST) == ((0, FOREVER),)
    assert closed_spans((DateRange(date(2029, 6, 1), date(2030, 1, 2)),), FIRST) == ((2, FOREVER),)
