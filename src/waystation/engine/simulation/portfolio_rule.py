"""The rule that weighs everybody who waits against each other, each week."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from waystation.engine.simulation.rule import Departure, Situation, Waiting
from waystation.engine.simulation.weekly_choice import weekly_choice

Column = tuple[float, dict[int, float]]
"""One way to help a group: what it is worth, and how much it uses of each row."""

URGENCY_WEIGHTS: Mapping[int, float] = {0: 3.0, 1: 2.0, 2: 1.0}
"""What an arrival counts for, by declared urgency: emergency, urgent, normal."""
_MONEY = 0


class Chooser(Protocol):
    """Chooses at most one column for each unit, within the capacity of every row, for the most value."""

    def __call__(self, columns: Sequence[Sequence[Column]], capacity: Sequence[float], seed: int) -> Sequence[int]:
        """Return for each unit which of its own columns is chosen, or -1."""
        ...


@dataclass(frozen=True)
class Portfolio:
    """Who leaves is chosen together: the most people expected to arrive, weighted by declared urgency, within what there is now.

    It looks at this week only: money and partners' capacity in this and the coming weeks limit it, and what is left over is worth
    nothing to it. Nobody's nature enters: of groups of one kind the one that has waited longest leaves.

    Attributes
    ----------
    chooser
        Who does the choosing; a function of a module, so that the rule can be sent to other processes.
    most
        Of each kind so many groups at most are looked at in a week.
    """

    chooser: Chooser = weekly_choice
    weights: Mapping[int, float] = field(default_factory=lambda: dict(URGENCY_WEIGHTS))
    most: int = 8
    seed: int = 0
    name: str = "portfolio"

    def choose(self, situation: Situation) -> Iterable[Departure]:
        """Return the departures of the best choice; the most urgent first, then who asked first."""
        units = list(self._units(situation))
        if not units:
            return []
        rows = _Rows(situation)
        offered = [rows.usable(each) for each in units]
        columns = [[self._column(rows, each, way) for way in ways] for each, ways in zip(units, offered, strict=True)]
        chosen = self.chooser(columns, rows.capacity, self.seed + situation.week)
        leaving = [(each, ways[pick]) for each, ways, pick in zip(units, offered, chosen, strict=True) if pick >= 0]
        leaving.sort(key=lambda pair: (pair[0].rank, pair[0].asked))
        return [Departure(each.kind, way) for each, way in leaving]

    def _units(self, situation: Situation) -> Iterable[Waiting]:
        seen: Counter[int] = Counter()
        for each in situation.waiting:
            seen[each.kind] += 1
            if seen[each.kind] <= self.most:
                yield each

    def _column(self, rows: "_Rows", group: Waiting, way: int) -> Column:
        return self.weights[group.rank] * group.people * rows.arrive(way), rows.use(way)


class _Rows:
    """What there is of money and of each partner in each week ahead, and what a way uses of it."""

    def __init__(self, situation: Situation) -> None:
        self.situation, self.world = situation, situation.world
        self.resources = situation.booked.shape[1]
        limits = self.world.capacity.tolist()
        self.capacity = [float(max(0, situation.money))]
        for booked in situation.booked.tolist():
            self.capacity += [float(max(0, most - taken)) for most, taken in zip(limits, booked, strict=True)]
        self.limited = {resource for resource, most in enumerate(limits) if most >= 0}

    def usable(self, group: Waiting) -> list[int]:
        """Return the ways of a group that lean on nobody who is lost."""
        return [
            way for way in self.situation.ways[group.kind] if not int(self.world.ways[way, 0]) & self.situation.lost
        ]

    def arrive(self, way: int) -> float:
        """Return the share of a way's people expected to arrive."""
        return float(self.world.arrive[way])

    def use(self, way: int) -> dict[int, float]:
        """Return what a way uses of each row."""
        _, hold, _, _, first, last = self.world.ways[way].tolist()
        use = {_MONEY: float(hold)}
        for resource, ahead, people in self.world.needs[first:last].tolist():
            if resource in self.limited:
                row = 1 + ahead * self.resources + resource
                use[row] = use.get(row, 0.0) + people
        return use
