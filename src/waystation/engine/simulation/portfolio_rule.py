"""The rule that weighs everybody who waits against each other, each week."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from waystation.engine.portfolio.ledger import Pots, limits_of
from waystation.engine.portfolio.terms import Terms
from waystation.engine.simulation.kernels.purse import AMOUNT, OPENS, may_pay
from waystation.engine.simulation.lay_out import RANKS
from waystation.engine.simulation.rule import Departure, Situation, Waiting
from waystation.engine.simulation.weekly_choice import weekly_choice

Column = tuple[float, dict[int, float]]
"""One way to help a group: what it is worth, and how much it uses of each row."""

_URGENCY = {rank: urgency for urgency, rank in RANKS.items()}


class Chooser(Protocol):
    """Chooses at most one column for each unit, within the capacity of every row, for the most value."""

    def __call__(self, columns: Sequence[Sequence[Column]], capacity: Sequence[float], seed: int) -> Sequence[int]:
        """Return for each unit which of its own columns is chosen, or -1."""
        ...


@dataclass(frozen=True)
class Portfolio:
    """Who leaves is chosen together: the most people expected to arrive, weighted by declared urgency, within what there is.

    It plans ahead as the choice among groups does, over as many start weeks, for those who wait now: with the money of this
    week and of those to come (pots that open, income less retainers) and with what partners and houses have free then. Only
    who is to leave this week leaves; next week it plans anew. Who leaves later counts for less, by the terms' delay and by the
    chance of no longer waiting. Of those who have not asked yet it knows nothing. Nobody's nature enters: of groups of one kind
    the one that has waited longest leaves.

    Attributes
    ----------
    chooser
        Who does the choosing; a function of a module, so that the rule can be sent to other processes.
    terms
        What an arrival counts for by urgency, what is lost by a week's delay, and how many start weeks are looked at.
    most
        Of each kind so many groups at most are looked at in a week.
    """

    chooser: Chooser = weekly_choice
    terms: Terms = field(default_factory=Terms)
    most: int = 8
    seed: int = 0
    name: str = "portfolio"

    def choose(self, situation: Situation) -> Iterable[Departure]:
        """Return the departures of the best choice; the most urgent first, then who asked first."""
        units = list(self._units(situation))
        if not units:
            return []
        rows = _Rows(situation, self.terms)
        offered = {kind: list(rows.offers(kind)) for kind in {each.kind for each in units}}
        columns = [
            [(self._worth(each, situation, way, ahead), use) for way, ahead, use in offered[each.kind]]
            for each in units
        ]
        chosen = self.chooser(columns, rows.capacity, self.seed + situation.week)
        picked = [(each, offered[each.kind][pick]) for each, pick in zip(units, chosen, strict=True) if pick >= 0]
        leaving = [(each, way) for each, (way, ahead, _) in picked if ahead == 0]
        leaving.sort(key=lambda pair: (pair[0].rank, pair[0].asked))
        return [Departure(each.kind, way) for each, way in leaving]

    def _units(self, situation: Situation) -> Iterable[Waiting]:
        seen: Counter[int] = Counter()
        for each in situation.waiting:
            seen[each.kind] += 1
            if seen[each.kind] <= self.most:
                yield each

    def _worth(self, group: Waiting, situation: Situation, way: int, ahead: int) -> float:
        still = (1.0 - situation.world.gives_up) ** ahead
        arrive = float(situation.world.arrive[way])
        return self.terms.worth(_URGENCY[group.rank], ahead) * group.people * arrive * still


class _Rows:
    """What there is of money, and of each partner and house in each week ahead, and what a way uses of it."""

    def __init__(self, situation: Situation, terms: Terms) -> None:
        self.situation, self.world, self.weeks = situation, situation.world, terms.weeks
        self.money = _Money(situation, terms.weeks)
        self.resources = len(self.world.capacity)
        booked = situation.booked
        free = (self.world.capacity - booked).clip(0)
        self.ahead = len(booked) + terms.weeks
        self.capacity = [*self.money.capacity, *free.ravel().astype(float).tolist()]
        self.capacity += self.world.capacity.astype(float).tolist() * terms.weeks

    def offers(self, kind: int) -> Iterator[tuple[int, int, dict[int, float]]]:
        """Yield every way of a kind that leans on nobody who is lost, from every start week, with its use of the rows."""
        first_row = len(self.money.capacity)
        for way in self.situation.ways[kind]:
            mask, hold, _, _, first, last = self.world.ways[way].tolist()
            if mask & self.situation.lost:
                continue
            needs = self.world.needs[first:last].tolist()
            for ahead in range(self.weeks):
                use = {row: float(hold) for row in self.money.rows[kind, ahead]}
                for resource, weeks, people in needs:
                    row = first_row + (ahead + weeks) * self.resources + resource
                    use[row] = use.get(row, 0.0) + people
                yield way, ahead, use


class _Money:
    """The limits on money: the pots, and beside them the purse as it is and what comes into it each week.

    Attributes
    ----------
    capacity
        Of each limit.
    rows
        The limits that a departure of a kind in a week ahead comes under.
    """

    def __init__(self, situation: Situation, weeks: int) -> None:
        world, week = situation.world, situation.week
        funds = world.funds
        K = len(funds)
        opens = funds[:, OPENS].tolist()
        amounts = [
            int(left if opens[pot] <= week else funds[pot, AMOUNT]) for pot, left in enumerate(situation.pots.tolist())
        ]
        amounts += _comes_in(situation, weeks, amounts)
        sets: dict[tuple[int, int], Pots] = {}
        for kind in range(len(world.people)):
            for ahead in range(weeks):
                pots = {pot for pot in range(K) if may_pay(funds, week + ahead, kind, pot)}
                sets[kind, ahead] = frozenset(pots | {K + w for w in range(ahead + 1)})
        limits = limits_of(sets.values(), amounts)
        self.capacity = [float(most) for most in limits.values()]
        under = {each: [row for row, wider in enumerate(limits) if each <= wider] for each in set(sets.values())}
        self.rows = {key: under[pots] for key, pots in sets.items()}


def _comes_in(situation: Situation, weeks: int, amounts: list[int]) -> list[int]:
    """Return the purse as it is, and what each of the weeks to come adds to it.

    Retainers of the weeks to come are taken from the pots that may pay them (``amounts`` is changed), at last from the purse.
    """
    world, funds, found = situation.world, situation.world.funds, [situation.money]
    for week in range(situation.week + 1, situation.week + weeks):
        costs = world.costs
        for pot in range(len(amounts)):
            if may_pay(funds, week, len(world.people), pot):
                used = min(costs, amounts[pot])
                amounts[pot] -= used
                costs -= used
        found.append((world.income if week >= world.income_from else 0) - costs)
    for at in range(weeks - 1, 0, -1):
        if found[at] < 0:
            found[at - 1], found[at] = found[at - 1] + found[at], 0
    return [max(0, each) for each in found]
