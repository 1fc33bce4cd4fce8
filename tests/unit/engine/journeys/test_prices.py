from datetime import date
from decimal import Decimal

from waystation.engine.journeys.prices import demand_of, fee_of, slot_fee_of
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
    Rate,
    Traveller,
)
from waystation.kernel import Money

DAY = date(2026, 11, 1)
THREE = Group("g", "a", tuple(Traveller(f"t{k}", AgeBand.ADULT, EffortLimit(8.0, 500.0)) for k in range(3)))
HOUSE = Place("a", PlaceKind.SAFE_HOUSE, 1.0, 1.0, Money(701, "USD"))
LEG = Leg(
    "l",
    "a",
    "b",
    Mode.CAR,
    Days(1, 1, 1),
    Money(10_000, "CNY"),
    Money(25, "USD"),
    demand=Demand(Belief(0.1), Money(50, "USD"), Money(7, "USD")),
    company=Company(risk_factor=0.5, price_factor=1.3),
)
NETWORK = Network("n", "USD", DAY, (HOUSE,), (LEG,), slot_hours=8, rates=(Rate(DAY, "USD", "CNY", Decimal("7.1")),))


def test_a_fee_is_a_group_sum_and_a_sum_for_each_converted_and_rounded_up() -> None:
    assert fee_of(LEG, THREE, NETWORK) == Money(1409 + 3 * 25, "USD")  # 100.00 CNY / 7.1 = 14.0845 USD


def test_company_multiplies_the_fee_exactly() -> None:
    assert fee_of(LEG, THREE, NETWORK, in_company=True) == Money(1930, "USD")  # 14.84 x 1.3 = 19.292


def test_a_demand_is_for_the_whole_group() -> None:
    assert demand_of(LEG, THREE, NETWORK) == Money(71, "USD")


def test_no_demand_costs_nothing() -> None:
    quiet = Leg("q", "a", "b", Mode.CAR, Days(1, 1, 1), Money(1, "USD"), Money(0, "USD"))
    assert demand_of(quiet, THREE, NETWORK) == Money(0, "USD")
    assert fee_of(quiet, THREE, NETWORK, in_company=True) == Money(1, "USD")


def test_a_slot_of_waiting_is_its_part_of_the_day_rounded_up() -> None:
    assert slot_fee_of(HOUSE, THREE, NETWORK) == Money(701, "USD")  # 3 people x 7.01 USD x 8 / 24 hours
    assert slot_fee_of(HOUSE, Group("h", "a", THREE.travellers[:2]), NETWORK) == Money(468, "USD")  # 4.6733 USD
