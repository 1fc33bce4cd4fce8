import numpy as np
import pytest

from waystation.engine.learning.grid import CHANCES
from waystation.engine.learning.tally import Tally
from waystation.engine.model import LearningRules


def test_counts_give_the_binomial_likelihood() -> None:
    tally = Tally()
    tally.add(happened=True, count=2)
    tally.add(happened=False, count=5)
    assert tally.known() == pytest.approx(2 * np.log(CHANCES) + 5 * np.log1p(-CHANCES))
    assert (tally.missions, tally.events, tally.effective) == (7, 2, 7.0)


def test_merged_counts_equal_appended_rows() -> None:
    merged, appended = Tally(), Tally()
    merged.add(happened=False, factor=1.5, weight=0.5, count=4)
    for _ in range(4):
        appended.add(happened=False, factor=1.5, weight=0.5)
    assert merged.known() == pytest.approx(appended.known())
    assert merged == appended


def test_a_factor_acts_on_the_odds_of_the_passage() -> None:
    tally = Tally()
    tally.add(happened=True, factor=3.0)
    odds = 3.0 * CHANCES / (1.0 - CHANCES)
    assert np.exp(tally.known()) == pytest.approx(odds / (1.0 + odds))


def test_near_misses_at_the_declared_rate_are_right_on_average() -> None:
    tally, rules = Tally(), LearningRules(near_miss_ratio=10.0, near_miss_strength=1.0, near_miss_cap=1e9)
    tally.add(happened=False, count=100)
    tally.near = 30.0
    found = tally.near_misses(rules)
    assert CHANCES[np.argmax(found)] == pytest.approx(30 / (10 * 100), abs=2e-3)


def test_near_misses_are_worth_no_more_than_their_cap() -> None:
    tally = Tally()
    tally.add(happened=False, count=1000)
    tally.near = 60.0
    free = tally.near_misses(LearningRules(near_miss_strength=0.02, near_miss_cap=1e9))
    capped = tally.near_misses(LearningRules(near_miss_strength=0.02))
    assert capped == pytest.approx(free * 20.0 / (0.02 * 30.0 * 1000.0))
    assert not tally.near_misses(LearningRules(near_miss_strength=0.0)).any()
    assert not Tally().near_misses(LearningRules()).any()


def test_a_silence_has_a_reading_for_each_number_it_may_have_happened_to() -> None:
    tally = Tally()
    tally.add_silent(0.25, count=2)
    share, readings = tally.readings()
    assert share == pytest.approx([0.5625, 0.375, 0.0625])
    assert readings[1] == pytest.approx(np.log(CHANCES) + np.log1p(-CHANCES))
    assert tally.silence() == pytest.approx(0.5 * np.log(CHANCES) + 1.5 * np.log1p(-CHANCES))
    assert (tally.missions, tally.effective, tally.expected_events) == (2, 2.0, 0.5)


def test_without_silence_there_is_one_empty_reading() -> None:
    share, readings = Tally().readings()
    assert share.tolist() == [1.0]
    assert not readings.any()
