import math

import numpy as np
import pytest

from waystation.engine.learning.durations import learn_durations
from waystation.engine.learning.evidence import Trip


def trips(*ratios: float, spread: float = 0.3, is_over: bool = True) -> list[Trip]:
    return [Trip(math.log(ratio), spread, is_over, 1.0, 1) for ratio in ratios]


def test_a_leg_that_takes_twice_as_long_is_found_out() -> None:
    (found,) = learn_durations([trips(*[2.0] * 40)], [None])
    assert found.mean == pytest.approx(2.0, rel=0.02)
    assert found.low < 2.0 < found.high
    assert found.weight == pytest.approx(40.0, rel=0.1)


def test_the_statement_counts_as_so_many_missions() -> None:
    (judged,) = learn_durations([trips(*[2.0] * 10)], [(10.0, 0.3)])
    assert 1.3 < judged.mean < 1.65


def test_a_leg_without_trips_borrows_from_those_like_it() -> None:
    found = learn_durations([[], *[trips(*[1.5] * 10) for _ in range(6)]], [None] * 7)
    assert found[0].mean == pytest.approx(1.5, rel=0.1)
    assert found[0].high - found[0].low > found[1].high - found[1].low


def test_a_trip_that_is_not_over_took_at_least_so_long() -> None:
    over, still = trips(1.0, 1.1, 0.9), trips(2.0, 2.0, is_over=False)
    (left_out,) = learn_durations([over], [None])
    (censored,) = learn_durations([[*over, *still]], [None])
    (taken_as_over,) = learn_durations([[*over, *trips(2.0, 2.0)]], [None])
    assert left_out.mean < censored.mean
    assert taken_as_over.mean > left_out.mean
    (early,) = learn_durations([[*over, *trips(0.2, 0.2, is_over=False)]], [None])
    assert early.mean == pytest.approx(left_out.mean, rel=0.01)


def test_more_trips_narrow_the_interval_and_order_does_not_matter() -> None:
    few, many = learn_durations([trips(1.2, 0.8), trips(*[1.2, 0.8] * 10)], [None, None])
    assert many.high - many.low < few.high - few.low
    swapped = learn_durations([trips(*[0.8, 1.2] * 10), trips(0.8, 1.2)], [None, None])
    assert swapped[1].mean == pytest.approx(few.mean)


def test_intervals_cover_as_often_as_they_say() -> None:
    rng, covered = np.random.default_rng(5), []
    for _ in range(60):
        truth = rng.normal(rng.normal(0.0, 0.5), math.exp(rng.uniform(math.log(0.05), math.log(0.8))), 8)
        made = [
            [Trip(float(rng.normal(each, 0.3)), 0.3, True, 1.0, 1) for _ in range(int(rng.integers(1, 6)))]
            for each in truth
        ]
        found = learn_durations(made, [None] * 8, 0.8)
        covered += [each.low <= math.exp(t) <= each.high for each, t in zip(found, truth, strict=True)]
    assert np.mean(covered) == pytest.approx(0.8, abs=0.06)
