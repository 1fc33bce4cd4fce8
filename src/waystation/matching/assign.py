from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def assign(pairs: npt.NDArray[np.int64], weights: Sequence[float], threshold: float) -> npt.NDArray[np.int64]:
    """Link two lists so that nobody is linked twice: of all such links, those of the largest weight above the threshold.

    Parameters
    ----------
    pairs
        Places in the one list and in the other, ``(n, 2)``.
    weights
        The weight of each pair in bits, ``(n,)``; a pair at or below ``threshold`` is never linked.

    Returns
    -------
    array of int64, (links, 2)
        The linked pairs, in order.

    Notes
    -----
    The linear assignment problem, solved to the end in each connected part by itself.
    """
    gains = np.asarray(weights, dtype=np.float64) - threshold
    kept = pairs[gains > 0]
    gains = gains[gains > 0]
    if not len(kept):
        return np.zeros((0, 2), np.int64)
    border = int(kept[:, 0].max()) + 1
    size = border + int(kept[:, 1].max()) + 1
    graph = coo_array((np.ones(len(kept)), (kept[:, 0], kept[:, 1] + border)), shape=(size, size))
    _, parts = connected_components(graph, directed=False)
    part_of_pair = parts[kept[:, 0]]
    order = np.argsort(part_of_pair, kind="stable")
    cuts = np.flatnonzero(np.diff(part_of_pair[order])) + 1
    found = [_assigned(kept[part], gains[part]) for part in np.split(order, cuts)]
    linked = np.concatenate(found)
    return linked[np.lexsort((linked[:, 1], linked[:, 0]))]


def _assigned(pairs: npt.NDArray[np.int64], gains: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    if len(pairs) == 1:
        return pairs
    ones, one_places = np.unique(pairs[:, 0], return_inverse=True)
    others, other_places = np.unique(pairs[:, 1], return_inverse=True)
    table = np.zeros((len(ones), len(others)))
    table[one_places, other_places] = gains
    rows, columns = linear_sum_assignment(table, maximize=True)
    linked = table[rows, columns] > 0
    return np.stack([ones[rows[linked]], others[columns[linked]]], axis=1)
