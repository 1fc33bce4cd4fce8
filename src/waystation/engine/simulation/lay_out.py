"""An organisation laid out in arrays: its plans, its money by fund and period, its partners by week and its beds by night."""

from collections.abc import Sequence
from math import exp

import numpy as np
from numpy.typing import NDArray

from waystation.engine.model import Group, Network, Urgency, convert
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.offers import DAYS_A_WEEK
from waystation.engine.portfolio.pool import Capacities
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.engine.simulation.kernels.lives import World
from waystation.engine.simulation.kernels.purse import CLOSES, PAYS
from waystation.engine.simulation.organisation import OPENING, WEEKS_A_YEAR, Organisation
from waystation.engine.simulation.scenario import Scenario
from waystation.engine.simulation.script import Script, join
from waystation.engine.simulation.way import Way
from waystation.kernel import Money

Ints = NDArray[np.int64]
Resource = tuple[RowKind, str, int]
"""A partner or a house that is limited; of beds the day of the week, which the weeks begin with 0."""

RANKS = {Urgency.EMERGENCY: 0, Urgency.URGENT: 1, Urgency.NORMAL: 2}
_COUNTED = frozenset({RowKind.PARTNER, RowKind.BEDS, RowKind.EXPOSED_PARTNER, RowKind.EXPOSED_HOUSE})
_HUNDRED = 100


def lay_out(
    network: Network,
    organisation: Organisation,
    scenario: Scenario,
    groups: Sequence[Group],
    ways: Sequence[Way],
    ranges: Ints,
    scheduled: Ints,
) -> World:
    """Lay an organisation out for the kernels.

    Parameters
    ----------
    ranges
        The ways of each season, regime and kind, from and to, ``(Z, E, G, 2)``.
    scheduled
        Bits of the changes that hold in each week, ``(weeks,)``.
    """
    scripts: dict[int, int] = {}
    distinct: list[Script] = []
    for way in ways:
        for party in way.parties:
            if id(party.script) not in scripts:
                scripts[id(party.script)] = len(distinct)
                distinct.append(party.script)
    joined, starts = join(distinct)
    parties: list[tuple[int, int, int]] = []
    needs: list[tuple[int, int, int]] = []
    rows: list[tuple[int, ...]] = []
    resources: dict[Resource, int] = {}
    for way in ways:
        first_party, first_need = len(parties), len(needs)
        for party, hold in zip(way.parties, way.holds, strict=True):
            parties.append((int(starts[scripts[id(party.script)]]), party.people, hold))
        needs += _needs(way, resources)
        rows.append((way.mask, way.hold, first_party, len(parties), first_need, len(needs)))
    chance = [change for change in scenario.changes if change.by_chance]
    bits = [1 << n for n, change in enumerate(scenario.changes) if change.by_chance]
    partners = len(network.partners)
    funds = funds_of(network, groups)
    opening = organisation.opening
    if opening is None:
        opening = 0.0 if network.funds else OPENING

    def minor(major: float) -> int:
        return Money.of(round(major), network.currency).minor

    return World(
        opening=minor(opening),
        income=minor(organisation.income_per_year) // WEEKS_A_YEAR,
        income_from=int(funds[:, CLOSES].max(initial=0)),
        costs=_retainers(network) * 12 // WEEKS_A_YEAR,
        funds=funds,
        mean=organisation.requests_per_year / WEEKS_A_YEAR,
        nobody=exp(-organisation.requests_per_year / WEEKS_A_YEAR),
        gives_up=organisation.gives_up,
        compromise=1.0 - (1.0 - organisation.compromise) ** partners,
        reveals=organisation.reveals,
        remembers=organisation.remembers,
        replace=organisation.replace,
        week_slots=7 * 24 // network.slot_hours,
        people=np.array([group.size for group in groups], dtype=np.int64),
        rank=np.array([RANKS[group.urgency] for group in groups], dtype=np.int64),
        way_range=ranges,
        ways=np.array(rows, dtype=np.int64).reshape(-1, 6),
        parties=np.array(parties, dtype=np.int64).reshape(-1, 3),
        needs=np.array(needs, dtype=np.int64).reshape(-1, 3),
        arrive=np.array([way.arrive for way in ways]),
        capacity=_capacity(network, resources),
        partners=partners,
        scheduled=scheduled,
        shock_bits=np.array(bits, dtype=np.int64),
        shock_chances=np.array([(each.begins, each.ends) for each in chance], dtype=np.float64).reshape(-1, 2),
        slot=joined.slot,
        states=joined.states,
        steps=joined.steps,
    )


def _needs(way: Way, resources: dict[Resource, int]) -> list[tuple[int, int, int]]:
    """Return what a way needs of each limit: the resource, weeks from departure, people in hundredths; new ones are numbered."""
    found = []
    for row, amount in sorted(way.use.items()):
        people = round(amount * _HUNDRED)
        if row.kind not in _COUNTED or people == 0:
            continue
        week, day = divmod(row.at, DAYS_A_WEEK) if row.kind is RowKind.BEDS else (row.at, 0)
        number = resources.setdefault((row.kind, row.id, day), len(resources))
        found.append((number, week, people))
    return found


def _capacity(network: Network, resources: dict[Resource, int]) -> Ints:
    capacities = Capacities(network)
    return np.array([round(capacities(Row(kind, name)) * _HUNDRED) for kind, name, _ in resources], dtype=np.int64)


def funds_of(network: Network, groups: Sequence[Group]) -> Ints:
    """Return the money of ``budget.csv`` that is not over on the first day: the narrowest first, then what ends first.

    The columns are those of `World`.

    A week may use a pot whose period holds its first day.
    """
    ledger = Ledger.of(network)

    def week_of(pot: int, last: int) -> int:
        days = (ledger.spans[pot][last] - network.as_of).days + last
        return max(0, -(-days // DAYS_A_WEEK))

    wide = {pot: (not ledger.pots[pot].only_for, ledger.spans[pot][1], pot) for pot in range(len(ledger.pots))}
    pots = sorted((pot for pot in wide if week_of(pot, 0) < week_of(pot, 1)), key=lambda pot: wide[pot])
    purposes = [*(group.all_purposes for group in groups), frozenset[str]()]
    return np.array(
        [
            [
                ledger.amounts[pot],
                week_of(pot, 0),
                week_of(pot, 1),
                *(ledger.pots[pot].may_pay_for(each) for each in purposes),
            ]
            for pot in pots
        ],
        dtype=np.int64,
    ).reshape(len(pots), PAYS + len(purposes))


def _retainers(network: Network) -> int:
    """Return what all retainers come to in a month, minor units."""
    kept = [partner.retainer_month for partner in network.partners if partner.retainer_month is not None]
    return sum(convert(each, network.currency, network.rates, network.as_of).minor for each in kept)
