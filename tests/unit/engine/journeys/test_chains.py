from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.processes import few, seeds
from waystation.engine.journeys.chains import joint_steps, long_run, newest_observation, slot_step, start_chances
from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.model import Chain, Condition, Observation

HOURS = st.sampled_from([1, 2, 3, 4, 6, 8, 12, 24])
DAY = date(2026, 11, 29)
ONE_DAY = timedelta(days=1)


def drawn(seed: int, order: int) -> Chain:
    """Return a daily matrix that has a root: a power of a matrix that mostly stays."""
    rng = np.random.default_rng(seed)
    levels = int(rng.integers(1, 5))
    step = 0.85 * np.eye(levels) + 0.15 * rng.dirichlet(np.ones(levels), levels)
    daily = np.linalg.matrix_power(step, order)
    return Chain(tuple(tuple(float(chance) for chance in row) for row in daily))


@given(seeds, HOURS)
@few
def test_the_steps_of_a_day_make_the_daily_matrix(seed: int, hours: int) -> None:
    chain = drawn(seed, 24 // hours)
    step = slot_step(chain, hours)
    assert step.min() >= 0.0
    assert step.sum(axis=1) == pytest.approx(1.0, abs=1e-14)
    assert np.linalg.matrix_power(step, 24 // hours) == pytest.approx(np.array(chain.matrix), abs=1e-8)


@given(st.integers(1, 4), st.floats(0.0, 1.0), HOURS)
@few
def test_a_persistent_level_is_kept_for_a_day_with_its_chance(levels: int, stay: float, hours: int) -> None:
    step = slot_step(Chain.persistent(levels, stay), hours)
    assert step.sum(axis=1) == pytest.approx(1.0, abs=1e-14)
    kept = 1.0 if levels == 1 else stay
    assert np.diag(step) ** (24 / hours) == pytest.approx(kept, abs=1e-12)


def test_half_a_day_by_hand() -> None:
    assert slot_step(Chain.persistent(2, 0.81), 12) == pytest.approx(np.array([[0.9, 0.1], [0.1, 0.9]]), abs=1e-15)
    # [[0.9, 0.1], [0.3, 0.7]] squared
    chain = Chain(((0.84, 0.16), (0.48, 0.52)))
    assert slot_step(chain, 12) == pytest.approx(np.array([[0.9, 0.1], [0.3, 0.7]]), abs=1e-12)
    assert slot_step(chain, 24) == pytest.approx(np.array(chain.matrix), abs=0.0)


@pytest.mark.parametrize(
    "matrix",
    [
        ((0.0, 1.0), (1.0, 0.0)),  # comes and goes by the day: no half of it
        ((0.3, 0.7), (0.7, 0.3)),  # an eigenvalue below 0
        ((1.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.0, 0.5, 0.5)),  # not diagonalisable
    ],
)
def test_a_daily_matrix_without_a_step_is_refused(matrix: tuple[tuple[float, ...], ...]) -> None:
    with pytest.raises(ValueError, match="no valid step of 12 hours"):
        slot_step(Chain(matrix), 12)
    assert slot_step(Chain(matrix), 24) == pytest.approx(np.array(matrix))


@given(seeds)
@few
def test_the_long_run_does_not_move(seed: int) -> None:
    chain = drawn(seed, 1)
    share = long_run(chain)
    assert share.sum() == pytest.approx(1.0, abs=1e-14)
    assert share @ np.array(chain.matrix) == pytest.approx(share, abs=1e-12)


def test_the_long_run_by_hand() -> None:
    # Left as often as entered: 1/10 of one is 3/10 of the other.
    assert long_run(Chain(((0.9, 0.1), (0.3, 0.7)))) == pytest.approx([0.75, 0.25], abs=1e-14)


def test_a_chain_that_comes_and_goes_has_a_long_run_too() -> None:
    assert long_run(Chain(((0.0, 1.0), (1.0, 0.0)))) == pytest.approx([0.5, 0.5], abs=1e-14)


def test_closed_classes_are_entered_from_all_levels_alike() -> None:
    chain = Chain(((1.0, 0.0, 0.0), (0.5, 0.0, 0.5), (0.0, 0.0, 1.0)))
    assert long_run(chain) == pytest.approx([0.5, 0.0, 0.5], abs=1e-14)
    assert long_run(Chain(((1.0, 0.0), (0.0, 1.0)))) == pytest.approx([0.5, 0.5], abs=1e-14)


def seen(offset: int, level: str, condition: str = "river", confidence: float = 1.0) -> Observation:
    return Observation(condition, DAY + offset * ONE_DAY, level, confidence=confidence)


def test_the_newest_observation_that_is_not_of_the_future() -> None:
    rows = [seen(-2, "low"), seen(-1, "high"), seen(-3, "flood"), seen(1, "flood"), seen(0, "many", "patrols")]
    assert newest_observation("river", rows, DAY) == seen(-1, "high")
    assert newest_observation("river", rows, DAY + ONE_DAY) == seen(1, "flood")
    assert newest_observation("law", rows, DAY) is None


def test_of_one_day_the_observation_given_last() -> None:
    assert newest_observation("river", [seen(0, "low"), seen(0, "high"), seen(-1, "flood")], DAY) == seen(0, "high")


RIVER = Condition("river", ("low", "high", "flood"), (Chain.persistent(3, 0.5),))


def test_what_was_seen_today_is_known() -> None:
    assert start_chances(RIVER, seen(0, "high"), DAY) == pytest.approx([0.0, 1.0, 0.0])


def test_a_level_that_the_condition_does_not_have_is_named() -> None:
    with pytest.raises(UnusableModelError, match=r"dry was seen of river on .*: name one of them"):
        start_chances(RIVER, seen(0, "dry"), DAY)


def test_doubt_is_spread_evenly_over_the_other_levels() -> None:
    assert start_chances(RIVER, seen(0, "high", confidence=0.6), DAY) == pytest.approx([0.2, 0.6, 0.2], abs=1e-15)


def test_what_was_seen_before_is_carried_forward_by_days() -> None:
    two_days = [Fraction(1, 4) + Fraction(1, 2) * Fraction(1, 4), Fraction(1, 2), Fraction(1, 8)]
    assert start_chances(RIVER, seen(-2, "low"), DAY) == pytest.approx([float(x) for x in two_days], abs=1e-15)


def test_it_is_carried_through_the_months() -> None:
    still = Chain.persistent(2, 1.0, frozenset({11}))
    turns = Chain(((0.0, 1.0), (1.0, 0.0)), frozenset({12}))
    river = Condition("river", ("low", "high"), (still, turns))
    assert start_chances(river, seen(0, "low"), date(2026, 12, 1)) == pytest.approx([1.0, 0.0])
    assert start_chances(river, seen(0, "low"), date(2026, 12, 2)) == pytest.approx([0.0, 1.0])


def test_never_seen_is_the_long_run_of_the_month_of_the_start() -> None:
    november = Chain(((0.9, 0.1), (0.3, 0.7)), frozenset({11}))
    river = Condition("river", ("low", "high"), (november, Chain.persistent(2, 0.5)))
    assert start_chances(river, None, DAY) == pytest.approx([0.75, 0.25], abs=1e-14)
    assert start_chances(river, None, date(2026, 12, 1)) == pytest.approx([0.5, 0.5], abs=1e-14)


def test_a_condition_of_one_level_is_at_it() -> None:
    law = Condition("law", ("old",), (Chain.persistent(1, 0.9),))
    assert start_chances(law, seen(-3, "old", "law", 0.5), DAY) == pytest.approx([1.0])


def test_a_border_that_closes_step_by_step_has_its_half_day() -> None:
    half = np.array([[1.0, 0.0, 0.0], [0.1, 0.9, 0.0], [0.05, 0.05, 0.9]])  # too few eigenvectors
    daily = Chain(tuple(tuple(float(chance) for chance in row) for row in half @ half))
    assert slot_step(daily, 12) == pytest.approx(half, abs=1e-9)


def test_joint_steps_are_the_product_of_the_chains_slot_by_slot() -> None:
    rng = np.random.default_rng(8)
    steps = [rng.dirichlet(np.ones(size), (4, size)) for size in (2, 3)]
    joint = joint_steps(steps, 4)
    for slot in range(4):
        assert joint[slot] == pytest.approx(np.kron(steps[0][slot], steps[1][slot]))
    assert joint_steps([], 2).tolist() == [[[1.0]], [[1.0]]]
