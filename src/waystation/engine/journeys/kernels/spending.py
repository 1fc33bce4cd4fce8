"""What journeys have spent when they end: the forward pass over a policy's links with money in steps."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.journeys.kernels.draws import ARRIVED_KIND, BACK_KIND, END_KIND, LEG_KIND, PAYS_KIND
from waystation.engine.journeys.kernels.links import BACK, BACK_ASKED, ON, ON_ASKED, SENT_BACK, STREAMS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _pay(spent: Floats, amount: float, paid: Floats) -> None:
    """Add an amount, in steps, to what was spent; between two steps it is shared so that the mean stays exact."""
    S = len(spent)
    whole = int(np.floor(amount))
    over = amount - whole
    paid[:] = 0.0
    for s in range(S):
        if spent[s] > 0.0:
            paid[min(s + whole, S - 1)] += spent[s] * (1.0 - over)
            if over > 0.0:
                paid[min(s + whole + 1, S - 1)] += spent[s] * over


pay = njit(cache=True, error_model="numpy")(_pay)


def _pass_money(
    kind: Ints,
    pair: Ints,
    paid: Floats,
    demanded: Floats,
    start: Ints,
    target: Ints,
    weight: Floats,
    caught: Floats,
    turned: Floats,
    asked: Floats,
    spent: Floats,
    ended: Floats,
) -> None:
    """Carry what has been spent forward from visit to visit; what does not go on has ended there.

    Parameters
    ----------
    kind, pair, start, target, weight
        As for `pass_draws`; chances ``(P,)``.
    paid, demanded
        In steps, ``(n,)``.
    spent
        Chance of each visit by the steps spent before it, ``(n, S)``: the start is given, the rest filled.
    ended
        Chance of having spent so much when a journey ends, ``(S,)``, to be added to.
    """
    n, S = spent.shape
    after, more = np.empty(S), np.empty(S)
    chance = np.zeros(STREAMS)
    for v in range(n):
        if kind[v] == ARRIVED_KIND or kind[v] == END_KIND:
            ended += spent[v]
            continue
        p, u = caught[pair[v]], turned[pair[v]]
        q = asked[pair[v]] if kind[v] > LEG_KIND else 0.0
        chance[ON], chance[BACK] = (1.0 - q) * (1.0 - p - u), (1.0 - q) * u
        chance[ON_ASKED], chance[BACK_ASKED], chance[SENT_BACK] = q * (1.0 - p - u), q * u, q
        if kind[v] == BACK_KIND:
            chance[ON_ASKED] = chance[BACK_ASKED] = 0.0
        else:
            chance[SENT_BACK] = 0.0
        pay(spent[v], paid[v], after)
        pay(spent[v], paid[v] + demanded[v], more)
        gone, gone_more = 0.0, 0.0
        for s in range(STREAMS):
            pays = kind[v] == PAYS_KIND and s >= ON_ASKED
            money = more if pays else after
            for e in range(start[STREAMS * v + s], start[STREAMS * v + s + 1]):
                part = weight[e] * chance[s]
                spent[target[e]] += part * money
                if pays:
                    gone_more += part
                else:
                    gone += part
        paying = q if kind[v] == PAYS_KIND else 0.0
        ended += (1.0 - paying - gone) * after + (paying - gone_more) * more


pass_money = compiled(_pass_money)
