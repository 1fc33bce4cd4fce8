import numpy as np
import pytest
from hypothesis import given

from tests.unit.engine.processes import durations_of, few, random_process, seeds
from waystation.engine.journeys.abreast import abreast
from waystation.engine.journeys.layout import prepare


@given(seeds)
@few
def test_it_holds_what_the_layout_holds_in_rows_that_four_divides(seed: int) -> None:
    process = random_process(seed)
    arrays, M, C, T = prepare(process), len(process.moves), process.joint_levels, process.slots
    wide = abreast(process, arrays)
    width = wide.width
    assert width % 4 == 0
    assert 0 <= width - C < 4
    steps = wide.joint_steps.reshape(T, width, width)
    passed = wide.passed.reshape(M, width)
    for slot in range(T):
        assert (steps[slot, :C, :C] == process.joint_step(slot).T).all()
    assert np.isnan(passed[:, :C]).tolist() == (~arrays.open_level).tolist()
    assert (passed[:, :C][arrays.open_level] == arrays.passed[arrays.open_level]).all()
    assert not passed[:, C:].any()
    assert not steps[:, :, C:].any()
    assert not steps[:, C:].any()
    for name in ("turned_back", "asked"):
        assert (getattr(wide, name).reshape(M, width)[:, :C] == getattr(arrays, name)).all()
    assert (wide.stays.reshape(-1, width)[:, :C] == 1.0 - process.discovered).all()


@given(seeds)
@few
def test_every_row_a_move_looks_at_lies_where_its_place_does(seed: int) -> None:
    process = random_process(seed)
    arrays, moves = prepare(process), process.moves
    wide = abreast(process, arrays)
    for m in range(len(moves)):
        first, last = int(wide.duration_start[m]), int(wide.duration_start[m + 1])
        lasts = durations_of(moves, m)
        dense = {min(lasts) + k: float(wide.duration_chance[first + k]) for k in range(last - first)}
        assert {slots: chance for slots, chance in dense.items() if chance > 0.0} == pytest.approx(lasts)
        assert max(dense) == max(lasts)
        longer = int(moves.longer[m])
        there = int(wide.onward[m]) // wide.width - int(arrays.ring_start[moves.target[m]])
        home = int(wide.back[m]) // wide.width - int(arrays.ring_start[moves.back[m]])
        assert there == min(lasts)
        assert home == min(lasts) or not arrays.turns_back[m]
        assert wide.is_longer[m] == (longer >= 0)
        refused = int(wide.refused[m]) // wide.width
        assert refused == (longer if longer >= 0 else int(arrays.ring_start[moves.back[m]]) + 1)
        most = int(wide.onward[m]) // wide.width + len(dense) - 1 + max(0, longer)
        assert most < arrays.ring_start[moves.target[m] + 1]
