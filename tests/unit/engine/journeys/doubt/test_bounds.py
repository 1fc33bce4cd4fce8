import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import ALONE, START, leg, network, place
from tests.unit.engine.journeys.doubt.questions import asked
from tests.unit.engine.processes import few, seeds
from waystation.engine.journeys.build import build
from waystation.engine.journeys.cautious import Bounds, guaranteed, solve_cautious
from waystation.engine.journeys.doubt.assumptions import assumptions_of
from waystation.engine.journeys.doubt.bounds import belief_bounds, quantile
from waystation.engine.model import Belief, PlaceKind


def bounds_of(belief: Belief, coverage: float) -> Bounds:
    house = place("origin", PlaceKind.ORIGIN, discovery=belief)
    way = dataclasses.replace(leg("a", "origin", "goal"), intercepted=belief)
    told = network([way], places=[house], slot_hours=12)
    built = build(told, ALONE, START, 4.0)
    return belief_bounds(built.process, assumptions_of(told, ALONE, built), coverage)


def test_bounds_are_the_quantiles_of_the_belief() -> None:
    # Beta(1, 4) has the distribution 1 - (1 - x) ** 4.
    found = bounds_of(Belief(0.2, 5.0), 0.9)
    low, high = 1 - 0.95**0.25, 1 - 0.05**0.25
    assert (found.intercepted_low[0, 0], found.intercepted_high[0, 0]) == pytest.approx((low, high))
    assert found.discovered_low[0, 0] == pytest.approx(1 - np.sqrt(1 - low))
    assert found.discovered_high[0, 0] == pytest.approx(1 - np.sqrt(1 - high))
    assert (found.turned_back_low[0, 0], found.turned_back_high[0, 0]) == (0.0, 0.0)


def test_where_only_a_place_is_in_doubt_it_has_its_bounds() -> None:
    house = place("origin", PlaceKind.ORIGIN, discovery=Belief(0.2, 5.0))
    told = network([leg("a", "origin", "goal")], places=[house], slot_hours=24)
    built = build(told, ALONE, START, 4.0)
    found = belief_bounds(built.process, assumptions_of(told, ALONE, built), 0.9)
    assert found.discovered_low[:, 0] == pytest.approx([1 - 0.95**0.25, 0.0])
    assert found.discovered_high[:, 0] == pytest.approx([1 - 0.05**0.25, 0.0])


def test_what_is_believed_is_always_within() -> None:
    found = bounds_of(Belief(0.0015, 3.0), 0.9)  # so lopsided that 95 % lie under the mean
    assert found.intercepted_high[0, 0] == pytest.approx(0.0015)
    assert found.intercepted_low[0, 0] < 1e-9


@given(seeds, st.floats(0.05, 0.95))
@few
def test_a_cautious_plan_never_promises_more_than_what_is_believed(seed: int, coverage: float) -> None:
    found = asked(seed)
    process = found.built.process
    bounds = belief_bounds(process, found.assumptions, coverage)
    policy, sure = solve_cautious(process, bounds)
    assert float(np.ravel(sure)[-1]) <= found.course.evaluation.arrive + 1e-12
    assert guaranteed(process, found.policy, bounds) <= float(np.ravel(sure)[-1]) + 1e-12
    assert guaranteed(process, policy, bounds) == pytest.approx(float(np.ravel(sure)[-1]), abs=1e-12)


@given(seeds)
@few
def test_wider_intervals_promise_less(seed: int) -> None:
    found = asked(seed)
    process = found.built.process
    sure = [
        float(np.ravel(solve_cautious(process, belief_bounds(process, found.assumptions, coverage))[1])[-1])
        for coverage in (0.1, 0.5, 0.9)
    ]
    assert sure[0] >= sure[1] - 1e-12 >= sure[2] - 2e-12


def test_quantiles_rise() -> None:
    found = asked(4)
    assert (quantile(found.assumptions, 0.1) < quantile(found.assumptions, 0.9)).all()
