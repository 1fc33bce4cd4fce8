import numpy as np

from waystation.matching.assign import assign


def test_the_links_together_weigh_most_and_nobody_is_linked_twice() -> None:
    pairs = np.array([[0, 0], [0, 1], [1, 0], [5, 5]])
    assert assign(pairs, [10.0, 9.0, 9.0, 3.0], 0.0).tolist() == [[0, 1], [1, 0], [5, 5]]


def test_a_pair_at_the_threshold_is_not_linked() -> None:
    assert assign(np.array([[0, 0], [1, 1]]), [5.0, 5.1], 5.0).tolist() == [[1, 1]]
    assert assign(np.zeros((0, 2), np.int64), [], 5.0).shape == (0, 2)
