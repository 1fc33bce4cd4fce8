"""A plan of a kind of group, as an organisation uses it: what is drawn from, and what it takes of money, partners and beds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.build import MOST_JOINT_LEVELS, build
from waystation.engine.journeys.follow import Course, follow
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import FIRST_MOVE, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Group, Network
from waystation.engine.portfolio.ledger import NO_POTS
from waystation.engine.portfolio.rows import Row
from waystation.engine.portfolio.use import expected_use, timetable
from waystation.engine.simulation.replay import replay
from waystation.engine.simulation.script import Script, write_script
from waystation.kernel import BadInputError

Ints = NDArray[np.int64]

LEAST_USE = 0.05
"""A partner that fewer of a plan's journeys meet gets no plan of its own in case they are lost."""
_SAMPLE = 2048


@dataclass(frozen=True, eq=False)
class Party:
    """One party's plan.

    Attributes
    ----------
    script, plan_of
        What is drawn from, and the process and policy behind it.
    arrive, harm, cost
        Chances, and expected money in minor units.
    mask
        Bits of the partners it may lean on.
    leans
        Numbers of those that enough of its journeys meet.
    use
        People expected to use each limit, as the choice among groups counts it; weeks and days count from the departure.
    """

    script: Script
    plan_of: tuple[Process, Policy]
    people: int
    arrive: float
    harm: float
    cost: float
    mask: int
    leans: frozenset[int]
    use: Mapping[Row, float]

    def cost_quantile(self, share: float) -> int:
        """Return the money that so many of its journeys keep within, by replay; the same every time."""
        return int(np.quantile(replay(self.script, 0, 0, _SAMPLE).spent, share, method="higher"))


@dataclass(frozen=True, eq=False)
class Way:
    """One plan of a kind of group, under one regime, in one season.

    Attributes
    ----------
    parties
        In which it travels.
    holds
        Money that must be at hand for each of them, minor units.
    arrive, harm, cost
        Means over its people, and expected money.
    use
        People expected to use each limit.
    """

    parties: tuple[Party, ...]
    holds: tuple[int, ...]
    arrive: float
    harm: float
    cost: float
    use: Mapping[Row, float]

    @classmethod
    def of(cls, parties: tuple[Party, ...], share: float) -> "Way":
        """Return the way of some parties, with money at hand for such a share of the journeys of each."""
        people = [party.people for party in parties]
        use: dict[Row, float] = {}
        for party in parties:
            for row, amount in party.use.items():
                use[row] = use.get(row, 0.0) + amount
        return cls(
            parties=parties,
            holds=tuple(party.cost_quantile(share) for party in parties),
            arrive=float(np.average([party.arrive for party in parties], weights=people)),
            harm=float(np.average([party.harm for party in parties], weights=people)),
            cost=sum(party.cost for party in parties),
            use=use,
        )

    @property
    def hold(self) -> int:
        """Money that must be at hand, minor units."""
        return sum(self.holds)

    @property
    def mask(self) -> int:
        """Bits of the partners it may lean on."""
        return int(np.bitwise_or.reduce([party.mask for party in self.parties]))

    @property
    def leans(self) -> frozenset[int]:
        """Numbers of the partners that enough of its journeys meet."""
        return frozenset().union(*(party.leans for party in self.parties))


def plan_party(network: Network, true: Network, party: Group, start: date, partners: tuple[str, ...]) -> Party:
    """Return the plan of the likeliest arrival of a party, by what is believed, and draw it by what is true.

    Raises
    ------
    BadInputError
        If other ways are open in truth than are believed to be.
    """
    process = build(network, party, start, most_exact_levels=MOST_JOINT_LEVELS).process
    policy = Solver(process).solve().policy
    by_leg = {leg.id: leg.partner for leg in network.legs}
    leans = [by_leg[leg] for leg in process.moves.leg]
    bits = np.array([0 if each is None else 1 << partners.index(each) for each in leans], dtype=np.int64)
    really = process
    if true is not network:
        really = build(true, party, start, most_exact_levels=MOST_JOINT_LEVELS).process
        _require_alike(process, really)
    written = write_script(really, policy, bits)
    course = written.course if really is process else follow(process, policy)
    found = course.evaluation
    met = _met(course, bits)
    return Party(
        script=written.script,
        plan_of=(really, policy),
        people=party.size,
        arrive=found.arrive,
        harm=found.harm,
        cost=found.cost_expected,
        mask=sum(1 << partner for partner in met),
        leans=frozenset(partner for partner, share in met.items() if share >= LEAST_USE),
        use=expected_use(process, course, timetable(network, party, process, NO_POTS, 0)).rows,
    )


def _met(course: Course, bits: Ints) -> dict[int, float]:
    """Return how often a journey departs with each partner that it may lean on."""
    visits = course.visits
    moving = visits.action >= FIRST_MOVE
    by = bits[(visits.action[moving] - FIRST_MOVE) // 2]
    return {
        int(bit).bit_length() - 1: float(visits.chance[moving][by == bit].sum()) for bit in np.unique(by) if bit > 0
    }


def _require_alike(believed: Process, true: Process) -> None:
    """Refuse a truth in which other ways are open than those believed: a plan says nothing of them."""
    same = (
        believed.places == true.places
        and believed.moves.leg == true.moves.leg
        and believed.levels == true.levels
        and np.array_equal(believed.moves.open_level, true.moves.open_level)
    )
    if not same:
        raise BadInputError("what is true may differ from what is believed in chances only")
