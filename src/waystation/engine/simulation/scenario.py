"""What may befall everybody at once, declared: a crackdown, a closed border, higher prices, a partner lost."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from waystation.engine.model import Belief, Leg, Network
from waystation.kernel import BadInputError, Money

MOST_CHANGES = 4


class ChangeKind(StrEnum):
    """What changes while a change lasts."""

    RISK = "risk"
    CLOSED = "closed"
    PRICE = "price"
    PARTNER_LOST = "partner_lost"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, from a week on for some weeks, or coming and going by chance.

    Attributes
    ----------
    factor
        On the odds of interception (``risk``) or on every price (``price``).
    legs, partners
        Ids of what is touched; both empty: every leg. For ``partner_lost`` the partner.
    from_week, weeks
        When it begins and how long it lasts; ``weeks`` None: to the end. Not looked at where it comes by chance.
    begins, ends
        Chances a week that it begins and that it ends; both 0: at ``from_week`` and not by chance.
    """

    kind: ChangeKind
    factor: float = 1.0
    legs: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    from_week: int = 0
    weeks: int | None = None
    begins: float = 0.0
    ends: float = 0.0

    @property
    def by_chance(self) -> bool:
        """Whether it comes and goes by chance."""
        return self.begins > 0.0

    def touches(self, leg: Leg) -> bool:
        """Whether a leg is touched."""
        if not self.legs and not self.partners:
            return self.kind is not ChangeKind.PARTNER_LOST
        return leg.id in self.legs or (leg.partner is not None and leg.partner in self.partners)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name and what befalls.

    Attributes
    ----------
    settings
        Values of `Organisation` that the scenario replaces, by name.
    """

    name: str
    changes: tuple[Change, ...] = ()
    settings: tuple[tuple[str, float], ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.changes) > MOST_CHANGES:
            message = f"scenario {self.name}: {len(self.changes)} changes; at most {MOST_CHANGES} are planned for"
            raise BadInputError(message)


AS_TODAY = Scenario("as today")


def unknown_names(scenario: Scenario, network: Network) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield what a scenario names and the network has not: ``leg`` or ``partner``, the id, and the ids there are."""
    legs = tuple(sorted(leg.id for leg in network.legs))
    partners = tuple(sorted(partner.id for partner in network.partners))
    for change in scenario.changes:
        for what, named, known in (("leg", change.legs, legs), ("partner", change.partners, partners)):
            for name in sorted(named.difference(known)):
                yield what, name, known


def require_known(scenario: Scenario, network: Network) -> None:
    """Refuse a scenario that names what the network has not.

    Raises
    ------
    BadInputError
        With the first leg or partner that is unknown.
    """
    for what, name, known in unknown_names(scenario, network):
        listed = ", ".join(known) or f"no {what}"
        message = f"scenario {scenario.name}: there is no {what} {name!r}; the folder has: {listed}"
        raise BadInputError(message)


def apply(changes: Iterable[Change], network: Network) -> Network:
    """Return the network while some changes hold."""
    legs = network.legs
    places = network.places
    for change in changes:
        if change.kind in {ChangeKind.CLOSED, ChangeKind.PARTNER_LOST}:
            legs = tuple(leg for leg in legs if not change.touches(leg))
        else:
            legs = tuple(_changed(leg, change) if change.touches(leg) else leg for leg in legs)
        if change.kind is ChangeKind.PRICE and not change.legs and not change.partners:
            places = tuple(
                dataclasses.replace(place, stay_cost=_times(place.stay_cost, change.factor)) for place in places
            )
    return dataclasses.replace(network, legs=legs, places=places)


def _changed(leg: Leg, change: Change) -> Leg:
    if change.kind is ChangeKind.RISK:
        return dataclasses.replace(
            leg, intercepted=_at_odds(leg.intercepted, change.factor, 1.0 - leg.turned_back.mean)
        )
    demand = leg.demand
    if demand is not None:
        group, person = _times(demand.group, change.factor), _times(demand.person, change.factor)
        demand = dataclasses.replace(demand, group=group, person=person)
    group, person = _times(leg.cost_group, change.factor), _times(leg.cost_person, change.factor)
    return dataclasses.replace(leg, cost_group=group, cost_person=person, demand=demand)


def _at_odds(belief: Belief, factor: float, most: float) -> Belief:
    """Return a belief whose mean's odds are multiplied, its mean at most ``most``."""
    mean = belief.mean
    changed = 1.0 if mean == 1.0 else factor * mean / (1.0 - mean + factor * mean)
    return dataclasses.replace(belief, mean=min(changed, most))


def _times(money: Money, factor: float) -> Money:
    return Money(round(money.minor * factor), money.currency)
