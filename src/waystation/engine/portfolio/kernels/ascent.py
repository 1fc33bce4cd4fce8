import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _relax(
    first: Ints,
    start: Ints,
    row: NDArray[np.int32],
    use: Floats,
    value: Floats,
    prices: Floats,
    capacity: Floats,
    load: Floats,
    taken: Ints,
) -> float:
    """Let every unit take its best column at these prices; return the bound, and fill ``load`` ``(R,)`` and ``taken`` ``(U,)``.

    The Lagrangian: the sum of the best values less prices, and what all capacity costs. No choice is worth more.
    """
    load[:] = 0.0
    bound = 0.0
    for r in range(len(capacity)):
        bound += prices[r] * capacity[r]
    for u in range(len(first) - 1):
        best, most = -1, 0.0
        for j in range(first[u], first[u + 1]):
            left = value[j]
            for k in range(start[j], start[j + 1]):
                left -= prices[row[k]] * use[k]
            if left > most:
                best, most = j, left
        taken[u] = best
        if best >= 0:
            bound += most
            for k in range(start[best], start[best + 1]):
                load[row[k]] += use[k]
    return bound


relax = compiled(_relax)
