"""Column generation: prices ask each group's journey for the plan that is worth most after they are paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from waystation.engine.journeys.follow import follow
from waystation.engine.model import Group, Network
from waystation.engine.portfolio.errors import WrongChoiceError
from waystation.engine.portfolio.instance import Floats
from waystation.engine.portfolio.ledger import Pots
from waystation.engine.portfolio.offers import Offer, Seen, Setting, make_offer
from waystation.engine.portfolio.pool import Pool, pool_of
from waystation.engine.portfolio.priced import best_plan, charges
from waystation.engine.portfolio.prices import linear_prices, promised_value
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.engine.portfolio.terms import Terms

_LEAST = 1e-6
_DIFFERENCE = 1e-7


@dataclass(frozen=True, eq=False)
class Generated:
    """Every offer there is now, and what no choice of any adaptive plans can be worth more than.

    Attributes
    ----------
    bound
        Over all adaptive plans from the start weeks, not only those offered; None where conditions are remembered region by
        region, so that no sweep is exact, where groups were promised a journey, and without a round of pricing.
    added
        How many plans the prices found.
    """

    offers: Mapping[str, list[Offer]]
    bound: float | None
    added: int


def generate(
    network: Network,
    units: Sequence[Sequence[Group]],
    settings: Mapping[str, list[Setting]],
    offers: Mapping[str, list[Offer]],
    terms: Terms,
    seen: Seen,
) -> Generated:
    """Add plans that are worth more than they cost at the prices of the linear programme, for some rounds.

    Raises
    ------
    WrongChoiceError
        If a forward pass does not confirm what the priced sweep promised, within a relative 1e-7.

    Notes
    -----
    At prices that no limit minds, the sum over the units of the best that any plan is worth after paying them, and the
    price of all that there is, bounds every choice: Dantzig and Wolfe (1960), doi:10.1287/opre.8.1.101; Farley (1990),
    doi:10.1287/opre.38.5.922.
    """
    every = {group: list(each) for group, each in offers.items()}
    bound, added = np.inf, 0
    exact = all(each.process.memory is None for some in settings.values() for each in some)
    total = terms.pricing * sum(map(len, settings.values()))
    if not exact or not total:
        return Generated(every, None, 0)
    done = 0
    for _ in range(terms.pricing):
        pool = pool_of(network, units, every, terms)
        prices = linear_prices(pool.instance)
        priced = _Priced(pool, prices.price)
        gained, new = 0.0, 0
        for unit in units:
            by_week: dict[int, list[float]] = {}
            for group in unit:
                for setting in settings.get(group.id, ()):
                    seen("prices", done, total)
                    done += 1
                    score, offer = priced.best(setting, terms)
                    by_week.setdefault(setting.week, []).append(score)
                    if offer is not None and not _is_known(offer, every[group.id]):
                        every[group.id].append(offer)
                        new += 1
            whole = [sum(scores) for scores in by_week.values() if len(scores) == len(unit)]
            gained += max(0.0, max(whole, default=0.0))
        bound = min(bound, gained + float(prices.price @ pool.instance.capacity))
        added += new
        if not new:
            break
    promised = bool((promised_value(pool.instance) != pool.instance.value).any())
    return Generated(every, None if promised else bound, added)


def _is_known(offer: Offer, others: Sequence[Offer]) -> bool:
    same = (each for each in others if each.setting.week == offer.setting.week)
    return any(
        abs(each.arrive - offer.arrive) < _LEAST and abs(each.spending - offer.spending) < 1.0 and _like(each, offer)
        for each in same
    )


def _like(one: Offer, other: Offer) -> bool:
    rows = one.use.rows.keys() | other.use.rows.keys()
    return all(abs(one.use.rows.get(row, 0.0) - other.use.rows.get(row, 0.0)) < _LEAST for row in rows)


class _Priced:
    """The prices of a pool, as journeys meet them."""

    def __init__(self, pool: Pool, price: Floats) -> None:
        self._by_row = dict(zip(pool.rows, price.tolist(), strict=True))
        self._wider = [(pots, self._by_row[row]) for row, pots in pool.pots.items()]

    def of_pots(self, pots: Pots) -> float:
        """Return what a minor unit costs that may be paid from some pots: every limit that counts it."""
        return float(sum(price for wider, price in self._wider if pots <= wider))

    def of(self, row: Row) -> float:
        """Return the price of a unit of a limit; 0 where no offer touches it."""
        return float(self._by_row.get(row, 0.0))

    def best(self, setting: Setting, terms: Terms) -> tuple[float, Offer | None]:
        """Return what the best plan is worth after paying, and that plan where it is worth anything.

        A price of being apart is not paid, which leaves the bound valid.
        """
        table, size = setting.table, setting.group.size
        worth = terms.worth(setting.group.urgency, setting.week) * size * setting.safe_until
        price = np.array([0.0 if row.kind is RowKind.APART else self.of(row) for row in table.rows])
        pots = np.array([self.of_pots(each) for each in table.pot_sets])
        policy, score = best_plan(setting.process, charges(setting.process, table, price, pots, worth))
        course = follow(setting.process, policy)
        offer = make_offer(setting, "priced", policy, course)
        paid = sum(self.of(row) * used for row, used in offer.use.rows.items() if row.kind is not RowKind.APART)
        paid += sum(self.of_pots(each) * spent for each, spent in offer.use.money.items())
        confirmed = worth * course.evaluation.arrive - paid
        if abs(confirmed - score) > _DIFFERENCE * max(1.0, worth):
            message = (
                f"the forward pass differs from the priced sweep by {abs(confirmed - score):.3g}; no answer is given"
            )
            raise WrongChoiceError(message)
        return score, offer if offer.arrive > 0.0 and score > _LEAST else None
