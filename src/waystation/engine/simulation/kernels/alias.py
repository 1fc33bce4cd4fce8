import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.compiled import compiled

Ints = NDArray[np.int64]
FULL = 4294967296.0
"""2^32: a limit that every draw lies below."""


def _fill_alias(first: Ints, size: Ints, chance: NDArray[np.float64], limit: Ints, alias: Ints) -> None:
    """Fill the limits and aliases of every state's transitions (Vose 1991); the chances of a state sum to about 1.

    Parameters
    ----------
    first, size
        Where each state's transitions begin and how many there are, ``(S,)``.
    chance, limit, alias
        ``(X,)``; a limit counts 2^-32, an alias is the number of a transition.
    """
    most = 1
    for s in range(len(first)):
        most = max(most, size[s])
    share, small, large = np.empty(most), np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    for s in range(len(first)):
        begin, n = first[s], size[s]
        total = 0.0
        for x in range(n):
            total += chance[begin + x]
        smalls, larges = 0, 0
        for x in range(n):
            share[x] = chance[begin + x] * n / total
            if share[x] < 1.0:
                small[smalls] = x
                smalls += 1
            else:
                large[larges] = x
                larges += 1
            limit[begin + x] = np.int64(FULL)
            alias[begin + x] = begin + x
        while smalls > 0 and larges > 0:
            smalls -= 1
            low, high = small[smalls], large[larges - 1]
            limit[begin + low] = np.int64(share[low] * FULL)
            alias[begin + low] = begin + high
            share[high] -= 1.0 - share[low]
            if share[high] < 1.0:
                larges -= 1
                small[smalls] = high
                smalls += 1


fill_alias = compiled(_fill_alias)
