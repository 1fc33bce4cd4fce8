from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def cluster(pairs: npt.NDArray[np.int64], weights: Sequence[float], threshold: float) -> list[tuple[int, ...]]:
    """Gather the entries of one list into people: join groups while the pairs between them speak for it on the whole.

    Parameters
    ----------
    pairs
        Places in the list, ``(n, 2)``, each pair once.
    weights
        The weight of each pair in bits, ``(n,)``.
    threshold
        A pair above it speaks for joining two groups by as much as it lies above it.

    Returns
    -------
    list of tuple
        The groups of two entries and more, places in order.

    Notes
    -----
    Pairs are gone through from the heaviest down. Two groups are joined if the compared pairs between them, each counted as
    its weight above the threshold (below it: as a doubt, at most as heavy as the threshold itself), add to more than 0. So
    one chance likeness does not chain two people together, and one spoilt record does not fall out of its group.
    """
    gains = np.asarray(weights, dtype=np.float64) - threshold
    group_of: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    gain_of = {(int(one), int(other)): float(gain) for (one, other), gain in zip(pairs, gains, strict=True)}
    for place in np.argsort(-gains, kind="stable"):
        if gains[place] <= 0:
            break
        one, other = (group_of.setdefault(int(entry), int(entry)) for entry in pairs[place])
        ours, theirs = groups.setdefault(one, [one]), groups.setdefault(other, [other])
        if one != other and _between(ours, theirs, gain_of, float(threshold)) > 0:
            ours.extend(theirs)
            group_of.update(dict.fromkeys(theirs, one))
            del groups[other]
    return sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1)


def _between(ours: list[int], theirs: list[int], gain_of: dict[tuple[int, int], float], threshold: float) -> float:
    floor = -abs(threshold)
    gains = (gain_of.get((min(a, b), max(a, b)), floor) for a in ours for b in theirs)
    return sum(max(gain, floor) for gain in gains)
