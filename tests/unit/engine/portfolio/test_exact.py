import numpy as np
import pytest

from tests.unit.engine.portfolio.instances import best_by_trying_all, random_instance
from waystation.engine.portfolio.exact import solve_exactly


@pytest.mark.parametrize("seed", range(5))
def test_highs_finds_what_trying_all_finds_and_proves_it(seed: int) -> None:
    instance = random_instance(seed)
    _, best = best_by_trying_all(instance)
    solved = solve_exactly(instance, np.full(instance.units, -1), seconds=10.0)
    assert instance.value[solved.chosen[solved.chosen >= 0]].sum() == pytest.approx(best)
    assert solved.bound == pytest.approx(best)
