from datetime import date

import numpy as np
import pytest
from hypothesis import given

from tests.unit.engine.processes import few, random_process, seeds
from tests.unit.engine.regions_by_hand import two_regions
from waystation.engine.journeys.errors import UnusableModelError
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


def test_a_place_counts_the_levels_of_what_is_known_there() -> None:
    process = two_regions()
    assert process.all_joint_levels == 12
    assert process.joint_levels == 6
    assert [process.known_at(place) for place in range(4)] == [(0, 2), (0, 2), (0, 1), ()]
    assert [process.levels_at(place) for place in range(4)] == [4, 4, 6, 1]
    assert process.level_names(1, place=0) == {"law": "old", "patrols": "many"}
    assert process.level_names(5, place=2) == {"law": "new", "river": "flood"}
    assert process.level_indices(4, place=2) == {0: 1, 1: 1}
    assert process.level_names(0, place=3) == {}


def test_without_a_memory_everything_is_known_everywhere() -> None:
    process = two_regions(most_exact_levels=12)
    assert process.joint_levels == process.all_joint_levels == 12
    assert [process.known_at(place) for place in range(4)] == [(0, 1, 2)] * 4
    assert [process.levels_at(place) for place in range(4)] == [12] * 4
    process.require_exact()


def test_what_needs_every_joint_level_is_refused_by_name() -> None:
    with pytest.raises(UnusableModelError, match="12 joint levels and are remembered region by region"):
        two_regions().require_exact()
    with pytest.raises(UnusableModelError, match="region by region"):
        two_regions().joint_step(0)


def test_a_place_told_apart_twice_is_known_twice() -> None:
    memory = two_regions().memory
    assert memory is not None
    assert memory.at(np.array([2, 2, 0])).known.tolist() == memory.known[[2, 2, 0]].tolist()
    assert memory.at(np.array([1])).forecast is memory.forecast
