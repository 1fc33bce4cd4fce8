from datetime import date

import numpy as np
import pytest
from hypothesis import given

from tests.unit.engine.processes import few, random_process, seeds
from waystation.engine.journeys.process import NO_MONEY


@given(seeds)
@few
def test_the_joint_chain_is_the_conditions_moving_side_by_side(seed: int) -> None:
    process = random_process(seed)
    for slot in range(process.slots):
        joint = process.joint_step(slot)
        assert joint.sum(axis=1) == pytest.approx(1.0, abs=1e-12)
        for a in range(process.joint_levels):
            for b in range(process.joint_levels):
                sizes = [len(names) for names in process.levels]
                pairs = (
                    zip(process.steps, np.unravel_index(a, sizes), np.unravel_index(b, sizes), strict=True)
                    if sizes
                    else ()
                )
                assert joint[a, b] == pytest.approx(np.prod([step[slot, i, j] for step, i, j in pairs]), abs=1e-14)


def test_without_conditions_there_is_one_joint_level() -> None:
    process = next(p for p in map(random_process, range(100)) if not p.conditions)
    assert process.joint_levels == 1
    assert process.level_names(0) == {}
    assert process.joint_step(0).tolist() == [[1.0]]


def test_levels_are_named_by_condition() -> None:
    process = next(p for p in map(random_process, range(100)) if [len(names) for names in p.levels] == [3, 2])
    assert [process.level_names(joint) for joint in (0, 1, 5)] == [
        {"c0": "l0", "c1": "l0"},
        {"c0": "l0", "c1": "l1"},
        {"c0": "l2", "c1": "l1"},
    ]


def test_two_slots_of_twelve_hours_are_a_day() -> None:
    process = random_process(0)
    assert [process.day(slot) for slot in (0, 1, 2.5)] == [0.0, 0.5, 1.25]
    assert [process.date_of(slot).day for slot in (0, 1, 2, 3)] == [1, 1, 2, 2]
    assert process.date_of(62) == date(2027, 1, 1)


def test_without_money_in_the_state_everything_is_free() -> None:
    assert NO_MONEY.price(np.array([0, 5], dtype=np.int64)).tolist() == [0, 0]
