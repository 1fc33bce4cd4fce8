"""Small organisations written by hand: a group of two, a leg of a day, money and partners as wanted."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from tests.oracle.small_journeys import START, leg, network
from waystation.engine.model import AgeBand, EffortLimit, Group, Leg, Network, Partner, PartnerKind, Traveller, Urgency
from waystation.engine.simulation.live import Lives, live_runs
from waystation.engine.simulation.organisation import WEEKS_A_YEAR, Organisation
from waystation.engine.simulation.prepare import Planner, Prepared, prepare
from waystation.engine.simulation.scenario import AS_TODAY, Scenario

PLENTY = 10_000_000.0
QUIET: dict[str, Any] = {"gives_up": 0.0, "compromise": 0.0, "opening": PLENTY, "income_per_year": 0.0}
"""Nobody gives up, nobody is turned, and money is no matter."""


def group(name: str = "G", people: int = 2, urgency: Urgency = Urgency.NORMAL) -> Group:
    travellers = [Traveller(f"{name}{n}", AgeBand.ADULT, EffortLimit(12.0, 1500.0)) for n in range(people)]
    return Group(name, "origin", tuple(travellers), urgency, consent_on=START)


def partner(name: str, **more: Any) -> Partner:
    return Partner(name, PartnerKind.GUIDE, **more)


def organisation_network(
    legs: Iterable[Leg] = (), groups: Iterable[Group] = (), partners: Iterable[Partner] = ()
) -> Network:
    made = network(tuple(legs) or (leg("ride", "origin", "goal", fee=10),))
    groups = tuple(groups) or (group(),)
    return dataclasses.replace(made, groups=groups, partners=tuple(partners), horizon_days=10)


def prepared(
    made: Network | None = None, scenario: Scenario = AS_TODAY, weeks: int = WEEKS_A_YEAR, **settings: Any
) -> Prepared:
    organisation = Organisation(**(QUIET | settings))
    return prepare(Planner(made or organisation_network(), organisation), scenario, weeks)


def lived(made: Prepared, rule: Any = "first_come", runs: int = 20, seed: int = 1) -> Lives:
    return live_runs(made.world, rule, seed, 0, runs)
