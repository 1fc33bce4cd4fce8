import time
from dataclasses import replace

import numpy as np
import pytest

from tests.unit.engine.portfolio.instances import best_by_trying_all, random_instance
from waystation.engine.portfolio.choose import USUAL, WEEKLY, Effort, choose
from waystation.engine.portfolio.instance import Instance


@pytest.mark.parametrize("seed", range(25))
def test_no_choice_is_better_as_trying_all_shows(seed: int) -> None:
    instance = random_instance(seed)
    _, best = best_by_trying_all(instance)
    choice = choose(instance)
    assert choice.value == pytest.approx(best, abs=1e-9)
    assert choice.bound == pytest.approx(best, abs=1e-6)
    assert choice.gap <= 1e-6


@pytest.mark.parametrize("seed", range(8))
def test_promises_come_first_as_trying_all_shows(seed: int) -> None:
    instance = random_instance(seed, promised=3)
    kept, best = best_by_trying_all(instance)
    choice = choose(instance)
    assert len(choice.broken_promises) == 3 - kept
    assert choice.value == pytest.approx(best, abs=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_the_search_alone_keeps_its_rows_and_its_bound(seed: int) -> None:
    instance = random_instance(seed, units=30, rows=6)
    choice = choose(instance, Effort(iterations=3_000, exact_columns=0, near=0.0))
    exact = choose(instance)
    assert (instance.load(choice.chosen) <= instance.capacity + 1e-6).all()
    assert choice.value <= exact.value + 1e-9 <= choice.bound + 2e-9
    assert choice.value >= 0.95 * exact.value


def test_the_ascent_in_the_place_of_the_linear_programme_bounds_too() -> None:
    instance = random_instance(3, units=30, rows=6)
    choice = choose(instance, Effort(iterations=2_000, linear_columns=0, exact_columns=0, near=0.0))
    assert choice.value <= choose(instance).value + 1e-9 <= choice.bound + 2e-9


def test_the_same_seed_gives_the_same_choice_and_more_search_no_less() -> None:
    instance = random_instance(1, units=40, rows=6)
    one, other = (choose(instance, WEEKLY, seed=5) for _ in range(2))
    assert one.chosen.tolist() == other.chosen.tolist()
    assert choose(instance, WEEKLY, known=one.chosen).value >= one.value - 1e-9


def test_it_ends_early_when_told_so() -> None:
    instance = random_instance(1, units=40, rows=6)
    effort = replace(USUAL, exact_columns=0, near=0.0)
    asked: list[float] = []

    def spent() -> float:
        asked.append(len(asked) / 2.0)
        return asked[-1]

    assert choose(instance, effort, spent=spent).value > 0.0
    assert asked == [0.0, 0.5, 1.0]
    assert choose(instance, effort, spent=lambda: 1.0).value == choose(instance, replace(effort, iterations=0)).value


def test_nothing_to_choose_is_an_answer() -> None:
    assert choose(Instance.of([[], []], [1.0])).value == 0.0
    assert choose(Instance.of([], [])).chosen.tolist() == []


def test_every_week_of_a_simulation_takes_some_milliseconds() -> None:
    instance = random_instance(2, units=40, columns=8, rows=12)
    choose(instance, WEEKLY)
    began = time.process_time()
    for seed in range(5):
        choose(instance, WEEKLY, seed)
    assert (time.process_time() - began) / 5 < 0.2


def test_the_order_of_columns_does_not_matter_to_the_value() -> None:
    one = Instance.of([[(1.0, {0: 1.0}), (3.0, {0: 2.0})], [(2.0, {0: 1.0})]], [2.0])
    other = Instance.of([[(2.0, {0: 1.0})], [(3.0, {0: 2.0}), (1.0, {0: 1.0})]], [2.0])
    assert choose(one).value == choose(other).value == 3.0
    assert np.isclose(choose(one).gap, 0.0)
