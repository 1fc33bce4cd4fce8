import numpy as np
import pytest

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.abreast import abreast
from waystation.engine.journeys.kernels.cautious import Nature, cautious
from waystation.engine.journeys.layout import prepare

PADDED = 4


def nature(moves: int, places: int, least: float, most: float) -> Nature:
    """Eight in ten are not caught, and between ``least`` and ``most`` turned back; nobody is asked for more."""
    full = np.ones(moves * PADDED)
    return Nature(0.8 * full, least * full, most * full, 0.0 * full, 0.0 * full, np.ones(places * PADDED))


@pytest.mark.parametrize("few", [(), (0,)])
@pytest.mark.parametrize(("least", "most", "sure"), [(0.0, 0.0, 0.8), (0.1, 0.3, 0.65), (0.3, 0.3, 0.65)])
def test_nature_turns_back_as_many_as_it_may_where_that_hurts_more(
    few: tuple[int, ...], least: float, most: float, sure: float
) -> None:
    process = process_of([leg("ride", "origin", "goal", intercepted=0.2, turned_back=0.3)], days=2)
    arrays, places = prepare(process), len(process.places)
    wide = abreast(process, arrays)
    policy = np.full((2, places, 1), -1, dtype=np.int16)
    rings = np.zeros((2, int(arrays.ring_start[-1]) * wide.width))
    cautious(wide, nature(1, places, least, most), np.zeros(1, dtype=np.int64), few, policy, rings)
    # The last slot is worth 0.8 less those turned back; the first as much, and their second try.
    assert rings[1, arrays.ring_start[process.start_place] * PADDED] == pytest.approx(sure)
    assert policy[:, process.start_place, 0].tolist() == [2, 2]


def test_nature_turns_back_as_few_as_it_may_where_the_way_leads_nowhere() -> None:
    trap = [leg("into", "origin", "trap"), leg("out", "trap", "goal", intercepted=1.0), leg("on", "origin", "goal")]
    process = process_of(trap, days=2)
    process.moves.open_slot[process.moves.leg.index("on"), 0] = False
    process.moves.turned_back[:] = 0.5
    arrays, places, moves = prepare(process), len(process.places), len(process.moves)
    wide = abreast(process, arrays)
    out = slice(PADDED * process.moves.leg.index("out"), PADDED * process.moves.leg.index("out") + PADDED)
    found = []
    for least in (0.1, 0.5):
        given = nature(moves, places, least, 0.5)
        given.uncaught[out] = given.least_turned[out] = given.most_turned[out] = given.stays[:] = 0.0
        policy = np.full((2, places, 1), -1, dtype=np.int16)
        rings = np.zeros((2, int(arrays.ring_start[-1]) * wide.width))
        cautious(wide, given, np.arange(moves), (0,), policy, rings)
        found.append(rings[1, arrays.ring_start[process.start_place] * PADDED])
    # Who is turned back from the trap goes on to the goal with chance 0.8 - 0.5.
    assert found == pytest.approx([0.1 * 0.3, 0.5 * 0.3])


def test_of_equal_moves_the_preferred_one_is_taken_rather_than_waiting() -> None:
    process = process_of([leg("one", "origin", "goal"), leg("two", "origin", "goal")], days=3)
    arrays, places = prepare(process), len(process.places)
    wide = abreast(process, arrays)
    for preferred in (0, 1):
        policy = np.full((process.slots, places, 1), -1, dtype=np.int16)
        rings = np.zeros((2, int(arrays.ring_start[-1]) * wide.width))
        order = np.array([preferred, 1 - preferred])
        cautious(wide, nature(2, places, 0.0, 0.0), order, (0,), policy, rings)
        assert policy[0, process.start_place, 0] == 2 + 2 * preferred
