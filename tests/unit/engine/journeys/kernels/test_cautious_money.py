import numpy as np
import pytest

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.kernels.cautious import Nature
from waystation.engine.journeys.kernels.cautious_money import cautious_with_money, sure_of
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.process import MoneyGrid, Process

GRID = MoneyGrid(300, 2)


def ride() -> Process:
    return process_of([leg("ride", "origin", "goal", fee=3, intercepted=0.2, turned_back=0.3)], days=2)


def nature(process: Process, least: float, most: float) -> Nature:
    """Eight in ten are not caught, and between ``least`` and ``most`` turned back; nobody is asked for more."""
    full = np.ones((len(process.moves), process.joint_levels))
    return Nature(0.8 * full, least * full, most * full, 0.0 * full, 0.0 * full, np.ones_like(process.discovered))


def test_a_second_try_needs_a_second_fee() -> None:
    process = ride()
    arrays, joint_steps = prepare(process, GRID), np.ones((process.slots, 1, 1))
    policy = np.full((process.slots, len(process.places), 1, GRID.steps + 1), -1, dtype=np.int16)
    ring = np.zeros((int(arrays.ring_start[-1]), 1, 1, GRID.steps + 1))
    cautious_with_money(arrays, nature(process, 0.1, 0.3), np.zeros(1, dtype=np.int64), joint_steps, policy, ring)
    curve = ring[arrays.ring_start[process.start_place], 0, 0]
    assert curve.tolist() == pytest.approx([0.0, 0.5, 0.5 + 0.3 * 0.5])
    again = np.zeros_like(ring)
    sure_of(arrays, nature(process, 0.1, 0.3), joint_steps, policy, again)
    assert again[arrays.ring_start[process.start_place], 0, 0].tolist() == curve.tolist()


def test_nature_turns_back_as_many_as_it_may_where_that_hurts_more() -> None:
    process = ride()
    arrays, joint_steps = prepare(process), np.ones((process.slots, 1, 1))
    leave = np.full((process.slots, len(process.places), 1, 1), 2, dtype=np.int16)
    leave[0] = 1  # so nobody leaves before the last slot, after which being turned back is worth 0
    found = []
    for least, most in ((0.0, 0.0), (0.0, 0.5), (0.5, 0.5)):
        ring = np.zeros((int(arrays.ring_start[-1]), 1, 1, 1))
        sure_of(arrays, nature(process, least, most), joint_steps, leave, ring)
        found.append(ring[arrays.ring_start[process.start_place], 0, 0, 0])
    assert found == pytest.approx([0.8, 0.3, 0.3])
