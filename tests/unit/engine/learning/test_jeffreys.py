import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.engine.learning.jeffreys import jeffreys_interval, missions_of


def test_one_failure_among_1015_people() -> None:
    """The Caleb Mission: 1,015 people in 24 years, one failed mission; in parties of three that is 338 missions."""
    missions = missions_of(1015, 3)
    assert missions == 338
    low, high = jeffreys_interval(1, missions, 0.9)
    assert (round(100 * low, 2), round(100 * high, 2)) == (0.05, 1.15)


def test_a_clean_record_of_large_parties_says_little() -> None:
    alone, by_ten = (jeffreys_interval(0, missions_of(1015, party), 0.9).high for party in (1, 10))
    assert by_ten > 9 * alone


def test_what_never_or_always_happened_may_be_certain() -> None:
    assert jeffreys_interval(0, 20).low == 0.0
    assert jeffreys_interval(20, 20).high == 1.0
    assert jeffreys_interval(0, 0) == (0.0, 1.0)


@settings(deadline=None)
@given(st.integers(1, 500), st.data())
def test_more_missions_at_the_same_rate_narrow_the_interval(missions: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(1, missions))
    low, high = jeffreys_interval(events, missions)
    more_low, more_high = jeffreys_interval(4 * events, 4 * missions)
    assert more_high - more_low < high - low


@pytest.mark.parametrize(("events", "missions", "coverage"), [(2, 1, 0.8), (-1, 3, 0.8), (1, 3, 0.0), (1, 3, 1.0)])
def test_impossible_numbers_are_refused(events: int, missions: int, coverage: float) -> None:
    with pytest.raises(ValueError, match="events"):
        jeffreys_interval(events, missions, coverage)
    with pytest.raises(ValueError, match="1 or more"):
        missions_of(0, 3)
