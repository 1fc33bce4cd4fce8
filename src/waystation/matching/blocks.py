from array import array
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from waystation.matching.entry import Ready

LARGEST = 10
"""Entries that may share a block; a larger one is passed over, for what so many share says little."""
FEWEST = 2
"""Blocks that two entries must share to be compared."""

Pairs = npt.NDArray[np.int64]


def candidate_pairs(entries: Sequence[Ready], *, largest: int = LARGEST) -> Pairs:
    """Find the pairs worth comparing within one list: those that share at least two blocks.

    Returns
    -------
    array of int64, (pairs, 2)
        Places in ``entries``, the smaller first, in order, each pair once.

    Notes
    -----
    Every two coarse keys of different words or fields make a block; in memory, with nothing written. A pair that agrees
    roughly on a word and on something else is found even if all the rest is wrong, unless more than ``largest`` entries agree
    on just these two. Time and memory grow with the number of entries times the largest block.
    """
    blocks, members = _blocks(entries)
    return _pairs_within(blocks, members, largest)


def candidate_links(ones: Sequence[Ready], others: Sequence[Ready], *, largest: int = LARGEST) -> Pairs:
    """Find the pairs worth comparing between two lists: column 0 is a place in ``ones``, column 1 one in ``others``."""
    pairs = candidate_pairs([*ones, *others], largest=2 * largest)
    border = len(ones)
    between: Pairs = pairs[(pairs[:, 0] < border) & (pairs[:, 1] >= border)]
    between[:, 1] -= border
    return between


def _blocks(entries: Sequence[Ready]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    codes: dict[tuple[int, str], int] = {}
    blocks, members = array("q"), array("q")
    for place, entry in enumerate(entries):
        coded = [[codes.setdefault((field, key), len(codes)) for key in sorted(keys)] for field, keys in entry.groups]
        made = {min(a, b) << 32 | max(a, b) for ones, others in combinations(coded, 2) for a in ones for b in others}
        blocks.extend(made)
        members.extend([place] * len(made))
    return np.frombuffer(blocks, dtype=np.int64), np.frombuffer(members, dtype=np.int64)


def _pairs_within(blocks: npt.NDArray[np.int64], members: npt.NDArray[np.int64], largest: int) -> Pairs:
    order = np.lexsort((members, blocks))
    blocks, members = blocks[order], members[order]
    starts = (
        np.flatnonzero(np.concatenate(([True], blocks[1:] != blocks[:-1]))) if len(blocks) else np.zeros(0, np.int64)
    )
    sizes = np.diff(np.append(starts, len(blocks)))
    fitting = (sizes > 1) & (sizes <= largest)
    found = [np.zeros(0, np.int64)]
    for size in np.unique(sizes[fitting]):
        grid = members[starts[fitting & (sizes == size)][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        found.append(grid[:, one].ravel() << 32 | grid[:, other].ravel())
    packed, shared = np.unique(np.concatenate(found), return_counts=True)
    packed = packed[shared >= FEWEST]
    return np.stack([packed >> 32, packed & 0xFFFFFFFF], axis=1)
