"""Random numbers by counter: the draw of a journey's event is a function of its number, whoever computes it and when.

Philox 4x32 with ten rounds (Salmon, Moraes, Dror and Shaw 2011, doi:10.1145/2063384.2063405). There is no state to share and no
order to keep, so the same seed gives the same bits with any number of workers.
"""

from typing import Any

import numpy as np
from numba import njit

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HIGH = np.uint64(0xFFFFFFFF), np.uint64(32)
_ROUNDS = 10
UNIT = 2.0**-32
HALF = 2.0**-33


def _philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Return four words of 32 bits for a counter of four and a key of two.

    All are ``uint64`` below 2^32: numbers where it is compiled, arrays where numbers run abreast.
    """
    for _ in range(_ROUNDS):
        product, other = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (other >> _HIGH) ^ c1 ^ k0, other & _LOW, (product >> _HIGH) ^ c3 ^ k1, product & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3


philox_of_arrays = _philox
philox = njit(cache=True, inline="always")(_philox)


def _chance(word: Any) -> Any:
    """Return a word as a number above 0 and below 1."""
    return word * UNIT + HALF


chance_of_arrays = _chance
chance = njit(cache=True, inline="always")(_chance)


def key_of(seed: int) -> tuple[np.uint64, np.uint64]:
    """Return the key of a seed from 0 to 2^64 - 1."""
    return np.uint64(seed & 0xFFFFFFFF), np.uint64((seed >> 32) & 0xFFFFFFFF)
