"""What the outcomes say of each leg and each partner: missions counted, never people."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from waystation.engine.learning.errors import SilenceNotAskedError, Unasked
from waystation.engine.learning.panel import Panel, silences
from waystation.engine.learning.regimes import weight_of
from waystation.engine.learning.silence import intercepted_if_silent
from waystation.engine.learning.tally import Tally
from waystation.engine.model import Leg, LevelFactor, Network, Outcome, OutcomeKind, Partner, Quantity, Regime, Subject

Unit = tuple[Subject, str]
"""A leg or a partner."""

CHANCES = (Quantity.INTERCEPTED, Quantity.TURNED_BACK, Quantity.DEMAND)

_CAME_THROUGH = frozenset({OutcomeKind.PASSED, OutcomeKind.NEAR_MISS, OutcomeKind.EXTRA_DEMAND})


@dataclass(frozen=True, slots=True)
class Trip:
    """How long a passage took against what the leg states, or at least took.

    Attributes
    ----------
    log_ratio
        Logarithm of its days over the mean of the stated days.
    spread
        Standard deviation of that logarithm from passage to passage, by the stated days.
    is_over
        Whether it ended; else it took at least so long.
    weight
        How much it counts, in [0, 1], times how many passages it stands for.
    count
        How many passages it stands for.
    """

    log_ratio: float
    spread: float
    is_over: bool
    weight: float
    count: int


@dataclass(slots=True)
class Evidence:
    """Of one leg or partner: a tally for each chance, and its trips."""

    chances: dict[Quantity, Tally] = field(default_factory=lambda: {quantity: Tally() for quantity in CHANCES})
    trips: list[Trip] = field(default_factory=list)


def gather(network: Network, regimes: Iterable[Regime], panels: Iterable[Panel]) -> dict[Unit, Evidence]:
    """Return the evidence of every leg and every partner of a network, those without any included.

    Raises
    ------
    SilenceNotAskedError
        If a group is silent and nobody was asked how many such groups are intercepted. Nothing is learned then: leaving the
        silent out would count them as if nothing had happened.
    """
    regimes, panels = tuple(regimes), tuple(panels)
    found: dict[Unit, Evidence] = defaultdict(Evidence)
    for leg in network.legs:
        found[Subject.LEG, leg.id] = Evidence()
    for partner in network.partners:
        found[Subject.PARTNER, partner.id] = Evidence()
    teller = _Teller(network, regimes, panels)
    for outcome in network.outcomes:
        if outcome.kind is not OutcomeKind.CALLED_OFF and outcome.on <= network.as_of:
            teller.tell(outcome, found)
    if teller.unasked:
        raise SilenceNotAskedError(tuple(teller.unasked))
    return dict(found)


class _Teller:
    """Reads one outcome after another into the evidence of its leg and partner."""

    def __init__(self, network: Network, regimes: tuple[Regime, ...], panels: tuple[Panel, ...]) -> None:
        self._legs = {leg.id: leg for leg in network.legs}
        self._partners = {partner.id: partner for partner in network.partners}
        self._regimes, self._as_of = regimes, network.as_of
        self._asked = {leg: silences(panels, leg) for leg in self._legs}
        self.unasked: list[Unasked] = []

    def tell(self, outcome: Outcome, found: Mapping[Unit, Evidence]) -> None:
        leg = self._legs[outcome.leg]
        partner = self._partners.get(outcome.partner or leg.partner or "")
        weight = weight_of(outcome, self._regimes, self._as_of)
        silent = None
        if outcome.kind is OutcomeKind.UNKNOWN:
            silent = intercepted_if_silent((self._as_of - outcome.on).days, self._asked[leg.id])
            if silent is None:
                self.unasked.append(Unasked(outcome, (self._as_of - outcome.on).days))
                return
        trip = _trip(outcome, leg, weight)
        for unit, known in _units(leg, partner):
            evidence = found[unit]
            _count(evidence.chances, outcome, factors_of(outcome, leg, known), weight, silent)
            if trip is not None:
                evidence.trips.append(trip)


def _units(leg: Leg, partner: Partner | None) -> Iterator[tuple[Unit, Partner | None]]:
    """Yield the leg, with the partner whose factor is known, and the partner, whose own is what is asked."""
    yield (Subject.LEG, leg.id), partner
    if partner is not None:
        yield (Subject.PARTNER, partner.id), None


def factors_of(outcome: Outcome, leg: Leg, partner: Partner | None) -> dict[Quantity, float]:
    """Return what multiplied the odds of each chance on a passage: levels at departure, partner, and people beyond the customary.

    The chance of a leg is stated for a customary party at ordinary levels; a large party that came through says more for it.
    """
    intercepted = _at(leg.intercepted_factors, outcome) * (partner.risk_factor if partner is not None else 1.0)
    if leg.customary_party is not None and outcome.party_size > leg.customary_party:
        intercepted *= leg.extra_person_factor ** (outcome.party_size - leg.customary_party)
    return {
        Quantity.INTERCEPTED: intercepted,
        Quantity.TURNED_BACK: _at(leg.turned_back_factors, outcome),
        Quantity.DEMAND: _at(leg.demand.factors, outcome) if leg.demand is not None else 1.0,
    }


def _at(factors: Iterable[LevelFactor], outcome: Outcome) -> float:
    return math.prod(each.factor for each in factors if each.at in outcome.levels)


def _count(
    chances: Mapping[Quantity, Tally],
    outcome: Outcome,
    factors: Mapping[Quantity, float],
    weight: float,
    silent: float | None,
) -> None:
    """Add a passage to each chance that it says something of.

    Of an intercepted group nobody knows whether more was demanded, and of a silent one neither that nor whether it turned back;
    if it was intercepted, though, it did not turn back.
    """
    count, kind = outcome.count, outcome.kind
    if silent is not None:
        chances[Quantity.INTERCEPTED].add_silent(silent, weight, count)
        return
    caught = chances[Quantity.INTERCEPTED]
    happened = {
        Quantity.INTERCEPTED: kind is OutcomeKind.INTERCEPTED,
        Quantity.TURNED_BACK: kind is OutcomeKind.TURNED_BACK,
        Quantity.DEMAND: kind is OutcomeKind.EXTRA_DEMAND,
    }
    for quantity, did in happened.items():
        if quantity is not Quantity.DEMAND or kind is not OutcomeKind.INTERCEPTED:
            chances[quantity].add(happened=did, factor=factors[quantity], weight=weight, count=count)
    if kind is OutcomeKind.NEAR_MISS:
        caught.near += weight * count


def _trip(outcome: Outcome, leg: Leg, weight: float) -> Trip | None:
    """Return how long a passage took; at least so long where it was cut off or is still going on; None where nobody knows.

    A silence is no duration: who has come through may have lost the telephone. Only days that somebody wrote down count.
    """
    if not outcome.days or weight <= 0.0 or outcome.kind is OutcomeKind.TURNED_BACK:
        return None
    log_ratio = math.log(outcome.days / stated_days(leg))
    return Trip(log_ratio, log_spread(leg), outcome.kind in _CAME_THROUGH, weight * outcome.count, outcome.count)


def stated_days(leg: Leg) -> float:
    """Return the mean of the days that a leg states."""
    return (leg.days.low + leg.days.likely + leg.days.high) / 3.0


_LEAST_SPREAD = 0.15
"""A passage never takes exactly as long as stated, and is written down in whole or half days."""


def log_spread(leg: Leg) -> float:
    """Return about how much the logarithm of the days differs from passage to passage, by the stated triangle."""
    low, likely, high = leg.days.low, leg.days.likely, leg.days.high
    variance = (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18.0
    return max(_LEAST_SPREAD, math.sqrt(max(0.0, variance)) / stated_days(leg))
