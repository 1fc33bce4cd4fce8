"""Money of an organisation by pot, compiled: opened, set aside, spent, given back, lapsed.

A pot is a fund in a period. Pots are tried in their order, the narrowest first; the purse comes last. It holds what comes in by
the week, is for everybody and never lapses.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]

(ASKED_SO_FAR, RANDOM_SHOCKS, REGIME, FLYING, PURSE, HELD, COUNTERS) = range(7)
"""What a run keeps: requests so far, bits of shocks by chance, the regime, parties under way, the purse, what of it is held."""


(AMOUNT, OPENS, CLOSES, PAYS) = range(4)
"""Columns of a world's funds, a row a pot: minor units; the first week in which it may be used, and the first in which it may no
longer; from `PAYS` on a column for each kind of group and a last one for everybody: whether it may be used for them, 1 or 0."""


def _may_pay(funds: Ints, week: int, kind: int, pot: int) -> bool:
    """Tell whether a pot may be used for a kind of group in a week."""
    return bool(funds[pot, PAYS + kind] != 0 and funds[pot, OPENS] <= week < funds[pot, CLOSES])


may_pay = njit(cache=True, forceinline=True, error_model="numpy")(_may_pay)


def _open_pots(week: int, funds: Ints, pots: Ints) -> int:
    """Fill the pots whose time begins, empty those whose time is over; return what lapses."""
    lapsed = 0
    for pot in range(len(pots)):
        if week == funds[pot, OPENS]:
            pots[pot] = funds[pot, AMOUNT]
        elif week == funds[pot, CLOSES]:
            lapsed += pots[pot]
            pots[pot] = 0
    return lapsed


open_pots = njit(cache=True, forceinline=True, error_model="numpy")(_open_pots)


def _free_money(week: int, kind: int, funds: Ints, pots: Ints, counters: Ints) -> int:
    """Return what may be used for a kind of group this week."""
    free = max(0, int(counters[PURSE] - counters[HELD]))
    for pot in range(len(pots)):
        if may_pay(funds, week, kind, pot):
            free += int(pots[pot])
    return free


free_money = njit(cache=True, forceinline=True, error_model="numpy")(_free_money)


def _take(week: int, kind: int, amount: int, funds: Ints, pots: Ints) -> int:
    """Take an amount from the pots, as far as they go; return what is left to be paid."""
    for pot in range(len(pots)):
        if may_pay(funds, week, kind, pot):
            used = min(amount, int(pots[pot]))
            pots[pot] -= used
            amount -= used
    return amount


take = njit(cache=True, forceinline=True, error_model="numpy")(_take)


def _set_aside(
    week: int, kind: int, amount: int, funds: Ints, pots: Ints, counters: Ints, paid: Ints, row: int
) -> None:
    """Set money aside for a party; its row of ``paid``, K + 1, is filled with what each pot and the purse, the last, give."""
    for pot in range(len(pots)):
        used = min(amount, pots[pot]) if may_pay(funds, week, kind, pot) else 0
        pots[pot] -= used
        paid[row, pot] = used
        amount -= used
    paid[row, len(pots)] = amount
    counters[HELD] += amount


set_aside = njit(cache=True, forceinline=True, error_model="numpy")(_set_aside)


def _settle(week: int, kind: int, cost: int, funds: Ints, pots: Ints, counters: Ints, paid: Ints, row: int) -> int:
    """Pay for a journey from what was set aside and give the rest back; return what lapses because its time is over.

    What it costs beyond that is taken as any other money; at last from the purse, even into debt.
    """
    lapsed = 0
    for pot in range(len(pots)):
        used = min(cost, paid[row, pot])
        cost -= used
        if funds[pot, OPENS] <= week < funds[pot, CLOSES]:
            pots[pot] += paid[row, pot] - used
        else:
            lapsed += paid[row, pot] - used
    held = paid[row, len(pots)]
    counters[HELD] -= held
    if cost > held:
        cost = held + take(week, kind, cost - held, funds, pots)
    counters[PURSE] -= cost
    return lapsed


settle = njit(cache=True, forceinline=True, error_model="numpy")(_settle)
