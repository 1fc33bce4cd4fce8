import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.config.serving.patience import FREE_TRIES, LONGEST, Patience, delay_after


def test_the_first_tries_are_free_and_then_each_waits_twice_as_long() -> None:
    assert [delay_after(failures) for failures in range(7)] == [0, 0, 0, 2, 4, 8, 16]
    assert delay_after(1000) == LONGEST


@given(st.integers(0, 50))
def test_more_failures_never_wait_less(failures: int) -> None:
    assert 0 <= delay_after(failures) <= delay_after(failures + 1) <= LONGEST


def test_a_try_counts_until_it_was_right() -> None:
    patience = Patience()
    for _ in range(FREE_TRIES):
        assert patience.may_try(100.0) == 0
    assert patience.may_try(100.5) == pytest.approx(1.5)
    assert patience.failures == FREE_TRIES  # a try that was not made does not count
    assert patience.seconds_to_wait(101.0) == pytest.approx(1.0)
    assert patience.may_try(102.0) == 0
    assert patience.may_try(102.0) == pytest.approx(4.0)
    patience.opened()
    assert patience.may_try(102.0) == 0


@given(st.lists(st.floats(0, 1000), max_size=40))
def test_guesses_in_a_given_time_are_few(gaps: list[float]) -> None:
    patience, now, tried = Patience(), 0.0, 0
    for gap in gaps:
        now += gap
        tried += patience.may_try(now) == 0
    assert tried <= FREE_TRIES + 8 + now / LONGEST
