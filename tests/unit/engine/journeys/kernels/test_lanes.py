import numpy as np
import pytest

from waystation.engine.journeys.kernels import lanes
from waystation.engine.journeys.kernels.lanes import OFFSET
from waystation.engine.journeys.kernels.sweep import MARGIN

VALUES = np.arange(10.0)
ONES = (1.0, 1.0, 1.0, 1.0)


def test_four_values_are_taken_and_put_side_by_side() -> None:
    assert lanes.take(VALUES, OFFSET(3)) == (3.0, 4.0, 5.0, 6.0)
    assert lanes.alike(2.0) == (2.0, 2.0, 2.0, 2.0)
    row = np.zeros(6)
    lanes.put(row, OFFSET(1), (1.0, 2.0, 3.0, 4.0))
    assert row.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 0.0]


def test_sums_and_differences() -> None:
    assert lanes.add(ONES, 2.0, VALUES, OFFSET(1)) == (3.0, 5.0, 7.0, 9.0)
    assert lanes.add_each(ONES, VALUES, OFFSET(2), (1.0, 10.0, 100.0, 1000.0)) == (3.0, 31.0, 401.0, 5001.0)
    assert lanes.plus(ONES, (1.0, 2.0, 3.0, 4.0)) == (2.0, 3.0, 4.0, 5.0)
    assert lanes.minus((4.0, 3.0, 2.0, 1.0), (1.0, 1.0, 2.0, 3.0)) == (3.0, 2.0, 0.0, -2.0)
    assert lanes.lower((4.0, 3.0, 2.0, 1.0), (1.0, 1.0, 2.0, 3.0)) == (1.0, 1.0, 2.0, 1.0)
    assert lanes.at_least_0((-1.0, 0.0, 1e-15, 2.0)) == (0.0, 0.0, 1e-15, 2.0)


def test_what_is_better_is_better_by_more_than_rounding_and_nothing_is_better_than_no_number() -> None:
    assert lanes.better((1.0, 1.0 + 0.5 * MARGIN, 1.0 + 2.0 * MARGIN, np.nan), ONES) == (False, False, True, False)


@pytest.mark.parametrize("at", range(4))
def test_each_is_chosen_for_itself(at: int) -> None:
    where = tuple(lane == at for lane in range(4))
    chosen = lanes.choose((where[0], where[1], where[2], where[3]), (5.0, 6.0, 7.0, 8.0), ONES)
    assert chosen == tuple(5.0 + lane if lane == at else 1.0 for lane in range(4))
