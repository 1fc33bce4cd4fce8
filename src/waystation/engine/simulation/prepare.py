"""From a network folder's network, what is assumed of the organisation, and a scenario, to a world that can be lived in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.build import MOST_JOINT_LEVELS, build
from waystation.engine.journeys.eligibility import broken_rules
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.parties.split import party_of, splits
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import FIRST_MOVE, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Group, Network, Urgency, convert
from waystation.engine.simulation.kernels.lives import World
from waystation.engine.simulation.organisation import WEEKS_A_YEAR, Organisation
from waystation.engine.simulation.replay import replay
from waystation.engine.simulation.scenario import Change, Scenario, apply, require_known
from waystation.engine.simulation.script import Script, join, write_script
from waystation.kernel import BadInputError, Money

Ints = NDArray[np.int64]
Told = Callable[[int, int], None]
"""Called with how many plans are done and how many there are."""

MOST_PARTNERS = 60
_LEAST_USE = 0.05
"""A partner that fewer of a plan's journeys meet gets no plan of its own in case they are lost."""
_SAMPLE = 2048
_RANKS = {Urgency.EMERGENCY: 0, Urgency.URGENT: 1, Urgency.NORMAL: 2}


@dataclass(frozen=True, eq=False)
class Way:
    """One plan of a kind of group, under one regime, in one season.

    Attributes
    ----------
    scripts, plans
        One for each party: what is drawn from, and the process and policy behind it.
    arrive, harm, cost, hold
        Means over its people, expected money, and money that must be at hand (minor units).
    mask
        Bits of the partners it may lean on.
    needs
        Partner, weeks from departure, people.
    """

    scripts: tuple[Script, ...]
    plans: tuple[tuple[Process, Policy], ...]
    people: tuple[int, ...]
    arrive: float
    harm: float
    cost: float
    hold: int
    mask: int
    needs: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, eq=False)
class Prepared:
    """A world, with the names behind its numbers.

    Attributes
    ----------
    groups
        The kinds of groups, by the id of the folder's group that stands for them.
    left_out
        Groups that stand for nobody: a rule forbids to plan for them, or no plan arrives even on the first day.
    """

    world: World
    scenario: Scenario
    organisation: Organisation
    groups: tuple[Group, ...]
    partners: tuple[str, ...]
    ways: tuple[Way, ...]
    left_out: tuple[str, ...]
    currency: str


@dataclass
class Planner:
    """Plans each kind of group under each set of changes once, whoever asks again.

    Attributes
    ----------
    seasons
        On so many first days, evenly over the first year, plans are made; a later year begins again with the first.
    truth
        The network as it really is, where that is not as it is believed to be: plans go by what is believed, journeys are drawn
        by what is true. Only chances may differ.
    """

    network: Network
    organisation: Organisation
    seasons: int = 1
    told: Told | None = None
    truth: Network | None = None
    _known: dict[tuple[str, date, frozenset[Change], str | None], Way | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.network.partners) > MOST_PARTNERS:
            message = f"{len(self.network.partners)} partners; at most {MOST_PARTNERS} can be told apart"
            raise BadInputError(message)
        renewed = tuple(replace(partner, vetted_until=None) for partner in self.network.partners)
        self.network = replace(self.network, partners=renewed)
        if self.truth is not None:
            self.truth = replace(self.truth, partners=renewed)
        self.partners = tuple(partner.id for partner in renewed)

    def ways(self, group: Group, start: date, changes: frozenset[Change]) -> list[Way]:
        """Return the plans of a group, the likeliest arrival first: the best, and the best without each partner it leans on."""
        best = self.way(group, start, changes, None)
        if best is None:
            return []
        leaned = sorted({partner for partner, _, _ in best.needs})
        others = [self.way(group, start, changes, self.partners[partner]) for partner in leaned]
        found = [best, *(way for way in others if way is not None)]
        return sorted(found, key=lambda way: -way.arrive)

    def way(self, group: Group, start: date, changes: frozenset[Change], without: str | None) -> Way | None:
        """Return the plan of the likeliest arrival, without a partner; None if nobody would arrive."""
        key = group.id, start, changes, without
        if key not in self._known:
            self._known[key] = self._plan(group, start, changes, without)
        return self._known[key]

    def _plan(self, group: Group, start: date, changes: frozenset[Change], without: str | None) -> Way | None:
        network = self._as(self.network, changes, without)
        true = network if self.truth is None else self._as(self.truth, changes, without)
        parties = [_Party.plan(network, true, party, start, self.partners) for party in self.parties(group)]
        if any(party.arrive <= 0.0 for party in parties):
            return None
        people = [party.people for party in parties]
        hold = sum(party.cost_quantile(self.organisation.careful_with) for party in parties)
        return Way(
            scripts=tuple(party.script for party in parties),
            plans=tuple(party.plan_of for party in parties),
            people=tuple(people),
            arrive=float(np.average([party.arrive for party in parties], weights=people)),
            harm=float(np.average([party.harm for party in parties], weights=people)),
            cost=sum(party.cost for party in parties),
            hold=hold,
            mask=int(np.bitwise_or.reduce([party.mask for party in parties])),
            needs=tuple(need for party in parties for need in party.needs),
        )

    @staticmethod
    def _as(network: Network, changes: frozenset[Change], without: str | None) -> Network:
        """Return a network while some changes hold, without a partner."""
        network = apply(sorted(changes, key=repr), network)
        legs = tuple(leg for leg in network.legs if without is None or leg.partner != without)
        return replace(network, legs=legs)

    def parties(self, group: Group) -> list[Group]:
        """Return the parties a group travels in: together, or the first way to divide it that keeps to the largest party."""
        most = self.organisation.party
        for way in splits(group):
            if max(map(len, way)) <= most:
                return [party_of(group, travellers) for travellers in way] if len(way) > 1 else [group]
        return [group]


