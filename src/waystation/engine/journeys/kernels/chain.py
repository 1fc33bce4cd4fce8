import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _carry_rows(
    ring: Floats,
    scratch: Floats,
    first: int,
    last: int,
    steps: Floats,
    t: int,
    sizes: Ints,
    matters: NDArray[np.bool_],
    levels: int,
) -> None:
    """Carry a place's rows of a ring without money, ``(rows, C)``, back to slot t: each takes the values of the row before it.

    Parameters
    ----------
    scratch
        A work array, ``(C,)``.
    first, last
        The rows ``first + 1`` to ``last`` are carried.
    steps
        The conditions' matrices of every slot, ``(T, .)``, flattened as in `carry`.
    sizes, matters, levels
        As in `carry`.
    """
    for row in range(last, first, -1):
        for c in range(levels):
            ring[row, c] = ring[row - 1, c]
        right, offset = levels, 0
        for f in range(len(sizes)):
            size = sizes[f]
            if matters[f]:
                block = right
                right //= size
                for c in range(levels):
                    scratch[c] = ring[row, c]
                for left in range(0, levels, block):
                    for level in range(size):
                        at = offset + level * size
                        for inner in range(left, left + right):
                            total = 0.0
                            for z in range(size):
                                total += steps[t, at + z] * scratch[inner + z * right]
                            ring[row, inner + level * right] = total
            offset += size * size


carry_rows = njit(cache=True, error_model="numpy", inline="always")(_carry_rows)


def _carry_one(
    source: Floats, result: Floats, steps: Floats, offset: int, size: int, right: int, levels: int, most: int
) -> None:
    """Carry values through one condition's matrix; levels that differ only in it lie ``right`` apart."""
    K = source.shape[1]
    for c in range(levels):
        level = (c // right) % size
        base = c - level * right
        row = offset + level * size
        for k in range(K):
            for b in range(most + 1):
                result[c, k, b] = steps[row] * source[base, k, b]
            for other in range(1, size):
                chance = steps[row + other]
                if chance != 0.0:
                    at = base + other * right
                    for b in range(most + 1):
                        result[c, k, b] += chance * source[at, k, b]


carry_one = njit(cache=True, error_model="numpy")(_carry_one)


def _carry(
    source: Floats,
    result: Floats,
    scratch: Floats,
    steps: Floats,
    sizes: NDArray[np.int64],
    matters: NDArray[np.bool_],
    levels: int,
    most: int,
) -> None:
    """Carry a place's values one slot back through the chain, one condition after the other.

    Parameters
    ----------
    source, result
        Values by own level, component and money, ``(C, K, B)``; ``result[c] = sum over c' of M(c, c') source[c']``.
    scratch
        Two work arrays, ``(2, C, K, B)``.
    steps
        The conditions' matrices of this slot, flattened row by row one after the other.
    sizes, matters
        Number of levels of each condition, and whether it matters at this place.
    levels, most
        Number of own levels, and the most money steps that can be left.
    """
    last = -1
    for k in range(len(sizes)):
        if matters[k]:
            last = k
    if last < 0:
        result[0, :, : most + 1] = source[0, :, : most + 1]
        return
    right, offset, carried = levels, 0, 0
    for k in range(last + 1):
        size = sizes[k]
        if matters[k]:
            right //= size
            before = source if carried == 0 else scratch[(carried + 1) % 2]
            after = result if k == last else scratch[carried % 2]
            carry_one(before, after, steps, offset, size, right, levels, most)
            carried += 1
        offset += size * size


carry = njit(cache=True, error_model="numpy")(_carry)
