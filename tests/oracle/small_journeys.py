"""Small travel problems written as networks by hand: one traveller, dollars, a slot a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from waystation.engine.model import (
    AgeBand,
    Belief,
    Condition,
    Days,
    EffortLimit,
    Group,
    Leg,
    Mode,
    Network,
    Observation,
    Place,
    PlaceKind,
    Traveller,
)
from waystation.kernel import Money

START = date(2026, 6, 1)
ALONE = Group("A", "origin", (Traveller("T1", AgeBand.ADULT, EffortLimit(12.0, 1500.0)),), consent_on=START)


def dollars(amount: int) -> Money:
    return Money(amount * 100, "USD")


def place(name: str, kind: PlaceKind = PlaceKind.SAFE_HOUSE, **more: Any) -> Place:
    facts: dict[str, Any] = {"stay_cost": dollars(0), "may_wait": True, "may_stop": True} | more
    return Place(name, kind, 0.0, 0.0, country="XX", **facts)


def leg(name: str, origin: str, target: str, days: int = 1, fee: int = 0, **more: Any) -> Leg:
    chances: dict[str, Any] = {key: Belief(more.pop(key)) for key in ("intercepted", "turned_back") if key in more}
    length = Days(float(days), float(days), float(days))
    return Leg(name, origin, target, Mode.FOOT, length, dollars(fee), dollars(0), **chances, **more)


def network(
    legs: Iterable[Leg],
    *,
    places: Iterable[Place] = (),
    conditions: Iterable[Condition] = (),
    seen: Iterable[Observation] = (),
    slot_hours: int = 24,
) -> Network:
    """Make a network from ``origin`` to ``goal``; places that only legs name are safe houses."""
    legs = tuple(legs)
    known = {"origin": place("origin", PlaceKind.ORIGIN), "goal": place("goal", PlaceKind.DESTINATION, may_wait=False)}
    known |= {each.id: each for each in places}
    for name in (end for each in legs for end in (each.origin, each.target)):
        known.setdefault(name, place(name))
    return Network(
        name="by hand",
        currency="USD",
        as_of=START,
        places=tuple(known.values()),
        legs=legs,
        slot_hours=slot_hours,
        conditions=tuple(conditions),
        observations=tuple(seen),
        groups=(ALONE,),
    )
