import pytest

from waystation.briefs.prices import demand_of, fee_of
from waystation.engine.model import Group, Network
from waystation.kernel import Money


def _leg(network: Network, leg_id: str):  # type: ignore[no-untyped-def]
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
