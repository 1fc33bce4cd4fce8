"""What a plan is expected to use, and when: money, partners, beds, and who is exposed to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.follow import Course
from waystation.engine.journeys.process import FIRST_MOVE, WAIT, Process
from waystation.engine.model import Group, Network, PlaceKind
from waystation.engine.portfolio.instance import Floats, Ints
from waystation.engine.portfolio.ledger import Ledger, Pots
from waystation.engine.portfolio.rows import Row, RowKind

_DAYS = 7
_HOUSES = frozenset({PlaceKind.SAFE_HOUSE, PlaceKind.HUB})


@dataclass(frozen=True, eq=False)
class Timetable:
    """Which limit is touched where and when by one process: row numbers, -1 for none.

    A journey that begins ``week`` weeks after the first day of the choice.

    Attributes
    ----------
    rows
        The limits, in the order of their numbers.
    pots
        By slot, the number of its set of pots, ``(T,)``, -1 where no money is limited; ``pot_sets`` are these sets.
    partner, exposed_partner
        By slot and move, ``(T, M)``: for a departure.
    beds, fresh_house, stay_house
        By slot and place, ``(T + 1, N)``: a night of waiting; coming there by a leg; being there as the week begins.
    apart
        By slot, ``(T,)``.
    harm
        One number.
    size
        People.
    """

    rows: tuple[Row, ...]
    pots: NDArray[np.int64]
    pot_sets: tuple[Pots, ...]
    partner: NDArray[np.int64]
    exposed_partner: NDArray[np.int64]
    beds: NDArray[np.int64]
    fresh_house: NDArray[np.int64]
    stay_house: NDArray[np.int64]
    apart: NDArray[np.int64]
    harm: int
    size: int

    @property
    def nothing(self) -> Floats:
        """A use of nothing, ``(rows,)``."""
        return np.zeros(len(self.rows))


class _Rows:
    """Numbers for limits as they come up."""

    def __init__(self) -> None:
        self.numbers: dict[Row, int] = {}

    def number(self, row: Row) -> int:
        return self.numbers.setdefault(row, len(self.numbers))


def timetable(network: Network, group: Group, process: Process, ledger: Ledger, week: int) -> Timetable:
    """Lay out which limits a group's journey can touch.

    Parameters
    ----------
    week
        Of the start, counted from the first day of the choice; slot 0 of the process begins it.
    """
    rows, T = _Rows(), process.slots
    day = np.arange(T + 1) * process.slot_hours // 24
    weeks = week + day // _DAYS
    partners = {each.id: each for each in network.partners}
    runs = {leg.id: leg.partner for leg in network.legs}
    partner, exposed = np.full((2, T, len(process.moves)), -1, dtype=np.int64)
    for m, leg in enumerate(process.moves.leg):
        runner = partners.get(runs[leg] or "")
        if runner is None:
            continue
        for t in range(T):
            at = int(weeks[t])
            if runner.capacity_per_week is not None:
                partner[t, m] = rows.number(Row(RowKind.PARTNER, runner.id, at))
            if network.most_exposed is not None:
                exposed[t, m] = rows.number(Row(RowKind.EXPOSED_PARTNER, runner.id, at))
    beds, fresh, stay = _houses(network, process, week, rows)
    apart = np.full(T, -1, dtype=np.int64)
    if group.apart is not None:
        apart[:] = [rows.number(Row(RowKind.APART, group.apart, int(weeks[t]))) for t in range(T)]
    harm = rows.number(Row(RowKind.HARM, "")) if network.most_harm is not None else -1
    pots, pot_sets = _pots(group, process, ledger)
    return Timetable(tuple(rows.numbers), pots, pot_sets, partner, exposed, beds, fresh, stay, apart, harm, group.size)


def _houses(network: Network, process: Process, week: int, rows: _Rows) -> tuple[Ints, Ints, Ints]:
    """Return the limits on beds, on coming to a house and on being there as a week begins, ``(T + 1, N)`` each."""
    T, N = process.slots, len(process.places)
    day = np.arange(T + 1) * process.slot_hours // 24
    weeks = week + day // _DAYS
    places = {each.id: each for each in network.places}
    beds, fresh, stay = np.full((3, T + 1, N), -1, dtype=np.int64)
    for i, name in enumerate(process.places):
        place = places[name]
        for t in range(T + 1):
            if place.beds is not None and (t + 1) * process.slot_hours // 24 != day[t]:
                beds[t, i] = rows.number(Row(RowKind.BEDS, name, int(week * _DAYS + day[t])))
            if network.most_exposed is not None and place.kind in _HOUSES:
                begins = day[t] % _DAYS == 0 and (t == 0 or day[t] != day[t - 1])
                (stay if begins else fresh)[t, i] = rows.number(Row(RowKind.EXPOSED_HOUSE, name, int(weeks[t])))
    return beds, fresh, stay


def _pots(group: Group, process: Process, ledger: Ledger) -> tuple[NDArray[np.int64], tuple[Pots, ...]]:
    if not ledger.pots:
        return np.full(process.slots, -1, dtype=np.int64), ()
    found: dict[Pots, int] = {}
    numbers = np.empty(process.slots, dtype=np.int64)
    for t in range(process.slots):
        pots = ledger.pots_for(group.all_purposes, process.date_of(t))
        numbers[t] = found.setdefault(pots, len(found))
    return numbers, tuple(found)


@dataclass(frozen=True)
class Use:
    """What is expected to be used.

    Attributes
    ----------
    rows
        By limit other than money: people, or harm in people.
    money
        Minor units by the set of pots that may pay them.
    """

    rows: Mapping[Row, float]
    money: Mapping[Pots, float]


def expected_use(process: Process, course: Course, table: Timetable) -> Use:
    """Count what a plan is expected to use, from the states it passes."""
    visits, size = course.visits, float(table.size)
    use, spent = table.nothing, np.zeros(len(table.pot_sets))
    leaves, waits = visits.action >= FIRST_MOVE, visits.action == WAIT
    slot, place, chance = visits.slot, visits.place, visits.chance
    move = (visits.action[leaves] - FIRST_MOVE) // 2
    departs = chance[leaves] * size
    _add(use, table.partner[slot[leaves], move], departs)
    _add(use, table.exposed_partner[slot[leaves], move], departs)
    _add(use, table.beds[slot[waits], place[waits]], chance[waits] * size)
    _add(use, table.fresh_house[slot, place], visits.fresh * size)
    _add(use, table.stay_house[slot, place], chance * size)
    under_way = np.unique(slot[leaves | waits])
    if table.harm >= 0:
        use[table.harm] = course.evaluation.harm * size
    for number in np.unique(table.apart[under_way]):
        if number >= 0:
            use[number] = 1.0
    if len(spent):
        _add(
            spent,
            table.pots[slot[leaves | waits]],
            money_of(process, visits.action, visits.level, place)[leaves | waits] * chance[leaves | waits],
        )
    kept = {row: amount for row, amount in zip(table.rows, use.tolist(), strict=True) if amount > _NOTHING}
    return Use(
        kept, {pots: amount for pots, amount in zip(table.pot_sets, spent.tolist(), strict=True) if amount > 0.0}
    )


_NOTHING = 1e-6


def money_of(process: Process, action: NDArray[np.int64], level: NDArray[np.int64], place: NDArray[np.int64]) -> Floats:
    """Return what is expected to be spent by each action where it is taken, ``(n,)`` in minor units; demands at the departure."""
    moves, spent = process.moves, np.zeros(len(action))
    leaves, waits = action >= FIRST_MOVE, action == WAIT
    m, pays = (action[leaves] - FIRST_MOVE) // 2, (action[leaves] - FIRST_MOVE) % 2
    spent[leaves] = moves.fee[m] + pays * moves.asked[m, level[leaves]] * moves.demand[m]
    spent[waits] = process.stay_fee[place[waits]]
    return spent


def _add(use: Floats, numbers: NDArray[np.int64], amounts: Floats) -> None:
    known = numbers >= 0
    np.add.at(use, numbers[known], amounts[known])


def day_of(first: date, day: int) -> date:
    """Return a day counted from the first day of the choice."""
    return first + timedelta(days=day)
