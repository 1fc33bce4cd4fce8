from typing import Any

import numpy as np
import pytest
from numba.core import config
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.compiled import compiled


def _total(values: NDArray[np.float64]) -> float:
    total = 0.0
    for value in values:
        total += value / 2.0
    return total


def test_a_compiled_kernel_gives_what_python_gives() -> None:
    values = np.array([1.0, 2.0, 4.0])
    assert compiled(_total)(values) == _total(values) == 3.5


def test_levels_abreast_give_the_same() -> None:
    values = np.arange(8.0)
    assert compiled(_total, abreast=True)(values) == _total(values)


def test_a_division_by_nothing_is_infinite_and_no_error() -> None:
    def halves(values: NDArray[np.float64]) -> float:
        share: float = values[0] / values[1]
        return share

    with np.errstate(divide="ignore"):
        assert compiled(halves)(np.array([1.0, 0.0])) == np.inf


@pytest.mark.skipif(bool(vars(config)["DISABLE_JIT"]), reason="kernels are not compiled")
def test_the_second_time_it_is_loaded_from_the_cache() -> None:
    values = np.array([1.0, 2.0, 4.0])
    compiled(_total)(values)
    again: Any = compiled(_total)
    assert again(values) == 3.5
    assert sum(again.stats.cache_hits.values()) == 1
