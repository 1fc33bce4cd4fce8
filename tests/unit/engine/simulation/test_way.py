import dataclasses

import pytest

from tests.oracle.small_journeys import START, leg
from tests.unit.engine.organisations_by_hand import group, organisation_network, partner
from waystation.engine.model import PlaceKind
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.engine.simulation.way import Way, plan_party
from waystation.kernel import BadInputError

OUT = dataclasses.replace(leg("out", "origin", "mid", fee=10, turned_back=0.5), partner="d1")
ON = dataclasses.replace(leg("on", "mid", "goal", fee=10, intercepted=0.1), partner="d2")
NETWORK = organisation_network(
    [OUT, ON], partners=[partner("d1", capacity_per_week=40), partner("d2", capacity_per_week=40)]
)


def test_a_plan_uses_partners_by_the_people_expected_and_the_week() -> None:
    party = plan_party(NETWORK, NETWORK, group(), START, ("d1", "d2"))
    assert (party.mask, party.leans, party.people) == (3, frozenset({0, 1}), 2)
    assert party.use[Row(RowKind.PARTNER, "d1", 0)] > 2.5  # tried again after being turned back
    by_week = sum(amount for row, amount in party.use.items() if row.id == "d2")
    assert 1.9 < by_week <= 2.0
    assert {row.kind for row in party.use} == {RowKind.PARTNER}


def test_nights_in_a_house_with_beds_are_used_by_who_waits_there() -> None:
    slow = dataclasses.replace(ON, weekdays=frozenset({(START.weekday() + 4) % 7}))
    house = tuple(
        dataclasses.replace(place, beds=3, kind=PlaceKind.SAFE_HOUSE)
        if place.id == "mid"
        else dataclasses.replace(place, may_wait=False)
        for place in NETWORK.places
    )
    sure = dataclasses.replace(OUT, turned_back=leg("x", "origin", "mid").turned_back)
    network = dataclasses.replace(NETWORK, legs=(sure, slow), places=house)
    use = plan_party(network, network, group(), START, ("d1", "d2")).use
    nights = {row.at: amount for row, amount in use.items() if row.kind is RowKind.BEDS}
    assert nights
    assert set(nights.values()) == {2.0}
    assert max(nights) == 3


def test_a_way_adds_its_parties_up() -> None:
    one = plan_party(NETWORK, NETWORK, group(people=1), START, ("d1", "d2"))
    two = plan_party(NETWORK, NETWORK, group(people=2), START, ("d1", "d2"))
    way = Way.of((one, two), 0.95)
    assert way.hold == sum(way.holds) == one.cost_quantile(0.95) + two.cost_quantile(0.95)
    assert way.cost == one.cost + two.cost
    row = Row(RowKind.PARTNER, "d1", 0)
    assert way.use[row] == pytest.approx(one.use[row] + two.use[row])
    assert way.arrive == pytest.approx((one.arrive + 2 * two.arrive) / 3)


def test_other_ways_in_truth_are_refused() -> None:
    truth = dataclasses.replace(NETWORK, legs=(*NETWORK.legs, leg("more", "origin", "goal")))
    with pytest.raises(BadInputError, match="in chances only"):
        plan_party(NETWORK, truth, group(), START, ("d1", "d2"))
