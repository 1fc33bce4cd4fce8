"""Why a group does not go now: which resource is short for its nearest plan, at what price, and what would be enough."""

import numpy as np

from waystation.engine.portfolio.decision import Going, Short, Wanting
from waystation.engine.portfolio.instance import Floats
from waystation.engine.portfolio.keep import Kept
from waystation.engine.portfolio.offers import Offer
from waystation.engine.portfolio.pool import Column, Pool
from waystation.engine.portfolio.rows import Row, RowKind

_ROUNDING = 1e-9


def going(offer: Offer) -> Going:
    """Return what is said of a plan that is taken."""
    found = offer.course.evaluation
    return Going(offer.name, offer.start, offer.arrive, offer.harm, offer.spending, found.days_expected)


def wanting(pool: Pool, kept: Kept, unit: int, group: str) -> Wanting:
    """Return why a unit that has columns does not go.

    Of its columns the nearest is one that fits by what is expected, else the one short of the fewest resources; of equals
    the one worth most. Room is what is left of every limit; where a plan would fit by that, what is left of the limits as
    tightened.
    """
    instance = pool.instance
    room = instance.capacity - kept.choice.load
    tight = kept.capacity - kept.choice.load
    first, last = int(instance.first[unit]), int(instance.first[unit + 1])
    ranked = []
    for j in range(first, last):
        short = _short(pool, room, j)
        safe = not short
        if safe:
            short = _short(pool, tight, j)
        resources = {_resource(row) for row in short}
        ranked.append((not safe, len(resources), -float(instance.value[j]), j, short))
    unsafe, _, _, j, short = min(ranked, key=lambda each: each[:4])
    price = kept.choice.prices.price
    span = slice(int(instance.start[j]), int(instance.start[j + 1]))
    paid = {
        pool.rows[row]: float(price[row] * use)
        for row, use in zip(instance.row[span].tolist(), instance.use[span].tolist(), strict=True)
    }
    worst: dict[tuple[RowKind, str], tuple[Row, float]] = {}
    for row, missing in short.items():
        key = _resource(row)
        if key not in worst or missing > worst[key][1]:
            worst[key] = row, missing
    listed = tuple(
        Short(row, missing, sum(paid[other] for other in paid if _resource(other) == key))
        for key, (row, missing) in sorted(worst.items())
    )
    plan = going(_of(pool.columns[j], group))
    return Wanting(plan, listed, float(instance.value[j]), sum(paid.values()), not unsafe)


def _of(column: Column, group: str) -> Offer:
    return next(offer for offer in column if offer.setting.group.id == group)


def _short(pool: Pool, room: Floats, j: int) -> dict[Row, float]:
    instance = pool.instance
    span = slice(int(instance.start[j]), int(instance.start[j + 1]))
    rows = instance.row[span]
    missing = instance.use[span] - np.maximum(room[rows], 0.0)
    over = missing > _ROUNDING * np.maximum(1.0, instance.capacity[rows])
    return {pool.rows[row]: float(much) for row, much in zip(rows[over].tolist(), missing[over].tolist(), strict=True)}


def _resource(row: Row) -> tuple[RowKind, str]:
    return row.kind, row.id
