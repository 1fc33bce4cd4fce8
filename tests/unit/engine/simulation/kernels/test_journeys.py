import numpy as np

from waystation.engine.simulation.kernels.journeys import draw_journeys, draw_journeys_abreast
from waystation.engine.simulation.kernels.philox import key_of

FULL = 2**32
# A start that leads half and half to an end, or by a cost of 7, with bits 5 and a turn, to another.
STATES = np.array([[-1, 0, 2], [0, 2, 0], [3, 2, 0]], dtype=np.int64)
STEPS = np.array([[FULL, (0 << 32) + 1, 0, 0], [FULL, (1 << 32) + 2, 7, 5 * 2 + 1]], dtype=np.int64)


def drawn(
    draw: object, journeys: int, number: int = 0
) -> tuple[int, list["np.ndarray[tuple[int], np.dtype[np.int64]]"]]:
    rows = [np.empty(journeys, dtype=np.int64) for _ in range(4)]
    assert callable(draw)
    return int(draw(STATES, STEPS, *key_of(4), number, *rows)), rows


def test_marks_and_costs_are_those_of_the_steps_taken() -> None:
    steps, (state, spent, turned, used) = drawn(draw_journeys, 4000)
    assert steps == 4000
    other = state == 2
    assert 0.45 < other.mean() < 0.55
    assert set(state.tolist()) == {1, 2}
    for rows, marked in ((spent, 7), (turned, 1), (used, 5)):
        assert set(rows[other].tolist()) == {marked}
        assert set(rows[~other].tolist()) == {0}


def test_both_ways_of_drawing_come_to_the_same_bits_wherever_they_begin() -> None:
    steps, rows = drawn(draw_journeys, 20_000)
    again, abreast = drawn(draw_journeys_abreast, 20_000)
    assert steps == again
    for one, other in zip(rows, abreast, strict=True):
        np.testing.assert_array_equal(one, other)
    _, part = drawn(draw_journeys, 10, number=500)
    np.testing.assert_array_equal(part[0], rows[0][500:510])
