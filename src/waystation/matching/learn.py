from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from waystation.matching.compare import MISSING, Comparison, compare
from waystation.matching.entry import Ready
from waystation.matching.schema import Schema
from waystation.matching.weights import Weights

STRIDE = 0.6180339887
"""The golden section: a stride that pairs entries with others from all over a list, without any chance in it."""
PRIOR = 0.5
"""What is added to each count, so that a level never seen stays possible."""


def learn(pairs: Sequence[Comparison], apart: Sequence[Comparison], schema: Schema) -> Weights:
    """Count weights from pairs known to be of one person and from pairs known to be of two.

    Parameters
    ----------
    pairs, apart
        Comparisons of the two sorts, any number of each.

    Returns
    -------
    Weights
        Shares of each level among the known ones, half a count added to each (Krichevsky and Trofimov 1981).
    """
    return Weights(schema, _shares(pairs, schema), _shares(apart, schema))


def pairs_apart(entries: Sequence[Ready], schema: Schema, count: int) -> list[Comparison]:
    """Compare ``count`` pairs taken from all over a list: nearly all are two people, so they show what agrees by chance."""
    total = len(entries)
    found = []
    for number in range(count):
        one = number % total
        other = (one + 1 + int((number * STRIDE % 1) * (total - 1))) % total
        if one != other:
            found.append(compare(entries[one], entries[other], schema))
    return found


def _shares(comparisons: Sequence[Comparison], schema: Schema) -> tuple[tuple[float, ...], ...]:
    levels: npt.NDArray[np.int8] = np.array([one.levels for one in comparisons], dtype=np.int8).reshape(
        -1, len(schema.aspects)
    )
    rows = []
    for place, aspect in enumerate(schema.aspects):
        known = levels[:, place][levels[:, place] != MISSING]
        counts = np.bincount(known, minlength=aspect.levels) + PRIOR
        rows.append(tuple(float(share) for share in counts / counts.sum()))
    return tuple(rows)
