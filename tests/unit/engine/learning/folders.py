"""Small networks with outcomes, written by hand: legs of one mode in one country unless said otherwise."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from waystation.engine.model import (
    Belief,
    Days,
    Leg,
    Mode,
    Network,
    Outcome,
    OutcomeKind,
    Partner,
    PartnerKind,
    Place,
    PlaceKind,
)
from waystation.kernel import Money

AS_OF = date(2026, 11, 1)
DAY = date(2025, 3, 2)
NOTHING = Money(0, "USD")


def leg(name: str, mode: Mode = Mode.CAR, days: tuple[float, float, float] = (1.0, 1.0, 1.0), **more: Any) -> Leg:
    return Leg(name, "A", "B", mode, Days(*days), NOTHING, NOTHING, **more)


def outcome(leg: str, kind: OutcomeKind = OutcomeKind.PASSED, count: int = 1, on: date = DAY, **more: Any) -> Outcome:
    return Outcome(leg, on, more.pop("party_size", 3), kind, count=count, **more)


def network(legs: Iterable[Leg], outcomes: Iterable[Outcome] = (), partners: Iterable[str] = ()) -> Network:
    places = (
        Place("A", PlaceKind.ORIGIN, 0.0, 0.0, NOTHING, country="XA"),
        Place("B", PlaceKind.DESTINATION, 1.0, 1.0, NOTHING, country="XB"),
    )
    known = tuple(Partner(each, PartnerKind.GUIDE) for each in partners)
    return Network("by hand", "USD", AS_OF, places, tuple(legs), outcomes=tuple(outcomes), partners=known)


def twenty(intercepted: int = 1, name: str = "L1") -> tuple[Outcome, ...]:
    return (outcome(name, count=20 - intercepted), outcome(name, OutcomeKind.INTERCEPTED, count=intercepted))


UNSURE = Belief(0.02, 10.0)
