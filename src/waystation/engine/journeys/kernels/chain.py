import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def _carry_one(source: Floats, result: Floats, steps: Floats, offset: int, size: int, right: int) -> None:
    """Carry values through one condition's matrix; joint levels that differ only in it lie ``right`` apart."""
    C, B = source.shape
    for c in range(C):
        level = (c // right) % size
        base = c - level * right
        row = offset + level * size
        for b in range(B):
            result[c, b] = steps[row] * source[base, b]
        for other in range(1, size):
            chance = steps[row + other]
            if chance != 0.0:
                for b in range(B):
                    result[c, b] += chance * source[base + other * right, b]


carry_one = njit(cache=True, error_model="numpy")(_carry_one)


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
    last = len(sizes) - 1
    if last < 0:
        result[:] = source
        return
    right, offset = len(source), 0
    for k in range(last + 1):
        size = sizes[k]
        right //= size
        before = source if k == 0 else scratch[(k + 1) % 2]
        after = result if k == last else scratch[k % 2]
        carry_one(before, after, steps, offset, size, right)
        offset += size * size


carry = njit(cache=True, error_model="numpy")(_carry)
