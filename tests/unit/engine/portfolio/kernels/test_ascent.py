import numpy as np
import pytest

from tests.unit.engine.portfolio.instances import random_instance
from waystation.engine.portfolio.kernels.ascent import relax


def test_every_unit_takes_its_best_column_for_the_price() -> None:
    instance = random_instance(4)
    price = np.array([0.3, 0.1, 0.0, 0.6])
    load, taken = np.zeros(4), np.zeros(instance.units, dtype=np.int64)
    uses = (instance.start, instance.row, instance.use)
    bound = relax(instance.first, *uses, instance.value, price, instance.capacity, load, taken)
    left = instance.priced(price)
    best = [left[instance.first[u] : instance.first[u + 1]].max() for u in range(instance.units)]
    assert bound == pytest.approx(sum(max(0.0, each) for each in best) + price @ instance.capacity)
    assert load.tolist() == pytest.approx(instance.load(taken).tolist())
