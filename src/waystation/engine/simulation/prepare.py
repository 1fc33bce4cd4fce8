"""From a network folder's network, what is assumed of the organisation, and a scenario, to a world that can be lived in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.eligibility import broken_rules
from waystation.engine.journeys.parties.split import party_of, splits
from waystation.engine.model import Group, Network
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.simulation.kernels.lives import World
from waystation.engine.simulation.lay_out import lay_out
from waystation.engine.simulation.organisation import Organisation
from waystation.engine.simulation.scenario import Change, Scenario, apply, require_known
from waystation.engine.simulation.way import Way, plan_party
from waystation.kernel import BadInputError

Ints = NDArray[np.int64]
Told = Callable[[int, int], None]
"""Called with how many plans are done and how many there are."""

MOST_PARTNERS = 60


@dataclass(frozen=True, eq=False)
class Prepared:
    """A world, with the names behind its numbers.

    Attributes
    ----------
    groups
        The kinds of groups, by the id of the folder's group that stands for them.
    left_out
        Groups that stand for nobody: a rule forbids to plan for them, or no plan arrives even on the first day.
    budget_until
        The last day that ``budget.csv`` speaks of; None where the folder has none.
    """

    world: World
    scenario: Scenario
    organisation: Organisation
    groups: tuple[Group, ...]
    partners: tuple[str, ...]
    ways: tuple[Way, ...]
    left_out: tuple[str, ...]
    currency: str
    budget_until: date | None


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
        others = [self.way(group, start, changes, self.partners[partner]) for partner in sorted(best.leans)]
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
        parties = tuple(plan_party(network, true, party, start, self.partners) for party in self.parties(group))
        if any(party.arrive <= 0.0 for party in parties):
            return None
        return Way.of(parties, self.organisation.careful_with)

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
    world = lay_out(network, organisation, scenario, groups, ways, ranges, scheduled)
    left_out = tuple(group.id for group in network.groups if group not in groups)
    until = max((last for _, last in Ledger.of(network).spans), default=None)
    return Prepared(
        world, scenario, organisation, tuple(groups), planner.partners, tuple(ways), left_out, network.currency, until
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
