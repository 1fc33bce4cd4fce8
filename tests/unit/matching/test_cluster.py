import numpy as np

from waystation.matching.cluster import cluster


def test_one_chance_likeness_does_not_chain_two_people() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 2], [3, 4], [2, 3]])
    assert cluster(pairs, [20.0, 20.0, 20.0, 20.0, 11.0], 10.0) == [(0, 1, 2), (3, 4)]


def test_one_spoilt_record_stays_in_its_group() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 2]])
    assert cluster(pairs, [25.0, 18.0, 6.0], 10.0) == [(0, 1, 2)]


def test_a_pair_never_compared_speaks_against_joining() -> None:
    pairs = np.array([[0, 1], [1, 2]])
    assert cluster(pairs, [25.0, 12.0], 10.0) == [(0, 1)]
    assert cluster(np.zeros((0, 2), np.int64), [], 10.0) == []
