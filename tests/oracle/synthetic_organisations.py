"""Made-up organisations whose true risks are known, so that intervals can be held against them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from waystation.engine.learning.grid import LEAST_ALIKE, MOST_ALIKE
from waystation.engine.learning.learn import learn
from waystation.engine.model import (
    Belief,
    Days,
    Experience,
    Leg,
    Mode,
    Network,
    Outcome,
    OutcomeKind,
    Partner,
    PartnerKind,
    Place,
    PlaceKind,
    Quantity,
    Subject,
)
from waystation.kernel import Money

DAY, AS_OF = date(2025, 6, 1), date(2026, 11, 1)
NOTHING = Money(0, "USD")
STATED_WEIGHT = 10
SPREAD = 0.15
"""A fixed duration's spread from passage to passage, as the engine takes it."""

Rng = np.random.Generator
Pool = Callable[[Rng], tuple[float, float]]
"""Draws the mean of a pool and how alike its members are."""


def as_believed(rng: Rng) -> tuple[float, float]:
    """Draw a pool from what the engine believes of pools before it has seen anything."""
    return rng.beta(0.5, 0.5), math.exp(rng.uniform(math.log(LEAST_ALIKE), math.log(MOST_ALIKE)))


def as_in_the_field(rng: Rng) -> tuple[float, float]:
    """Draw a pool as published ones look: 0.5 to 10 per cent a leg, some legs several times as bad as others."""
    return math.exp(rng.uniform(math.log(0.005), math.log(0.1))), math.exp(rng.uniform(math.log(0.7), math.log(10.0)))


@dataclass(frozen=True)
class Organisation:
    """A network with outcomes, and the chances and durations they were drawn from."""

    network: Network
    intercepted: dict[str, float]
    days: dict[str, float]


def organisation(rng: Rng, pool: Pool) -> Organisation:
    """Draw one: 2 to 20 legs of one mode, up to 40 missions each, parties of 1 to 6, guides of known factors, stated beliefs.

    What a leg states is what ten missions before the record would have shown: judgement that is exactly worth its weight.
    """
    mean, alike = pool(rng)
    weight = alike / max(mean * (1.0 - mean), 1e-9)
    log_mean, between = rng.normal(0.0, 0.5), math.exp(rng.uniform(math.log(0.05), math.log(0.8)))
    legs: list[Leg] = []
    outcomes: list[Outcome] = []
    chances: dict[str, float] = {}
    lengths: dict[str, float] = {}
    partners = tuple(Partner(f"G{n}", PartnerKind.GUIDE, risk_factor=math.exp(rng.normal(0.0, 0.4))) for n in range(3))
    for number in range(int(rng.integers(2, 21))):
        name, partner = f"L{number}", partners[int(rng.integers(3))]
        chance, log_ratio = rng.beta(mean * weight, (1.0 - mean) * weight), rng.normal(log_mean, between)
        chances[name], lengths[name] = float(chance), math.exp(log_ratio)
        stated = rng.binomial(STATED_WEIGHT, chance) / STATED_WEIGHT
        made = Leg(name, "A", "B", Mode.CAR, Days(1.0, 1.0, 1.0), NOTHING, NOTHING, partner.id, customary_party=3,
                   extra_person_factor=1.3, intercepted=Belief(float(stated), STATED_WEIGHT))  # fmt: skip
        legs.append(made)
        for _ in range(int(rng.integers(0, 41))):
            party = int(rng.integers(1, 7))
            odds = chance / max(1.0 - chance, 1e-300) * partner.risk_factor * 1.3 ** max(0, party - 3)
            caught = rng.random() < odds / (1.0 + odds)
            kind = OutcomeKind.INTERCEPTED if caught else OutcomeKind.PASSED
            days = None if caught else math.exp(rng.normal(log_ratio, SPREAD))
            outcomes.append(Outcome(name, DAY, party, kind, days=days))
    places = (
        Place("A", PlaceKind.ORIGIN, 0.0, 0.0, NOTHING, country="XA"),
        Place("B", PlaceKind.DESTINATION, 1.0, 1.0, NOTHING),
    )
    network = Network("made up", "USD", AS_OF, places, tuple(legs), outcomes=tuple(outcomes), partners=partners)
    return Organisation(network, chances, lengths)


def covered(made: Organisation, coverage: float) -> list[bool]:
    """Tell for each leg whether the interval of its chance of interception holds the true one."""
    lessons = learn(made.network, Experience(), coverage)
    return [
        each.low <= made.intercepted[each.id] <= each.high
        for each in lessons.beliefs
        if each.subject is Subject.LEG and each.quantity is Quantity.INTERCEPTED
    ]


def coverages(rng: Rng, pool: Pool, number: int, levels: tuple[float, ...]) -> dict[tuple[Quantity, float], float]:
    """Return how often intervals of each level hold the true chance of interception and the true days, over organisations.

    Durations are learned of legs that state nothing of them worth having.
    """
    hits: dict[tuple[Quantity, float], list[bool]] = {}
    for _ in range(number):
        made = organisation(rng, pool)
        truths = {Quantity.INTERCEPTED: made.intercepted, Quantity.DAYS: made.days}
        unstated = frozenset((leg.id, Quantity.DAYS) for leg in made.network.legs)
        for level in levels:
            for each in learn(made.network, Experience(unstated=unstated), level).beliefs:
                if each.subject is Subject.LEG and each.quantity in truths:
                    hit = each.low <= truths[each.quantity][each.id] <= each.high
                    hits.setdefault((each.quantity, level), []).append(hit)
    return {key: float(np.mean(found)) for key, found in hits.items()}
