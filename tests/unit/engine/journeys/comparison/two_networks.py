"""Random networks that differ from each other in random ways, for the properties of comparisons."""

import dataclasses
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from tests.oracle.random_networks import FIRST_DAY, Case, random_case
from waystation.engine.journeys.build import build
from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.model import Belief, Fund, Network, Observation, Outcome, OutcomeKind, Rate
from waystation.kernel import Money


def whole_year(seed: int) -> Case:
    """Return a random question whose conditions have a chain in every month, so that any deadline can be asked about."""
    case = random_case(seed)
    conditions = tuple(
        dataclasses.replace(each, chains=(*each.chains[:-1], dataclasses.replace(each.chains[-1], months=frozenset())))
        for each in case.network.conditions
    )
    return dataclasses.replace(case, network=dataclasses.replace(case.network, conditions=conditions))


def is_usable(case: Case) -> bool:
    """Whether a journey can be made of a case: in some the chances exceed 1 after all factors."""
    try:
        build(case.network, case.group, case.start, case.days)
    except UnusableModelError:
        return False
    return True


def altered(network: Network, seed: int) -> Network:
    """Return a network with some things changed, some gone, some new and some in another order."""
    rng = np.random.default_rng([seed, 7])
    other = whole_year(seed + 1000).network
    kept = [leg for leg in network.legs if rng.random() < 0.8]
    legs = [dataclasses.replace(leg, intercepted=Belief(0.3, 2.0)) if rng.random() < 0.3 else leg for leg in kept]
    places = _merged(network.places, other.places, rng)
    known = {place.id for place in places}
    legs += [
        dataclasses.replace(leg, id=f"N{leg.id}")
        for leg in other.legs
        if {leg.origin, leg.target} <= known and rng.random() < 0.3
    ]
    return dataclasses.replace(
        network,
        name="another",
        legs=_shuffled(legs, rng) if rng.random() < 0.5 else tuple(legs),
        places=places,
        conditions=_merged(network.conditions, other.conditions, rng),
        observations=_observed(network, rng),
        partners=_merged(network.partners, other.partners, rng),
        groups=(dataclasses.replace(network.groups[0], travellers=other.groups[0].travellers),),
        rates=(*network.rates, Rate(FIRST_DAY, "USD", "CNY", Decimal("7.2"))),
        outcomes=tuple(Outcome("L0", FIRST_DAY, party, OutcomeKind.PASSED) for party in range(int(rng.integers(4)))),
        funds=(Fund("rescue", "2026-Q4", Money(int(rng.integers(9)), "USD")),),
        sources={f"S{n}": str(rng.integers(3)) for n in range(int(rng.integers(3)))},
    )


def _merged(mine: tuple[Any, ...], others: tuple[Any, ...], rng: np.random.Generator) -> tuple[Any, ...]:
    """Take some of one network's things and some of the other's, each id once."""
    by_id = {each.id: each for each in mine}
    by_id |= {each.id: each for each in others if rng.random() < 0.4}
    return _shuffled([by_id[name] for name in by_id], rng) if rng.random() < 0.5 else tuple(by_id.values())


def _observed(network: Network, rng: np.random.Generator) -> tuple[Observation, ...]:
    seen = [each for each in network.observations if rng.random() < 0.7]
    for condition in network.conditions:
        day = FIRST_DAY - timedelta(days=int(rng.integers(0, 3)))
        seen += [Observation(condition.id, day, condition.levels[0], f"s{n}") for n in range(int(rng.integers(3)))]
    return tuple(seen)


def _shuffled(things: list[Any], rng: np.random.Generator) -> tuple[Any, ...]:
    return tuple(things[int(index)] for index in rng.permutation(len(things)))
