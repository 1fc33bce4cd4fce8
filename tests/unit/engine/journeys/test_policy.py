import numpy as np

from tests.unit.engine.processes import random_grid, random_process
from waystation.engine.journeys.policy import Policy, Solution
from waystation.engine.journeys.solve import Solver


def test_a_policy_says_what_to_do_in_every_state_and_with_which_money() -> None:
    process = random_process(3)
    grid = random_grid(process, 3)
    solution = Solver(process, grid).solve()
    assert isinstance(solution, Solution)
    states = (process.slots, len(process.places), process.joint_levels, grid.steps + 1)
    assert solution.policy.actions.shape == states
    assert solution.policy.actions.dtype == np.int16
    assert solution.policy.grid == grid


def test_two_policies_are_one_only_if_they_are_the_same_object() -> None:
    policy = Policy(np.zeros((1, 1, 1, 1), dtype=np.int16), random_grid(random_process(3), 3))
    assert policy != Policy(policy.actions, policy.grid)
