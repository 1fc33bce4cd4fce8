"""Money of an organisation by pot, compiled: opened, set aside, spent, given back, lapsed.

A pot is a fund in a period. Pots are tried in their order, the narrowest first; the purse comes last. It holds what comes in by
the week, is for everybody and never lapses.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]

(ASKED_SO_FAR, RANDOM_SHOCKS, REGIME, FLYING, PURSE, HELD, COUNTERS) = range(7)
"""What a run keeps: requests so far, bits of shocks by chance, the regime, parties under way, the purse, what of it is held."""


class Funds(NamedTuple):
    """K pots. G kinds of groups.

    Attributes
    ----------
    amount
        Minor units, ``(K,)``.
    weeks
        The first week in which it may be used, and the first in which it may no longer, ``(K, 2)``.
    pays
        Whether it may be used for a kind of group; the last row: for everybody, and so for retainers, ``(G + 1, K) bool``.
    """

    amount: Ints
    weeks: Ints
    pays: NDArray[np.bool_]


def _may_pay(funds: Funds, week: int, kind: int, pot: int) -> bool:
    return bool(funds.pays[kind, pot] and funds.weeks[pot, 0] <= week < funds.weeks[pot, 1])


may_pay = njit(cache=True)(_may_pay)


def _open_pots(week: int, funds: Funds, pots: Ints) -> int:
    """Fill the pots whose time begins, empty those whose time is over; return what lapses."""
    lapsed = 0
    for pot in range(len(pots)):
        if week == funds.weeks[pot, 0]:
            pots[pot] = funds.amount[pot]
        elif week == funds.weeks[pot, 1]:
            lapsed += pots[pot]
            pots[pot] = 0
    return lapsed


open_pots = njit(cache=True)(_open_pots)


def _free_money(week: int, kind: int, funds: Funds, pots: Ints, counters: Ints) -> int:
    """Return what may be used for a kind of group this week."""
    free = max(0, int(counters[PURSE] - counters[HELD]))
    for pot in range(len(pots)):
        if may_pay(funds, week, kind, pot):
            free += int(pots[pot])
    return free


free_money = njit(cache=True)(_free_money)


def _take(week: int, kind: int, amount: int, funds: Funds, pots: Ints) -> int:
    """Take an amount from the pots, as far as they go; return what is left to be paid."""
    for pot in range(len(pots)):
        if may_pay(funds, week, kind, pot):
            used = min(amount, int(pots[pot]))
            pots[pot] -= used
            amount -= used
    return amount


take = njit(cache=True)(_take)


def _set_aside(week: int, kind: int, amount: int, funds: Funds, pots: Ints, counters: Ints, paid: Ints) -> None:
    """Set money aside for a party; ``paid`` (K + 1) is filled with what each pot and the purse, the last, give for it."""
    for pot in range(len(pots)):
        used = min(amount, pots[pot]) if may_pay(funds, week, kind, pot) else 0
        pots[pot] -= used
        paid[pot] = used
        amount -= used
    paid[len(pots)] = amount
    counters[HELD] += amount


set_aside = njit(cache=True)(_set_aside)


def _settle(week: int, kind: int, cost: int, funds: Funds, pots: Ints, counters: Ints, paid: Ints) -> int:
    """Pay for a journey from what was set aside and give the rest back; return what lapses because its time is over.

    What it costs beyond that is taken as any other money; at last from the purse, even into debt.
    """
    lapsed = 0
    for pot in range(len(pots)):
        used = min(cost, paid[pot])
        cost -= used
        if funds.weeks[pot, 0] <= week < funds.weeks[pot, 1]:
            pots[pot] += paid[pot] - used
        else:
            lapsed += paid[pot] - used
    held = paid[len(pots)]
    counters[HELD] -= held
    if cost > held:
        cost = held + take(week, kind, cost - held, funds, pots)
    counters[PURSE] -= cost
    return lapsed


settle = njit(cache=True)(_settle)
