import numpy as np
import pytest

from tests.unit.engine.portfolio.instances import best_by_trying_all, random_instance
from waystation.engine.portfolio.exact import solve_exactly, solve_what_is_open
from waystation.engine.portfolio.prices import linear_prices


@pytest.mark.parametrize("seed", range(5))
def test_highs_finds_what_trying_all_finds_and_proves_it(seed: int) -> None:
    instance = random_instance(seed)
    _, best = best_by_trying_all(instance)
    solved = solve_exactly(instance, np.full(instance.units, -1), seconds=10.0)
    assert instance.value[solved.chosen[solved.chosen >= 0]].sum() == pytest.approx(best)
    assert solved.bound == pytest.approx(best)


@pytest.mark.parametrize("seed", range(5))
def test_what_falls_short_of_the_bound_is_left_out_and_nothing_is_lost(seed: int) -> None:
    instance = random_instance(seed)
    _, best = best_by_trying_all(instance)
    for known in (np.full(instance.units, -1), solve_exactly(instance, np.full(instance.units, -1), 10.0).chosen):
        solved = solve_what_is_open(instance, known, linear_prices(instance), 10.0, 0.0)
        assert instance.value[solved.chosen[solved.chosen >= 0]].sum() == pytest.approx(best)
        assert (instance.load(solved.chosen) <= instance.capacity + 1e-9).all()
        assert solved.bound == pytest.approx(best)
