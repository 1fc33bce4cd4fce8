from datetime import date, timedelta

import pytest

from tests.oracle.small_journeys import leg
from waystation.engine.model import DateRange, Days

MONDAY = date(2026, 6, 1)


@pytest.mark.parametrize("days", [(0.0, 1.0, 1.0), (2.0, 1.0, 3.0), (1.0, 4.0, 3.0), (-1.0, -1.0, -1.0)])
def test_a_duration_rises_from_above_0(days: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="0 < low <= likely <= high"):
        Days(*days)


def test_both_ends_of_a_range_belong_to_it_and_either_may_be_open() -> None:
    day = timedelta(days=1)
    closed = DateRange(MONDAY, MONDAY + day)
    assert [MONDAY + k * day in closed for k in (-1, 0, 1, 2)] == [False, True, True, False]
    assert [MONDAY + k * day in DateRange(None, MONDAY) for k in (-900, 0, 1)] == [True, True, False]
    assert [MONDAY + k * day in DateRange(MONDAY, None) for k in (-1, 0, 900)] == [False, True, True]


def test_a_leg_runs_every_day_unless_it_says_otherwise() -> None:
    assert leg("L", "a", "b").runs(MONDAY)


def test_dates_and_weekdays_must_both_allow_it() -> None:
    week = [MONDAY + timedelta(days=k) for k in range(7)]
    ranges = (DateRange(None, week[1]), DateRange(week[3], week[5]))
    weekdays = frozenset({1, 2, 4, 6})
    assert [leg("L", "a", "b", runs_on=ranges).runs(day) for day in week] == [
        True,
        True,
        False,
        True,
        True,
        True,
        False,
    ]
    assert [leg("L", "a", "b", weekdays=weekdays).runs(day) for day in week] == [
        day.weekday() in weekdays for day in week
    ]
    both = leg("L", "a", "b", runs_on=ranges, weekdays=weekdays)
    assert [day.weekday() for day in week if both.runs(day)] == [1, 4]
