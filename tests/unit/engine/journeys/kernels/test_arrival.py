import dataclasses

import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes import best_arrival, count, few, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.abreast import abreast
from waystation.engine.journeys.kernels.arrival import likeliest
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver


@given(seeds)
@few
def test_it_is_the_likeliest_arrival_and_its_policy_attains_it(seed: int) -> None:
    process = random_process(seed)
    policy, arrive = Solver(process).likeliest_arrival()
    assert policy.grid == NO_MONEY
    assert arrive == pytest.approx(best_arrival(process), abs=1e-12)
    assert arrive == pytest.approx(count(process, policy).arrive, abs=1e-12)


def test_it_is_the_same_whether_the_joint_chain_is_written_down_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(25):
        process = random_process(seed)
        arrivals = []
        for most in (0, 10_000):
            monkeypatch.setattr("waystation.engine.journeys.abreast._MOST_DENSE_LEVELS", most)
            policy, arrive = Solver(process).likeliest_arrival()
            arrivals += [arrive, count(process, policy).arrive]
        assert arrivals == pytest.approx([best_arrival(process)] * 4, abs=1e-12)


def test_nothing_that_leads_nowhere_is_begun() -> None:
    process = process_of([leg("long", "origin", "goal", days=4)], days=3)
    policy, arrive = Solver(process).likeliest_arrival()
    assert arrive == 0.0
    assert policy.actions[0, 0, 0, 0] == 0


def test_it_is_the_same_whether_its_loops_are_unrolled_or_not() -> None:
    for seed in range(25):
        process = random_process(seed)
        if process.joint_levels > 4:
            continue
        arrays = prepare(process)
        wide = abreast(process, arrays)
        shape = (process.slots, len(process.places), process.joint_levels)
        found = []
        for few_levels in ((0,) * process.joint_levels, ()):
            policy = np.full(shape, -1, dtype=np.int16)
            rings = np.zeros((2, int(arrays.ring_start[-1]) * wide.width))
            likeliest(wide, few_levels, policy, rings)
            begin = int(arrays.ring_start[process.start_place]) * wide.width
            found.append(rings[(process.slots - 1) % 2, begin : begin + process.joint_levels] @ process.start_chance)
        assert found == pytest.approx([best_arrival(process)] * 2, abs=1e-12)


def test_of_equal_moves_the_first_is_taken_and_waiting_beats_them() -> None:
    process = process_of([leg("first", "origin", "goal"), leg("second", "origin", "goal")], days=2)
    policy, arrive = Solver(process).likeliest_arrival()
    assert arrive == 1.0
    assert policy.actions[:, process.start_place, 0, 0].tolist() == [1, 2]


def test_who_is_there_has_arrived() -> None:
    process = random_process(3)
    there = dataclasses.replace(process, start_place=len(process.places) - 1)
    assert Solver(there).likeliest_arrival()[1] == pytest.approx(1.0, abs=1e-12)


def test_where_no_way_is_open_nobody_arrives() -> None:
    process = process_of([leg("only", "origin", "goal")], days=3)
    process.moves.open_level[:] = False
    policy, arrive = Solver(process).likeliest_arrival()
    assert arrive == 0.0
    assert set(policy.actions[:, process.start_place, 0, 0].tolist()) <= {0, 1}
    process.may_stop[:] = process.may_wait[:] = False
    policy, arrive = Solver(process).likeliest_arrival()
    assert arrive == 0.0
    assert (policy.actions == -1).all()
