from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from tests.unit.engine.organisations_by_hand import prepared
from waystation.engine.simulation.live import Lives
from waystation.engine.simulation.tasks import (
    LiveTask,
    Material,
    Result,
    SimulationCancelledError,
    Task,
    do,
    gather,
    in_this_process,
    pieces,
)

TASKS = [LiveTask(0, "first_come", 3, first, count) for first, count in pieces(20, 6)]


def backwards(tasks: Sequence[Task], materials: Sequence[Material]) -> Iterator[tuple[int, Result]]:
    for number in reversed(range(len(tasks))):
        yield number, do(tasks[number], materials[tasks[number].material])


def test_pieces_make_up_the_whole() -> None:
    assert pieces(20, 6) == [(0, 6), (6, 6), (12, 6), (18, 2)]


def test_the_order_of_the_work_changes_nothing() -> None:
    world = prepared().world
    told: list[tuple[int, int]] = []
    one = gather(TASKS, [world], in_this_process, Lives, lambda done, of: told.append((done, of)))
    other = gather(TASKS, [world], backwards, Lives)
    whole = LiveTask(0, "first_come", 3, 0, 20).do(world)
    np.testing.assert_array_equal(np.concatenate([each.tallies for each in one]), whole.tallies)
    np.testing.assert_array_equal(np.concatenate([each.tallies for each in other]), whole.tallies)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_it_stops_when_asked_to_and_gives_nothing() -> None:
    asked = iter([False, True])
    with pytest.raises(SimulationCancelledError, match="after 2 of 4 pieces"):
        gather(TASKS, [prepared().world], in_this_process, Lives, cancelled=lambda: next(asked))
