import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def _carry(source: Floats, result: Floats, scratch: Floats, steps: Floats, sizes: NDArray[np.int64]) -> None:
    """Carry values one slot back through the joint chain, one condition after the other, never forming the joint matrix.

    Parameters
    ----------
    source, result
        Values by joint level and money, ``(C, B)``; ``result[c] = sum over c' of M(c, c') source[c']``.
    scratch
        Two work arrays, ``(2, C, B)``.
    steps
        The conditions' matrices of this slot, flattened row by row one after the other.
    sizes
        Number of levels of each condition, ``(K,)``.
    """
    C, B = source.shape
    K = len(sizes)
    if K == 0:
        for c in range(C):
            for b in range(B):
                result[c, b] = source[c, b]
        return
    right = C
    offset = 0
    for k in range(K):
        size = sizes[k]
        right //= size
        left = C // (size * right)
        for outer in range(left):
            for inner in range(right):
                base = outer * size * right + inner
                for a in range(size):
                    to = base + a * right
                    target = result[to] if k == K - 1 else scratch[k % 2, to]
                    for z in range(size):
                        chance = steps[offset + a * size + z]
                        at = base + z * right
                        values = source[at] if k == 0 else scratch[(k + 1) % 2, at]
                        if z == 0:
                            for b in range(B):
                                target[b] = chance * values[b]
                        elif chance != 0.0:
                            for b in range(B):
                                target[b] += chance * values[b]
        offset += size * size


carry = njit(cache=True, error_model="numpy")(_carry)
