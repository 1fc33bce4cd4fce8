from datetime import date

import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.process import Process
from waystation.engine.model import (
    AgeBand,
    Belief,
    Company,
    Days,
    Demand,
    EffortLimit,
    Group,
    Leg,
    Mode,
    Network,
    Place,
    PlaceKind,
    Refusal,
    Traveller,
)
from waystation.kernel import Money

START = date(2026, 6, 1)


def dollars(amount: int) -> Money:
    return Money(amount * 100, "USD")


@pytest.fixture
def process() -> Process:
    """Two days from a house to a destination by one leg of a day: five dollars, two more demanded with chance 1/4."""
    house = Place("A-1", PlaceKind.SAFE_HOUSE, 0.0, 0.0, dollars(1), may_stop=True, country="XX")
    goal = Place("B", PlaceKind.DESTINATION, 0.0, 0.0, dollars(0), may_wait=False, country="XX")
    leg = Leg(
        "L-7",
        "A-1",
        "B",
        Mode.CAR,
        Days(1.0, 1.0, 1.0),
        dollars(5),
        dollars(0),
        intercepted=Belief(0.125),
        turned_back=Belief(0.5),
        demand=Demand(Belief(0.25), dollars(2), dollars(0), Refusal(None)),
        company=Company(0.5, 2.0),
    )
    network = Network("two days", "USD", START, (house, goal), (leg,), slot_hours=24)
    group = Group("G", "A-1", (Traveller("T", AgeBand.ADULT, EffortLimit(12.0, 1500.0)),), consent_on=START)
    return build(network, group, START, 2.0).process
