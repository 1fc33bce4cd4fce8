import numpy as np
import pytest

from waystation.engine.journeys.kernels.pairs import follow_paths, pair


def test_two_parties_are_passed_on_level_by_level() -> None:
    """Each decides at slots 0 and 1; the level may change between. One may only go while it is 0, the other never heeds it."""
    steps = np.array([[[0.75, 0.25], [0.5, 0.5]]] * 2)
    first = np.array([0, 1, 2, 2])
    # Landings 0 (slot 0) and 1 (slot 1) of the heeding party, then arrived 2 and neither 3: it goes at level 0 and else waits.
    start, target = np.array([0, 1, 2, 3, 4]), np.array([2, 1, 2, 3])
    # The other has one landing at which it decides, and arrives (2) or not (1) by a coin.
    other_first, other_start, other_target = np.array([0, 1, 1, 1]), np.array([0, 2]), np.array([2, 1])
    joint = np.zeros((4, 3, 2))
    joint[0, 0] = 0.5, 0.5
    pair(
        np.array([0, 1]), steps, first, np.array([2, 2, 2, 2]), start, target, np.ones(4),
        np.array([0, 0]), other_first, np.array([1, 1, 1, 1]), other_start, other_target, np.array([0.5, 0.5]), joint,
    )  # fmt: skip
    ended = joint.sum(axis=2)
    assert ended[2].tolist() == pytest.approx([0.0, 0.375, 0.375])
    assert ended[3].tolist() == pytest.approx([0.0, 0.125, 0.125])
    assert ended[:2].sum() == 0.0


def test_one_party_follows_each_path() -> None:
    landings = np.array([[0, 0], [1, 0], [1, 1], [2, 1]])
    start = np.array([0, 2, 4, 5, 6, 6, 6, 6, 6])
    target, weight = np.array([2, 4, 1, 4, 3, 5]), np.array([0.9, 0.1, 0.6, 0.4, 1.0, 1.0])
    levels = np.array([[[0], [0], [0]], [[1], [0], [0]], [[1], [1], [0]]], dtype=np.int16)
    arrived, harmed = np.zeros((3, 3)), np.zeros(3)
    place = np.array([False, True])
    follow_paths(levels, landings, np.zeros(2, dtype=np.int64), 2, start, target, weight, place, 0.0, arrived, harmed)
    assert arrived.tolist() == [[0.0, 0.9, 0.0], [0.0, 0.0, 0.6], [0.0, 0.0, 0.0]]
    assert harmed.tolist() == [0.1, 0.4, 0.4]
    follow_paths(levels, landings, np.zeros(2, dtype=np.int64), 2, start, target, weight, place, 0.7, arrived, harmed)
    assert arrived[1].tolist() == [0.0, 0.0, 0.6]
