import dataclasses
from math import gcd

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import ALONE, START, leg, network, place
from tests.unit.engine.processes import few, random_process, seeds
from waystation.engine.journeys.build import build
from waystation.engine.journeys.money import choose_grid
from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.engine.model import Belief, Demand, PlaceKind
from waystation.kernel import Money


def process(*fees: int, stay: int = 0, demand: int | None = None, chance: float = 0.5) -> Process:
    """Make a journey with these fees (minor units), a price for waiting and an extra demand on the first leg."""
    asked = None if demand is None else Demand(Belief(chance), Money(demand, "USD"), Money(0, "USD"))
    legs = [leg(f"L{k}", "origin", "goal", demand=asked if k == 0 else None) for k in range(len(fees))]
    origin = place("origin", PlaceKind.ORIGIN, stay_cost=Money(stay, "USD"))
    built = build(network(legs, places=[origin]), ALONE, START, 3).process
    built.moves.fee[:] = fees
    return built


def test_the_common_measure_of_all_prices_loses_nothing() -> None:
    grid = choose_grid(process(600, 900, stay=1500, demand=2100), 10_000)
    assert grid == MoneyGrid(step=300, steps=33)


def test_only_prices_that_can_be_met_count() -> None:
    journey = process(600, stay=7, demand=11, chance=0.0)
    journey.may_wait[:] = False
    assert choose_grid(journey, 6000) == MoneyGrid(step=600, steps=10)


def test_nothing_costs_anything() -> None:
    assert choose_grid(process(0), 500) == MoneyGrid(step=500, steps=1)


def test_no_money_at_all() -> None:
    assert choose_grid(process(600), 0) == MoneyGrid(step=1, steps=0)


def test_a_fine_measure_gives_way_to_one_that_rounds_little() -> None:
    # The measure of 1000 and 1001 is 1. Of the steps from 10 to 19, 13 and 11 divide 1001 and 10 divides 1000.
    grid = choose_grid(process(1000, 1001), 4000)
    lost = {step: -1000 % step + -1001 % step + 4000 % step for step in range(10, 20)}
    assert grid.step == min(lost, key=lambda step: (lost[step], step))
    assert grid.steps == 4000 // grid.step


@given(seeds, st.integers(1, 50_000), st.integers(1, 60))
@few
def test_the_steps_never_pass_the_budget_and_are_no_more_than_asked(seed: int, budget: int, most: int) -> None:
    grid = choose_grid(random_process(seed), budget, most)
    assert 0 <= grid.steps <= most
    assert 0 <= budget - grid.step * grid.steps < grid.step


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.integers(1, 400))
@few
def test_the_grid_is_exact_where_the_common_measure_allows_it(fees: list[int], times: int) -> None:
    measure = gcd(*fees)
    assert choose_grid(process(*fees), measure * times) == MoneyGrid(measure, times)


def test_prices_are_rounded_up_and_never_beyond_one_step_too_many() -> None:
    grid = MoneyGrid(step=10, steps=4)
    assert grid.price(np.array([0, 1, 10, 11, 40, 41, 10**9])).tolist() == [0, 1, 1, 2, 4, 5, 5]
    assert MoneyGrid(0, 0).price(np.array([0, 10**9])).tolist() == [0, 0]


@given(st.integers(0, 10**6), st.integers(1, 1000), st.integers(0, 400))
@few
def test_a_price_in_steps_is_the_least_that_pays_it(minor: int, step: int, steps: int) -> None:
    price = int(MoneyGrid(step, steps).price(np.array([minor]))[0])
    assert price == steps + 1 or price * step >= minor
    assert price == 0 or (price - 1) * step < minor


@pytest.mark.parametrize("budget", [10**9, 10**12])
def test_a_large_budget_is_met_quickly_with_few_steps(budget: int) -> None:
    grid = choose_grid(process(999_999, 123_457), budget)
    assert 200 <= grid.steps <= 400


def test_beside_hours_walked_there_are_fewer_steps_but_enough() -> None:
    fees = process(1000, 1001)
    twice = dataclasses.replace(fees, places=("origin", "origin", "goal", "goal"))
    often = dataclasses.replace(fees, places=("origin",) * 40)
    assert 100 < choose_grid(twice, 100_000).steps <= 200
    assert 60 <= choose_grid(often, 100_000).steps <= 120
