import numpy as np
import pytest
from hypothesis import given

from tests.unit.engine.processes import few, random_grid, random_process, seeds
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels.walk import multiply_powers
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.solve import Solver


@given(seeds)
@few
def test_the_levels_some_slots_later_are_the_product_of_the_steps_between(seed: int) -> None:
    process = random_process(seed)
    C, T = process.joint_levels, process.slots
    powers = np.zeros((T + 1, C, C))
    powers[0] = np.eye(C)
    for start in range(T):
        multiply_powers(prepare(process), start, T - start, powers)
        product = np.eye(C)
        for later in range(start, T):
            product = product @ process.joint_step(later)
            assert powers[later - start + 1] == pytest.approx(product, abs=1e-13)


@given(seeds)
@few
def test_every_slot_keeps_all_journeys(seed: int) -> None:
    """What is somewhere at the last slot, arrived, or ended on the way is all there is."""
    process = random_process(seed)
    grid = random_grid(process, seed)
    policy = Solver(process, grid).solve().policy
    course = follow(process, Policy(policy.actions, grid))
    ended = course.evaluation
    assert ended.arrive + ended.harm + ended.neither == pytest.approx(1.0, abs=1e-12)
    assert ended.arrive_by_slot[-1] == pytest.approx(ended.arrive, abs=1e-14)
    assert (np.diff(ended.arrive_by_slot) >= -1e-15).all()
