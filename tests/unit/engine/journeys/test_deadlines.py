import dataclasses

import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes import best_arrival, few, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.deadlines import arrival_by_deadline
from waystation.engine.journeys.process import Process
from waystation.kernel import BadInputError


def cut(process: Process, slots: int) -> Process:
    """Return the same journey with fewer slots."""
    moves = dataclasses.replace(process.moves, open_slot=process.moves.open_slot[:, :slots])
    steps = tuple(step[:slots] for step in process.steps)
    return dataclasses.replace(process, slots=slots, steps=steps, moves=moves)


@given(seeds)
@few
def test_each_deadline_has_the_arrival_of_the_journey_cut_at_it(seed: int) -> None:
    process = random_process(seed)
    deadlines = range(1, process.slots + 1)
    expected = [best_arrival(cut(process, slots)) for slots in deadlines]
    assert arrival_by_deadline(process, deadlines) == pytest.approx(expected, abs=1e-12)


def test_more_deadlines_than_fit_into_one_sweep_come_back_in_their_order() -> None:
    process = process_of([leg("far", "origin", "goal", days=3, turned_back=0.5)], days=90)
    deadlines = [*range(90, -1, -1), 3, 6]
    arrive = arrival_by_deadline(process, deadlines)
    expected = [1.0 - 0.5 ** (days // 3) for days in deadlines]  # turned back after three days, half of them try again
    assert arrive == pytest.approx(expected, abs=1e-12)


def test_no_deadline_needs_no_answer() -> None:
    assert arrival_by_deadline(random_process(1), []).tolist() == []


@pytest.mark.parametrize("slot", [-1, 4])
def test_a_deadline_outside_the_journey_is_refused(slot: int) -> None:
    process = process_of([leg("on", "origin", "goal")], days=3)
    with pytest.raises(BadInputError, match="between 0 and 3 slots"):
        arrival_by_deadline(process, [1, slot])


def test_a_later_deadline_never_has_less() -> None:
    for seed in range(30):
        process = random_process(seed)
        assert (np.diff(arrival_by_deadline(process, range(process.slots + 1))) >= -1e-12).all()
