import numpy as np
from numba import njit
from numpy.typing import NDArray

_MODULUS = 2147483647


def _draw(state: NDArray[np.int64]) -> float:
    """Return the next number between 0 and 1 of a stream, ``state`` ``(1,)``, above 0.

    Park and Miller (1988), Random number generators: good ones are hard to find, doi:10.1145/63039.63042.
    """
    state[0] = state[0] * 48271 % 2147483647
    return float(state[0]) / 2147483647.0


draw = njit(cache=True, error_model="numpy", inline="always")(_draw)


def stream(seed: int) -> NDArray[np.int64]:
    """Return the state of a stream for a seed: the same seed, the same numbers."""
    return np.array([(seed * 2654435761 + 88172645463325252) % (_MODULUS - 1) + 1], dtype=np.int64)