@dataclass(frozen=True, eq=False)
class _Party:
    """One party's plan."""

    script: Script
    plan_of: tuple[Process, Policy]
    people: int
    arrive: float
    harm: float
    cost: float
    mask: int
    needs: tuple[tuple[int, int, int], ...]

    @classmethod
    def plan(cls, network: Network, true: Network, party: Group, start: date, partners: tuple[str, ...]) -> "_Party":
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
        found, visits = course.evaluation, course.visits
        moving = visits.action >= FIRST_MOVE
        moves = (visits.action[moving] - FIRST_MOVE) // 2
        use = [(partners.index(name), m) for m, name in enumerate(leans) if name is not None]
        needs = _needs(use, moves, visits.slot[moving], visits.chance[moving], process, party.size)
        mask = int(np.bitwise_or.reduce(bits[moves], initial=0))
        return cls(
            written.script, (really, policy), party.size, found.arrive, found.harm, found.cost_expected, mask, needs
        )

    def cost_quantile(self, share: float) -> int:
        """Return the money that so many of its journeys keep within, by replay; the same every time."""
        return int(np.quantile(replay(self.script, 0, 0, _SAMPLE).spent, share, method="higher"))


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


def _needs(
    use: Iterable[tuple[int, int]], moves: Ints, slots: Ints, chance: NDArray[np.float64], process: Process, people: int
) -> tuple[tuple[int, int, int], ...]:
    """Return for each partner that enough journeys meet the week after departure in which most of them do."""
    week = 7 * 24 // process.slot_hours
    met: dict[int, NDArray[np.float64]] = {}
    for partner, move in use:
        there = moves == move
        weeks = np.zeros(process.slots // week + 1)
        np.add.at(weeks, slots[there] // week, chance[there])
        met[partner] = met[partner] + weeks if partner in met else weeks
    return tuple(
        (partner, int(np.argmax(weeks)), people) for partner, weeks in sorted(met.items()) if weeks.sum() >= _LEAST_USE
    )


def prepare(planner: Planner, scenario: Scenario, weeks: int) -> Prepared:
    """Lay an organisation out in a scenario.

    Parameters
    ----------
    weeks
        How many weeks are lived; whole years.

    Raises
    ------
    BadInputError
        If the scenario names what the network has not, or nobody who asks could be planned for.
    """
    network, organisation = planner.network, _settled(planner.organisation, scenario)
    require_known(scenario, network)
    starts = [network.as_of + timedelta(days=364 * season // planner.seasons) for season in range(planner.seasons)]
    scheduled, regimes = _schedule(scenario, weeks)
    allowed = [group for group in network.groups if not broken_rules(group)]
    groups = [group for group in allowed if planner.ways(group, starts[0], frozenset())]
    if not groups:
        raise BadInputError("of nobody in the folder's groups can a journey be planned; nothing can be simulated")
    ways: list[Way] = []
    ranges = np.zeros((len(starts), 1 << len(scenario.changes), len(groups), 2), dtype=np.int64)
    done, total = 0, len(starts) * len(regimes) * len(groups)
    for season, start in enumerate(starts):
        for regime in regimes:
            changes = frozenset(change for n, change in enumerate(scenario.changes) if regime >> n & 1)
            for kind, group in enumerate(groups):
                found = planner.ways(group, start, changes)
                ranges[season, regime, kind] = len(ways), len(ways) + len(found)
                ways += found
                done += 1
                if planner.told is not None:
                    planner.told(done, total)
    world = _lay_out(network, organisation, scenario, groups, ways, ranges, scheduled)
    left_out = tuple(group.id for group in network.groups if group not in groups)
    return Prepared(
        world, scenario, organisation, tuple(groups), planner.partners, tuple(ways), left_out, network.currency
    )


def _settled(organisation: Organisation, scenario: Scenario) -> Organisation:
    try:
        return replace(organisation, **dict(scenario.settings))  # type: ignore[arg-type]  # checked by the class
    except TypeError as error:
        message = f"scenario {scenario.name}: {error}"
        raise BadInputError(message) from error


def _schedule(scenario: Scenario, weeks: int) -> tuple[Ints, list[int]]:
    """Return the bits of the changes that hold in each week for sure, and every set of changes that can hold at once."""
    scheduled = np.zeros(weeks, dtype=np.int64)
    by_chance = 0
    for n, change in enumerate(scenario.changes):
        if change.by_chance:
            by_chance |= 1 << n
            continue
        until = weeks if change.weeks is None else change.from_week + change.weeks
        scheduled[change.from_week : until] |= 1 << n
    sure = set(scheduled.tolist())
    subsets = [bits for bits in range(1 << len(scenario.changes)) if bits & ~by_chance == 0]
    return scheduled, sorted({bits | other for bits in sure for other in subsets})


def _lay_out(
    network: Network,
    organisation: Organisation,
    scenario: Scenario,
    groups: Sequence[Group],
    ways: Sequence[Way],
    ranges: Ints,
    scheduled: Ints,
) -> World:
    scripts: dict[int, int] = {}
    distinct: list[Script] = []
    for way in ways:
        for script in way.scripts:
            if id(script) not in scripts:
                scripts[id(script)] = len(distinct)
                distinct.append(script)
    joined, starts = join(distinct)
    parties: list[tuple[int, int]] = []
    needs: list[tuple[int, int, int]] = []
    rows: list[tuple[int, ...]] = []
    for way in ways:
        first_party, first_need = len(parties), len(needs)
        parties += [(int(starts[scripts[id(s)]]), n) for s, n in zip(way.scripts, way.people, strict=True)]
        needs += way.needs
        rows.append((way.mask, way.hold, first_party, len(parties), first_need, len(needs)))
    capacity = [-1 if each.capacity_per_week is None else each.capacity_per_week for each in network.partners]
    chance = [change for change in scenario.changes if change.by_chance]
    bits = [1 << n for n, change in enumerate(scenario.changes) if change.by_chance]
    partners = len(network.partners)

    def minor(major: float) -> int:
        return Money.of(round(major), network.currency).minor

    return World(
        opening=minor(organisation.opening),
        income=minor(organisation.income_per_year) // WEEKS_A_YEAR,
        costs=_retainers(network) * 12 // WEEKS_A_YEAR,
        mean=organisation.requests_per_year / WEEKS_A_YEAR,
        gives_up=organisation.gives_up,
        compromise=1.0 - (1.0 - organisation.compromise) ** partners,
        reveals=organisation.reveals,
        remembers=organisation.remembers,
        replace=organisation.replace,
        week_slots=7 * 24 // network.slot_hours,
        people=np.array([group.size for group in groups], dtype=np.int64),
        rank=np.array([_RANKS[group.urgency] for group in groups], dtype=np.int64),
        way_range=ranges,
        ways=np.array(rows, dtype=np.int64).reshape(-1, 6),
        parties=np.array(parties, dtype=np.int64).reshape(-1, 2),
        needs=np.array(needs, dtype=np.int64).reshape(-1, 3),
        arrive=np.array([way.arrive for way in ways]),
        capacity=np.array(capacity, dtype=np.int64),
        partners=partners,
        scheduled=scheduled,
        shock_bits=np.array(bits, dtype=np.int64),
        shock_chances=np.array([(each.begins, each.ends) for each in chance], dtype=np.float64).reshape(-1, 2),
        slot=joined.slot,
        states=joined.states,
        steps=joined.steps,
    )


def _retainers(network: Network) -> int:
    """Return what all retainers come to in a month, minor units."""
    kept = [partner.retainer_month for partner in network.partners if partner.retainer_month is not None]
    return sum(convert(each, network.currency, network.rates, network.as_of).minor for each in kept)
