"""From offers to an instance: who is one unit, what its columns are, and how much there is of everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from waystation.engine.model import Group, Network
from waystation.engine.portfolio.instance import Instance
from waystation.engine.portfolio.ledger import Ledger, Pots
from waystation.engine.portfolio.offers import Offer
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.engine.portfolio.terms import Terms

_MOST_TOGETHER = 60
_SLACK = 1e-9

Column = tuple[Offer, ...]
"""An offer for each group of a unit, all of the same start week."""


@dataclass(frozen=True, eq=False)
class Pool:
    """What is chosen from.

    Attributes
    ----------
    units
        The ids of the groups of each unit.
    columns
        The columns, in the order of the instance's.
    rows
        The limits, in the order of the instance's rows.
    pots
        What sets of pots the limits on money are.
    """

    instance: Instance
    units: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    pots: Mapping[Row, Pots]

    @cached_property
    def number(self) -> Mapping[Row, int]:
        """The number of each limit."""
        return {row: at for at, row in enumerate(self.rows)}


def units_of(groups: Sequence[Group]) -> tuple[tuple[Group, ...], ...]:
    """Return who goes together, in an order that depends on nothing but what is declared: urgency, when they asked, size."""
    by_code: dict[str, list[Group]] = {}
    for group in groups:
        by_code.setdefault(f"together {group.together}" if group.together else f"alone {group.id}", []).append(group)
    made = [tuple(sorted(each, key=_declared)) for each in by_code.values()]
    return tuple(sorted(made, key=lambda unit: (_declared(unit[0]), unit[0].id)))


def _declared(group: Group) -> tuple[object, ...]:
    ranks = list(type(group.urgency))
    asked = group.asked_on.toordinal() if group.asked_on else 0
    return (group.promised_on is None, ranks.index(group.urgency), asked, group.size, group.place)


def worth_of(offer: Offer, terms: Terms) -> float:
    """Return what an offer is worth: people expected to arrive, by the weight of their declared urgency."""
    return offer.arrive * terms.worth(offer.setting.group.urgency, offer.setting.week)


def pool_of(
    network: Network, units: Sequence[Sequence[Group]], offers: Mapping[str, Sequence[Offer]], terms: Terms
) -> Pool:
    """Return what is chosen from.

    Parameters
    ----------
    offers
        By group; a unit of which a group has none gets no column.
    """
    ledger = Ledger.of(network)
    columns = [_columns([offers.get(group.id, ()) for group in unit], terms) for unit in units]
    used = {pots for unit in columns for column in unit for offer in column for pots in offer.use.money}
    money = ledger.rows(used) if ledger.pots else {}
    paid_from = {pots: [row for row, (wider, _) in money.items() if pots <= wider] for pots in used}
    uses = [[_use(column, paid_from) for column in unit] for unit in columns]
    caps = Capacities(network)
    rows = sorted({row for unit in uses for use in unit for row in use} | set(money))
    number = {row: at for at, row in enumerate(rows)}
    instance = Instance.of(
        [
            [
                (sum(worth_of(offer, terms) for offer in column), {number[row]: amount for row, amount in use.items()})
                for column, use in zip(unit, unit_uses, strict=True)
            ]
            for unit, unit_uses in zip(columns, uses, strict=True)
        ],
        [float(money[row][1]) if row in money else caps(row) for row in rows],
        [any(group.promised_on is not None for group in unit) for unit in units],
    )
    names = tuple(tuple(group.id for group in unit) for unit in units)
    flat = tuple(column for unit in columns for column in unit)
    return Pool(instance, names, flat, tuple(rows), {row: pots for row, (pots, _) in money.items()})


def _columns(offers: Sequence[Sequence[Offer]], terms: Terms) -> list[Column]:
    """Return a unit's columns: of groups that go together the combinations of one week, the most valuable of many."""
    if len(offers) == 1:
        return [(offer,) for offer in offers[0]]
    weeks = sorted(set.intersection(*({offer.setting.week for offer in each} for each in offers)))
    made: list[Column] = []
    for week in weeks:
        of_week = [[offer for offer in each if offer.setting.week == week] for each in offers]
        same = [column for column in product(*of_week) if len({offer.name for offer in column}) == 1]
        fit = max(1, round(_MOST_TOGETHER ** (1.0 / len(of_week))))
        few = product(*(sorted(each, key=lambda offer: -worth_of(offer, terms))[:fit] for each in of_week))
        made += list(dict.fromkeys([*same, *few]))
    return made


def _use(column: Column, paid_from: Mapping[Pots, Sequence[Row]]) -> dict[Row, float]:
    use: dict[Row, float] = {}
    for offer in column:
        for row, amount in offer.use.rows.items():
            use[row] = use.get(row, 0.0) + amount
        for pots, amount in offer.use.money.items():
            for row in paid_from[pots]:
                use[row] = use.get(row, 0.0) + amount
    for row in use:
        if row.kind is RowKind.APART:
            use[row] = 1.0  # a unit is not apart from itself
    return use


class Capacities:
    """How much there is of each limit other than money, by the network's partners, places and caps."""

    def __init__(self, network: Network) -> None:
        self.partners = {each.id: float(each.capacity_per_week or 0) for each in network.partners}
        self.places = {each.id: float(each.beds or 0) for each in network.places}
        self.exposed = float(network.most_exposed or 0)
        self.harm = float(network.most_harm or 0.0)

    def __call__(self, row: Row) -> float:
        """Return how much there is of a limit."""
        match row.kind:
            case RowKind.PARTNER:
                return self.partners[row.id]
            case RowKind.BEDS:
                return self.places[row.id]
            case RowKind.EXPOSED_PARTNER | RowKind.EXPOSED_HOUSE:
                return self.exposed
            case RowKind.HARM:
                return self.harm
            case _:
                return 1.0
