"""What a little more of each scarce thing would bring: the linear programme solved again with it."""

from collections.abc import Sequence

import numpy as np

from waystation.engine.model import Network
from waystation.engine.portfolio.decision import Scarce
from waystation.engine.portfolio.instance import Floats
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.pool import Pool
from waystation.engine.portfolio.prices import Prices, linear_prices
from waystation.engine.portfolio.rows import RowKind
from waystation.kernel import decimals_of

_THOUSAND, _LEAST = 1000, 0.005


def more_of(pool: Pool, network: Network, kind: RowKind, resource: str, more: float) -> Floats:
    """Return how much more of each row there is with more of a resource, ``(R,)``: in every week or night it has."""
    extra = np.zeros(len(pool.rows))
    ledger = Ledger.of(network)
    for at, row in enumerate(pool.rows):
        if kind is RowKind.MONEY and row in pool.pots:
            extra[at] = more * any(ledger.name(pot) == resource for pot in pool.pots[row])
        elif (row.kind, row.id) == (kind, resource):
            extra[at] = more
    return extra


def scarce_things(pool: Pool, network: Network, capacity: Floats, prices: Prices) -> tuple[Scarce, ...]:
    """Return every pot, partner and house with a price, and what more of it brings, the most people first.

    Parameters
    ----------
    capacity
        The limits in force, ``(R,)``.
    """
    people = np.array([sum(offer.arrive for offer in column) for column in pool.columns])
    base = float(prices.share @ people) if len(people) else 0.0
    thousand = float(_THOUSAND * 10 ** decimals_of(network.currency))
    found = []
    for kind, resource in _priced(pool, network, prices):
        more = thousand if kind is RowKind.MONEY else 1.0
        again = linear_prices(pool.instance.with_capacity(capacity + more_of(pool, network, kind, resource, more)))
        gained = float(again.share @ people) - base
        if again.bound - prices.bound > _LEAST:
            found.append(Scarce(kind, resource, more, gained, again.bound - prices.bound))
    return tuple(sorted(found, key=lambda each: -each.weighted))


def _priced(pool: Pool, network: Network, prices: Prices) -> Sequence[tuple[RowKind, str]]:
    ledger = Ledger.of(network)
    kinds = {RowKind.PARTNER, RowKind.BEDS, RowKind.EXPOSED_PARTNER, RowKind.EXPOSED_HOUSE}
    named: dict[tuple[RowKind, str], None] = {}
    for row, price in zip(pool.rows, prices.price.tolist(), strict=True):
        if price <= 0.0:
            continue
        if row.kind is RowKind.MONEY:
            named.update(dict.fromkeys((RowKind.MONEY, ledger.name(pot)) for pot in sorted(pool.pots[row])))
        elif row.kind in kinds:
            named[row.kind, row.id] = None
    return list(named)
