"""A fixed policy under many draws of the beliefs at once: the forward pass over its links, draws innermost."""

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.links import BACK, BACK_ASKED, ON, ON_ASKED, SENT_BACK, STREAMS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WAIT_KIND, LEG_KIND, PAYS_KIND, LONGER_KIND, BACK_KIND, END_KIND, ARRIVED_KIND = range(7)
"""What is done in a state: wait; a leg on which no demand is made, is paid, refused for a longer way, or for going back; it
ends there as neither; it has arrived."""


def _pass_draws(  # noqa: C901 - one body: a call with so many arrays costs more than the work
    kind: Ints,
    slot: Ints,
    pair: Ints,
    paid: Floats,
    demanded: Floats,
    start: Ints,
    target: Ints,
    weight: Floats,
    caught: Floats,
    turned: Floats,
    asked: Floats,
    chance: Floats,
    fresh: Floats,
    arrived: Floats,
    harm: Floats,
    cost: Floats,
) -> None:
    """Carry the chance of each visit forward to the visits it leads to, for K draws.

    Parameters
    ----------
    kind, slot, pair
        By visit, ``(n,)``: what is done, when, and the row of its chances.
    paid, demanded
        Minor units, ``(n,)``: spent there whatever happens; beyond it by those who pay a demand.
    start, target, weight
        The links, as `link` fills them.
    caught, turned, asked
        Chances by row and draw, ``(P, K)``; a wait's chance of discovery is ``caught``.
    chance, fresh
        ``(n, K)``: those who start are given, the others filled; ``fresh`` have just come by a leg, and is not filled if empty.
    arrived, harm, cost
        ``(T + 1, K)``, ``(K,)`` and ``(K,)``, to be added to.
    """
    n, K = chance.shape
    stream = np.empty((STREAMS, K))
    counts_fresh = len(fresh) > 0
    for v in range(n):
        here, row = chance[v], pair[v]
        if kind[v] == ARRIVED_KIND:
            for k in range(K):
                arrived[slot[v], k] += here[k]
            continue
        if kind[v] == END_KIND:
            continue
        for k in range(K):
            q = asked[row, k] if kind[v] > LEG_KIND else 0.0
            p, u = caught[row, k], turned[row, k]
            plain, after = here[k] * (1.0 - q), here[k] * q
            travels = here[k] if kind[v] != BACK_KIND else plain
            harm[k] += p * travels
            cost[k] += here[k] * paid[v] + (after * demanded[v] if kind[v] == PAYS_KIND else 0.0)
            stream[ON, k], stream[BACK, k] = plain * (1.0 - p - u), plain * u
            stream[ON_ASKED, k], stream[BACK_ASKED, k] = after * (1.0 - p - u), after * u
            stream[SENT_BACK, k] = after
        for s in range(STREAMS):
            comes = counts_fresh and kind[v] != WAIT_KIND and s in (ON, ON_ASKED)
            for e in range(start[STREAMS * v + s], start[STREAMS * v + s + 1]):
                to, w = target[e], weight[e]
                for k in range(K):
                    chance[to, k] += w * stream[s, k]
                if comes:
                    for k in range(K):
                        fresh[to, k] += w * stream[s, k]


pass_draws = compiled(_pass_draws)
