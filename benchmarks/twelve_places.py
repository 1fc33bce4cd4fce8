"""A journey of twelve places, invented, for the measurements of the simulation: two crossings, one river, patrols."""

from datetime import date

from waystation.engine.journeys.build import build
from waystation.engine.journeys.process import Process
from waystation.engine.model import (
    AgeBand,
    Belief,
    Chain,
    Condition,
    Days,
    Demand,
    EffortLimit,
    Group,
    Leg,
    LevelFactor,
    LevelRef,
    Mode,
    Network,
    Observation,
    Partner,
    PartnerKind,
    Place,
    PlaceKind,
    Refusal,
    Traveller,
)
from waystation.kernel import Money

START = date(2026, 6, 1)
_DAYS = 30
_PARTNERS = 6
_KINDS = (
    "origin",
    "hub",
    "safe_house",
    "hub",
    "safe_house",
    "hub",
    "safe_house",
    "crossing",
    "crossing",
    "hub",
    "reception",
)
_LEGS = (
    # from, to, days at least and at most, intercepted, turned back, dollars
    (0, 1, 0.5, 1.0, 0.006, 0.02, 120),
    (0, 2, 1.0, 2.0, 0.004, 0.03, 200),
    (1, 3, 0.5, 1.0, 0.008, 0.02, 150),
    (1, 4, 1.0, 2.0, 0.005, 0.03, 180),
    (2, 4, 0.5, 1.0, 0.007, 0.02, 160),
    (2, 5, 1.0, 2.0, 0.006, 0.02, 140),
    (3, 6, 0.5, 1.5, 0.010, 0.04, 200),
    (4, 6, 0.5, 1.0, 0.006, 0.03, 220),
    (4, 7, 1.0, 2.0, 0.008, 0.04, 260),
    (5, 8, 0.5, 1.0, 0.012, 0.05, 150),
    (6, 7, 0.5, 0.5, 0.009, 0.05, 300),
    (6, 8, 0.5, 1.0, 0.007, 0.04, 350),
    (7, 9, 0.5, 1.0, 0.015, 0.06, 400),
    (8, 10, 0.5, 1.0, 0.012, 0.05, 450),
    (9, 11, 1.0, 3.0, 0.002, 0.01, 100),
    (10, 11, 1.0, 2.0, 0.001, 0.01, 120),
)
_OVER_THE_RIVER, _SEARCHED, _ASKING = {12, 13}, {2, 6, 9, 11}, {6, 7, 11}


def twelve_places() -> Network:
    """Return the network."""
    river = Condition("river", ("low", "high", "flood"), (Chain.persistent(3, 0.85),))
    patrols = Condition("patrols", ("few", "many"), (Chain.persistent(2, 0.9),))
    places = [
        Place(
            f"P{n}", PlaceKind(kind), 0.0, 0.0, Money(2000, "USD"), discovery=Belief(0.001), may_wait=kind != "crossing"
        )
        for n, kind in enumerate((*_KINDS, "destination"))
    ]
    return Network(
        name="twelve places",
        currency="USD",
        as_of=START,
        places=tuple(places),
        legs=tuple(_leg(number, *row) for number, row in enumerate(_LEGS)),
        conditions=(river, patrols),
        partners=tuple(Partner(f"p{n}", PartnerKind.GUIDE, capacity_per_week=9) for n in range(_PARTNERS)),
        groups=tuple(_group(f"g{n}", people) for n, people in enumerate((1, 2, 3, 5))),
        horizon_days=_DAYS,
        observations=(Observation("river", START, "low"), Observation("patrols", START, "few", confidence=0.8)),
    )


def _leg(number: int, origin: int, target: int, low: float, high: float, caught: float, turned: float, fee: int) -> Leg:
    factors = []
    if number in _OVER_THE_RIVER:
        factors.append(LevelFactor(LevelRef("river", "high"), 2.0))
    if number in _SEARCHED:
        factors.append(LevelFactor(LevelRef("patrols", "many"), 3.0))
    demand = Demand(Belief(0.2), Money(20000, "USD"), Money(0, "USD"), Refusal(2)) if number in _ASKING else None
    return Leg(
        id=f"L{number}",
        origin=f"P{origin}",
        target=f"P{target}",
        mode=Mode.CAR,
        days=Days(low, low, high),
        cost_group=Money(fee * 100, "USD"),
        cost_person=Money(0, "USD"),
        partner=f"p{number % _PARTNERS}",
        intercepted=Belief(caught),
        turned_back=Belief(turned),
        intercepted_factors=tuple(factors),
        closed_at=frozenset({LevelRef("river", "flood")}) if number in _OVER_THE_RIVER else frozenset(),
        demand=demand,
    )


def twelve_place_journey() -> Process:
    """Return the journey of one adult through it, within thirty days."""
    return build(twelve_places(), _group("A", 1), START, _DAYS).process


def _group(name: str, people: int) -> Group:
    travellers = (Traveller(f"{name}-{n}", AgeBand.ADULT, EffortLimit(12.0, 1500.0)) for n in range(people))
    return Group(name, "P0", tuple(travellers), consent_on=START)
