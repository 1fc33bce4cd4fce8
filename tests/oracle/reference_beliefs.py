"""The cautious reference with nature bound by beliefs: every chance within the interval of its Beta distribution."""

import dataclasses
from datetime import date
from typing import Any

from scipy.stats import beta

from waystation.engine.model import Belief, Group, Network, Place

from .reference import Journey, Levels, Money, Move
from .reference_cautious import CautiousJourney, Interval


class BelievedJourney(CautiousJourney):
    """A group's journey in which every belief may be anywhere in its interval of a given coverage, or at its mean.

    A chance rises with the belief it rests on. So its bounds are what it is in two other networks: in one every belief is at
    the lower end of its interval, in the other at the upper end.
    """

    def __init__(
        self, network: Network, group: Group, start: date, days: float | None, money: Money | None, coverage: float
    ) -> None:
        super().__init__(network, group, start, days, money, lambda kind, code, chance: (chance, chance))
        share = (1.0 - coverage) / 2.0
        self.ends = [Journey(_at(network, chance), group, start, days, money) for chance in (share, 1.0 - share)]

    def discovered(self, place: Place, levels: Levels) -> Interval:
        low, high = (end.discovery(end.places[place.id], levels) for end in self.ends)
        return low, high

    def asked(self, move: Move, levels: Levels) -> Interval:
        low, high = (end.asking(_of(end, move), levels) for end in self.ends)
        return low, high

    def caught_and_turned(self, move: Move, levels: Levels) -> tuple[Interval, Interval]:
        low, high = (end.chances(_of(end, move), levels) for end in self.ends)
        return (low[0], high[0]), (low[1], high[1])


def _of(journey: Journey, move: Move) -> Move:
    """Return the same move of another journey."""
    return next(m for m in journey.moves[move.leg.origin] if (m.leg.id, m.in_company) == (move.leg.id, move.in_company))


def _at(network: Network, chance: float) -> Network:
    """Return the network in which every belief is its quantile, or its mean where that lies further out."""
    places = tuple(dataclasses.replace(place, discovery=_moved(place.discovery, chance)) for place in network.places)
    legs = []
    for leg in network.legs:
        changed: dict[str, Any] = {name: _moved(getattr(leg, name), chance) for name in ("intercepted", "turned_back")}
        if leg.demand is not None:
            changed["demand"] = dataclasses.replace(leg.demand, chance=_moved(leg.demand.chance, chance))
        legs.append(dataclasses.replace(leg, **changed))
    return dataclasses.replace(network, places=places, legs=tuple(legs))


def _moved(belief: Belief, chance: float) -> Belief:
    if belief.mean in {0.0, 1.0}:
        return belief
    quantile = float(beta.ppf(chance, belief.mean * belief.weight, (1.0 - belief.mean) * belief.weight))
    further = min(quantile, belief.mean) if chance < 0.5 else max(quantile, belief.mean)
    return Belief(further, belief.weight)
