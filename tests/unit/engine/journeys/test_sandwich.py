from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.engine.journeys.sandwich import Floats, Sandwich

clouds = st.tuples(st.integers(0, 10_000), st.integers(2, 4), st.integers(1, 12))
some = settings(deadline=None, derandomize=True, max_examples=60)


def cloud(seed: int, d: int, count: int) -> Floats:
    """Return points with a few equal coordinates among them, so that faces fall together."""
    points: Floats = np.random.default_rng(seed).integers(0, 6, (count, d)) / 5.0
    return points


def filled(points: Floats) -> Sandwich:
    sandwich = Sandwich(points[0], points.max(axis=0))
    for point in points[1:]:
        sandwich.add(point)
    return sandwich


def grid_of_weights(d: int) -> Floats:
    """Return weights of d coordinates in steps of an eighth."""
    return np.array([w for w in product(np.arange(9) / 8, repeat=d) if sum(w) == 1.0])


@given(clouds)
@some
def test_the_facets_are_the_upper_bound_of_all_scores_and_touch_it(drawn: tuple[int, int, int]) -> None:
    points = cloud(*drawn)
    sandwich = filled(points)
    weights, levels = sandwich.weights, sandwich._rays[sandwich._is_facet, -1]
    assert weights.sum(axis=1) == pytest.approx(1.0)
    assert (weights >= -1e-12).all()
    assert levels == pytest.approx((points @ weights.T).max(axis=0), abs=1e-9)


@given(clouds)
@some
def test_what_lies_below_every_facet_lies_below_all_weights(drawn: tuple[int, int, int]) -> None:
    # Between the facets the best score is a straight line: the facets are corners enough to say all of it.
    points = cloud(*drawn)
    sandwich = filled(points)
    facets, levels = sandwich.weights, sandwich._rays[sandwich._is_facet, -1]
    for weights in grid_of_weights(points.shape[1]):
        # The smallest z with (weights, z) in the cone that the facets and the upright ray span, by brute force over corners.
        assert mixed(facets, levels, weights) == pytest.approx((points @ weights).max(), abs=1e-8)


def mixed(corners: Floats, levels: Floats, weights: Floats) -> float:
    """Return the smallest mixture of levels whose corners mix to the weights, by the simplex method of the outer bound."""
    known = Sandwich(np.zeros(len(weights)), np.full(len(weights), 10.0))
    for corner, level in zip(corners, levels, strict=True):
        known.bound(corner, float(level))
    return float(known._outer(weights[None])[0])


def test_the_outer_bound_is_the_best_mixture_of_what_is_known() -> None:
    sandwich = Sandwich(np.array([0.0, 0.0]), np.array([1.0, 2.0]))
    half = np.array([[0.5, 0.5]])
    assert sandwich._outer(half).tolist() == [1.5]
    sandwich.bound(np.array([0.75, 0.25]), 0.75)  # halfway from there to the second corner: a third and two thirds
    assert sandwich._outer(half)[0] == pytest.approx(2 / 3 * 0.75 + 1 / 3 * 2.0)
    sandwich.bound(half[0], 1.1)
    assert sandwich._outer(half)[0] == pytest.approx(1.1)


def test_two_points_leave_one_facet_between_them() -> None:
    sandwich = filled(np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert sorted(sandwich.weights.tolist()) == [[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]]
    assert sorted(sandwich.gaps().tolist()) == [0.0, 0.0, 0.5]  # all that is known is that nothing beats (1, 1)
    sandwich.bound(np.array([0.5, 0.5]), 0.5)
    assert sandwich.gaps() == pytest.approx(0.0)
    assert sandwich.level(np.array([0.25, 0.75])) == 0.75


def test_a_point_beyond_the_facet_cuts_it_in_two() -> None:
    sandwich = filled(np.array([[1.0, 0.0], [0.0, 1.0], [0.75, 0.75]]))
    assert sorted(sandwich.weights[:, 0].tolist()) == pytest.approx([0.0, 0.25, 0.75, 1.0])


def test_a_point_inside_changes_no_facet() -> None:
    sandwich = filled(np.array([[1.0, 0.0], [0.0, 1.0]]))
    before = sandwich.weights.tolist()
    sandwich.add(np.array([0.25, 0.25]))
    assert sandwich.weights.tolist() == before


def test_a_search_by_the_widest_gap_finds_every_corner_of_a_ball() -> None:
    rng = np.random.default_rng(3)
    points = np.abs(rng.normal(size=(80, 3)))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    sandwich = Sandwich(points[0], points.max(axis=0))
    while (gaps := sandwich.gaps()).max() > 1e-9:
        weights = sandwich.weights[gaps.argmax()]
        best = points[(points @ weights).argmax()]
        sandwich.bound(weights, float(best @ weights))
        if best @ weights > sandwich.level(weights) + 1e-12:
            sandwich.add(best)
    directions = np.abs(rng.normal(size=(500, 3)))
    assert (sandwich.points @ directions.T).max(axis=0) == pytest.approx((points @ directions.T).max(axis=0), abs=1e-8)
