import dataclasses

import pytest

from tests.oracle.small_journeys import dollars, leg, network, place
from waystation.engine.model import Belief, Demand, PlaceKind
from waystation.engine.simulation.scenario import Change, ChangeKind, Scenario, apply, require_known, unknown_names
from waystation.kernel import BadInputError

ASKING = Demand(Belief(0.5), dollars(5), dollars(1))
CAR = dataclasses.replace(
    leg("car", "origin", "mid", fee=10, intercepted=0.2, turned_back=0.1), partner="d1", demand=ASKING
)
FOOT = leg("foot", "mid", "goal", fee=4, intercepted=0.5, turned_back=0.4)
WORLD = network([CAR, FOOT], places=[place("origin", PlaceKind.ORIGIN, stay_cost=dollars(3))])


def test_risk_acts_on_odds_and_leaves_room_for_turning_back() -> None:
    car, foot = apply([Change(ChangeKind.RISK, factor=2.0)], WORLD).legs
    assert car.intercepted.mean == pytest.approx(0.4 / 1.2)
    assert foot.intercepted.mean == pytest.approx(0.6)
    (only, other) = apply([Change(ChangeKind.RISK, factor=2.0, partners=frozenset({"d1"}))], WORLD).legs
    assert only.intercepted.mean == pytest.approx(0.4 / 1.2)
    assert other == FOOT


def test_prices_of_legs_demands_and_nights() -> None:
    changed = apply([Change(ChangeKind.PRICE, factor=10.0)], WORLD)
    car = changed.legs[0]
    assert (car.cost_group, car.cost_person) == (dollars(100), dollars(0))
    assert car.demand is not None
    assert (car.demand.group, car.demand.person) == (dollars(50), dollars(10))
    assert changed.places[0].stay_cost == dollars(30)
    only = apply([Change(ChangeKind.PRICE, factor=10.0, legs=frozenset({"foot"}))], WORLD)
    assert (only.legs[0], only.legs[1].cost_group, only.places) == (CAR, dollars(40), WORLD.places)


def test_what_is_closed_or_lost_is_gone() -> None:
    assert apply([Change(ChangeKind.CLOSED, legs=frozenset({"foot"}))], WORLD).legs == (CAR,)
    assert apply([Change(ChangeKind.PARTNER_LOST, partners=frozenset({"d1"}))], WORLD).legs == (FOOT,)
    assert apply([Change(ChangeKind.PARTNER_LOST)], WORLD).legs == (CAR, FOOT)
    assert apply([Change(ChangeKind.CLOSED)], WORLD).legs == ()


def test_a_scenario_names_what_there_is() -> None:
    require_known(Scenario("x", (Change(ChangeKind.CLOSED, legs=frozenset({"car"})),)), WORLD)
    with pytest.raises(BadInputError, match="scenario x: there is no leg 'boat'; the folder has: car, foot"):
        require_known(Scenario("x", (Change(ChangeKind.CLOSED, legs=frozenset({"boat"})),)), WORLD)
    with pytest.raises(BadInputError, match="there is no partner 'd9'; the folder has: no partner"):
        require_known(Scenario("x", (Change(ChangeKind.PARTNER_LOST, partners=frozenset({"d9"})),)), WORLD)


def test_everything_that_is_not_there_is_named() -> None:
    changes = (
        Change(ChangeKind.CLOSED, legs=frozenset({"car", "boat", "bus"})),
        Change(ChangeKind.PARTNER_LOST, partners=frozenset({"d9"})),
    )
    found = list(unknown_names(Scenario("x", changes), WORLD))
    assert found == [("leg", "boat", ("car", "foot")), ("leg", "bus", ("car", "foot")), ("partner", "d9", ())]


def test_five_changes_are_too_many() -> None:
    with pytest.raises(BadInputError, match="5 changes; at most 4"):
        Scenario("x", (Change(ChangeKind.RISK, factor=2.0),) * 5)


def test_whether_it_comes_by_chance() -> None:
    assert Change(ChangeKind.RISK, begins=0.1).by_chance
    assert not Change(ChangeKind.RISK, from_week=3).by_chance
