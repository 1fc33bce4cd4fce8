import numpy as np
import pytest

from waystation.engine.portfolio.errors import UnusableInstanceError
from waystation.engine.portfolio.instance import Instance


def test_what_is_chosen_uses_its_rows() -> None:
    instance = Instance.of([[(1.0, {0: 2.0, 1: 1.0})], [(2.0, {1: 3.0}), (1.0, {0: 0.0})]], [5.0, 5.0])
    assert instance.load(np.array([0, 1])).tolist() == [2.0, 4.0]
    assert instance.load(np.array([-1, -1])).dtype == np.float64
    assert instance.priced(np.array([0.5, 0.25])).tolist() == [-0.25, 1.25, 1.0]
    start, columns = instance.by_row
    assert columns[start[1] : start[2]].tolist() == [0, 1]
    assert instance.unit.tolist() == [0, 1, 1]


def test_some_of_the_columns_are_the_same_columns() -> None:
    instance = Instance.of([[(1.0, {0: 2.0, 1: 1.0}), (4.0, {})], [(2.0, {1: 3.0}), (1.0, {0: 5.0})]], [5.0, 5.0])
    some = instance.of_columns(np.array([0, 3]))
    assert some.first.tolist() == [0, 1, 2]
    assert some.value.tolist() == [1.0, 1.0]
    assert some.load(np.array([0, 1])).tolist() == [7.0, 1.0]
    assert instance.of_columns(np.array([2])).first.tolist() == [0, 0, 1]


@pytest.mark.parametrize(("value", "capacity"), [(-1.0, 1.0), (1.0, -1.0)])
def test_what_makes_no_sense_is_refused(value: float, capacity: float) -> None:
    with pytest.raises(UnusableInstanceError):
        Instance.of([[(value, {0: 1.0})]], [capacity])


def test_a_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnusableInstanceError):
        Instance.of([[(1.0, {1: 1.0})]], [1.0])
