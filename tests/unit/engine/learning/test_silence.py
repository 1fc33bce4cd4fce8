import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.engine.learning.silence import intercepted_if_silent


def test_nobody_asked_is_no_answer_and_never_zero() -> None:
    assert intercepted_if_silent(30, {}) is None


def test_between_two_lengths_of_silence_lies_the_line() -> None:
    asked = {10: 0.2, 30: 0.6}
    assert [intercepted_if_silent(days, asked) for days in (3, 10, 20, 30, 90)] == pytest.approx(
        [0.2, 0.2, 0.4, 0.6, 0.6]
    )


@settings(deadline=None)
@given(st.dictionaries(st.integers(1, 100), st.floats(0.0, 1.0), min_size=1), st.floats(0.0, 200.0))
def test_it_never_leaves_what_people_said(asked: dict[int, float], days: float) -> None:
    found = intercepted_if_silent(days, asked)
    assert found is not None
    assert min(asked.values()) - 1e-12 <= found <= max(asked.values()) + 1e-12
