"""What docs/method/matching.md says of the FEBRL sets: weights and threshold from set 2, truth of the others only to compare."""

import pytest
from tests.febrl import BASELINE, DataSet, learn_from, load, pair_by_pair, together, weighed

from waystation.matching.weights import Weights

REACHED = 0.999


@pytest.fixture(scope="module")
def learnt() -> tuple[Weights, float]:
    return learn_from(load(2))


def check(data: DataSet, weights: Weights, threshold: float) -> None:
    scores = weighed(data, weights)
    assert pair_by_pair(data, scores, threshold).f1 >= REACHED > BASELINE[data.number]
    assert together(data, scores, threshold).f1 >= REACHED


def test_the_smallest_set_is_found(learnt: tuple[Weights, float]) -> None:
    check(load(1), *learnt)


@pytest.mark.long
@pytest.mark.parametrize("number", [3, 4])
def test_the_larger_sets_are_found(number: int, learnt: tuple[Weights, float]) -> None:
    check(load(number), *learnt)
