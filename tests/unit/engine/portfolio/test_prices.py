import numpy as np
import pytest

from tests.unit.engine.portfolio.instances import best_by_trying_all, random_instance
from waystation.engine.portfolio.instance import Instance
from waystation.engine.portfolio.prices import ascended_prices, bound_at, linear_prices, promised_value, scales


def test_a_knapsack_has_the_price_of_what_just_does_not_fit() -> None:
    prices = linear_prices(Instance.of([[(3.0, {0: 1.0})], [(2.0, {0: 1.0})]], [1.5]))
    assert prices.price.tolist() == pytest.approx([2.0])
    assert prices.bound == pytest.approx(4.0)
    assert prices.share.tolist() == pytest.approx([1.0, 0.5])
    assert not prices.is_integral


@pytest.mark.parametrize("seed", range(6))
def test_any_prices_bound_every_choice(seed: int) -> None:
    instance = random_instance(seed)
    _, best = best_by_trying_all(instance)
    chance = np.random.default_rng(seed)
    assert all(bound_at(instance, chance.uniform(0.0, 2.0, 4))[0] >= best - 1e-9 for _ in range(20))
    linear, ascended = linear_prices(instance).bound, ascended_prices(instance, 500).bound
    assert best - 1e-9 <= linear <= ascended + 1e-9
    assert ascended <= 1.1 * linear


def test_a_promise_outweighs_everybody_else() -> None:
    instance = Instance.of([[(1.0, {0: 1.0})], [(9.0, {0: 1.0})]], [1.0], [True, False])
    assert promised_value(instance).tolist() == [12.0, 9.0]


def test_money_in_cents_beside_people_is_scaled() -> None:
    instance = Instance.of([[(1.0, {0: 400_000.0, 1: 0.5})], [(1.5, {0: 500_000.0})]], [600_000.0, 1.0])
    assert scales(instance).tolist() == [500_000.0, 0.5]
    assert linear_prices(instance).bound == pytest.approx(1.5 + 0.25)
