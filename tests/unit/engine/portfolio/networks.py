from datetime import date

from waystation.engine.model import (
    AgeBand,
    Belief,
    Chain,
    Condition,
    Days,
    Demand,
    EffortLimit,
    Fund,
    Group,
    Leg,
    LevelFactor,
    LevelRef,
    Mode,
    Network,
    Partner,
    PartnerKind,
    Place,
    PlaceKind,
    Traveller,
    Urgency,
)
from waystation.engine.portfolio.terms import Terms
from waystation.kernel import Money

FIRST = date(2027, 1, 4)
TERMS = Terms(weeks=3, replays=400, draws=4, pricing=3)


def usd(amount: int) -> Money:
    return Money.of(amount, "USD")


def group_of(name: str, size: int, urgency: Urgency = Urgency.NORMAL, **more: object) -> Group:
    limit = EffortLimit(12.0, 1500.0)
    people = tuple(Traveller(f"{name}-{n}", AgeBand.ADULT, limit) for n in range(size))
    day = date(2026, 12, 1)
    return Group(name, "A", people, urgency, day, day, **more)  # type: ignore[arg-type]


def network_of(groups: tuple[Group, ...], **more: object) -> Network:
    """A house with four beds half way; p is quick and moves four people a week, q is slow and dear and has room."""
    rain = LevelFactor(LevelRef("rain", "heavy"), 3.0)
    demand = Demand(Belief(0.2, 10.0), usd(50), usd(0))
    known = {
        "name": "small",
        "currency": "USD",
        "as_of": FIRST,
        "places": (
            Place("A", PlaceKind.ORIGIN, 0.0, 0.0, usd(0), may_stop=True),
            Place("H", PlaceKind.SAFE_HOUSE, 1.0, 1.0, usd(10), beds=4, discovery=Belief(0.01, 10.0), may_stop=True),
            Place("Z", PlaceKind.DESTINATION, 2.0, 2.0, usd(0)),
        ),
        "legs": (
            Leg("ah", "A", "H", Mode.CAR, Days(1, 1, 2), usd(100), usd(50), "p", intercepted=Belief(0.02, 20.0)),
            Leg(
                "hz", "H", "Z", Mode.BOAT, Days(1, 1, 1), usd(100), usd(50), "p", intercepted=Belief(0.02, 20.0),
                intercepted_factors=(rain,), turned_back=Belief(0.1, 20.0), demand=demand,
            ),
            Leg("az", "A", "Z", Mode.BUS, Days(4, 5, 6), usd(300), usd(250), "q", intercepted=Belief(0.1, 20.0)),
        ),
        "slot_hours": 24,
        "horizon_days": 10,
        "conditions": (Condition("rain", ("light", "heavy"), (Chain.persistent(2, 0.7, frozenset()),)),),
        "partners": (
            Partner("p", PartnerKind.DRIVER, capacity_per_week=4),
            Partner("q", PartnerKind.DRIVER, capacity_per_week=20),
        ),
        "groups": groups,
        "funds": (Fund("general", "2027-Q1", usd(1500)),),
    }  # fmt: skip
    return Network(**(known | more))  # type: ignore[arg-type]
