import numpy as np
import pytest

from tests.oracle.small_journeys import leg, place
from tests.unit.engine.journeys.test_simulate import come_back
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import PlaceKind
from waystation.engine.simulation.replay import replay
from waystation.engine.simulation.script import ARRIVED, GOES_ON, INTERCEPTED, START, UNFINISHED, join, write_script


def test_a_chain_of_one_leg_has_its_ends_and_their_marks() -> None:
    way = leg("ride", "origin", "goal", 2, fee=10, intercepted=0.25, turned_back=0.25)
    process = process_of([way], 3.0, places=[place("origin", PlaceKind.ORIGIN, may_wait=False)])
    script = write_script(process, Solver(process).solve().policy, np.array([4])).script
    assert script.end[START] == GOES_ON
    ends = {(int(end), int(slot)) for end, slot in zip(script.end, script.slot, strict=True) if end != GOES_ON}
    assert ends >= {(ARRIVED, 2), (INTERCEPTED, 2)}
    steps = script.steps[script.states[1, 1] :]
    assert set(steps[:, 2].tolist()) == {1000}
    assert sorted({int(marks) for marks in steps[:, 3]}) == [8, 9]  # bit 4, once with the party turned back


def test_time_that_is_out_ends_a_journey() -> None:
    process = process_of([leg("ride", "origin", "goal", 2, turned_back=0.5)], 2.0)
    script = write_script(process, Solver(process).solve().policy).script
    found = replay(script, 1, 0, 2000)
    assert set(found.end.tolist()) == {ARRIVED, UNFINISHED}


def test_scripts_joined_are_drawn_as_they_are_alone() -> None:
    first, second = (
        write_script(process, Solver(process).solve().policy).script
        for process in (
            process_of([leg("a", "origin", "goal", intercepted=0.3)]),
            process_of([leg("b", "origin", "goal", fee=5, turned_back=0.3)]),
        )
    )
    joined, starts = join([first, second])
    assert starts.tolist() == [0, len(first.states)]
    tail = joined._replace(
        slot=joined.slot[starts[1] :],
        states=joined.states[starts[1] :],
        steps=joined.steps - (0, int(starts[1]), 0, 0),
    )
    one, other = replay(second, 3, 0, 500), replay(tail, 3, 0, 500)
    np.testing.assert_array_equal(one.spent, other.spent)
    np.testing.assert_array_equal(one.end, other.end)


def test_what_is_forgotten_has_no_script() -> None:
    process = come_back(10)
    with pytest.raises(UnusableModelError, match="region by region"):
        write_script(process, Solver(process).solve().policy)
