from datetime import date

import pytest

from waystation.briefs.prices import demand_of, fee_of
from waystation.engine.journeys.build import build
from waystation.engine.model import Group, Leg, Network
from waystation.kernel import Money


def _leg(network: Network, leg_id: str) -> Leg:
    return next(leg for leg in network.legs if leg.id == leg_id)


@pytest.mark.parametrize(("leg", "minor"), [("L1", 150000), ("L2", 200000), ("L7", 250000)])
def test_the_fee_is_for_the_whole_group(network: Network, group: Group, leg: str, minor: int) -> None:
    assert fee_of(_leg(network, leg), group, network) == Money(minor, "USD")


def test_company_costs_more_where_it_is_offered(network: Network, group: Group) -> None:
    assert fee_of(_leg(network, "L2"), group, network, in_company=True) == Money(260000, "USD")
    assert fee_of(_leg(network, "L1"), group, network, in_company=True) == Money(150000, "USD")


def test_a_demand_is_converted(network: Network, group: Group) -> None:
    assert demand_of(_leg(network, "L3"), group, network) == Money(100000, "USD")
    assert demand_of(_leg(network, "L1"), group, network) == Money(0, "USD")


def test_prices_are_those_the_planner_counts(network: Network, group: Group) -> None:
    moves = build(network, group, date(2026, 11, 18)).process.moves
    assert len(moves) > 5
    for leg_id, in_company, fee, demand in zip(moves.leg, moves.in_company, moves.fee, moves.demand, strict=True):
        leg = _leg(network, leg_id)
        assert fee_of(leg, group, network, in_company=in_company).minor == fee
        assert demand_of(leg, group, network).minor == demand
