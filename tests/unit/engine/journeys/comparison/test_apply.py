import pytest

from tests.oracle.small_journeys import dollars, leg, network, place
from waystation.engine.journeys.comparison import Change, Part, apply
from waystation.engine.model import Belief, Demand, Network

DEMAND = Demand(Belief(0.1), dollars(1), dollars(0))


@pytest.fixture
def world() -> Network:
    return network([leg("ride", "origin", "goal", demand=DEMAND), leg("walk", "origin", "goal")])


def test_a_field_is_replaced_and_nothing_else(world: Network) -> None:
    changed = apply(Change(Part.LEG, ("walk",), "km", 0.0, 9.0), world)
    assert [each.km for each in changed.legs] == [0.0, 9.0]
    assert changed.places == world.places


def test_a_field_inside_another(world: Network) -> None:
    changed = apply(Change(Part.LEG, ("ride",), "demand.person", dollars(0), dollars(7)), world)
    assert changed.legs[0].demand == Demand(Belief(0.1), dollars(1), dollars(7))


def test_a_thing_comes_last_and_goes_from_anywhere(world: Network) -> None:
    new = place("new")
    assert apply(Change(Part.PLACE, ("new",), "", None, new), world).places == (*world.places, new)
    assert apply(Change(Part.LEG, ("ride",), "", world.legs[0], None), world).legs == world.legs[1:]


def test_the_network_itself(world: Network) -> None:
    assert apply(Change(Part.NETWORK, (), "horizon_days", 60, 9), world).horizon_days == 9


def test_a_source_comes_and_goes(world: Network) -> None:
    told = apply(Change(Part.SOURCE, ("A",), "", None, "told"), world)
    assert dict(told.sources) == {"A": "told"}
    assert dict(apply(Change(Part.SOURCE, ("A",), "", "told", None), told).sources) == {}


def test_what_the_order_does_not_name_comes_last(world: Network) -> None:
    order = Change(Part.LEG, (), "order", (("ride",), ("walk",)), (("walk",),))
    assert [each.id for each in apply(order, world).legs] == ["walk", "ride"]
