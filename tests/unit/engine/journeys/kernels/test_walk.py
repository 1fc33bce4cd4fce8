import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import START, leg
from tests.unit.engine.processes import few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import act_by_slot, process_of
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels.walk import multiply_powers
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Chain, Condition, LevelRef, Observation


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


def test_three_conditions_step_each_by_its_own_chain() -> None:
    named = {"a": 2, "b": 3, "c": 2}
    conditions = [
        Condition(name, tuple(f"{name}{k}" for k in range(size)), (Chain.persistent(size, 0.5 + 0.1 * size),))
        for name, size in named.items()
    ]
    shut = frozenset(LevelRef(name, f"{name}0") for name in named)
    seen = [Observation(name, START, f"{name}1") for name in named]
    process = process_of([leg("on", "origin", "goal", closed_at=shut)], days=2, conditions=conditions, seen=seen)
    assert process.joint_levels == 12
    powers = np.zeros((3, 12, 12))
    powers[0] = np.eye(12)
    multiply_powers(prepare(process), 0, 2, powers)
    assert powers[1] == pytest.approx(process.joint_step(0), abs=1e-15)
    assert powers[2] == pytest.approx(process.joint_step(0) @ process.joint_step(1), abs=1e-15)


def test_those_who_come_to_a_place_from_two_sides_have_all_just_come() -> None:
    legs = [leg("try", "origin", "x", turned_back=0.25), leg("over", "origin", "y"), leg("on", "x", "y")]
    process = process_of([*legs, leg("last", "y", "goal")], days=4)
    ride = {name: 2 + 2 * process.moves.leg.index(name) for name in ("try", "over", "on", "last")}
    policy = act_by_slot(process, ride["try"], ride["over"], ride["last"], 0)
    policy.actions[1, process.places.index("x")] = ride["on"]
    visits = follow(process, policy).visits
    at = np.flatnonzero((visits.slot == 2) & (visits.place == process.places.index("y")))
    assert visits.chance[at].tolist() == visits.fresh[at].tolist() == [1.0]
