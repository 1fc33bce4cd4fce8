import dataclasses

import pytest

from tests.oracle.small_journeys import dollars, leg
from tests.unit.engine.organisations_by_hand import group, organisation_network, partner, prepared
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.engine.simulation.organisation import Organisation
from waystation.engine.simulation.prepare import Planner, prepare
from waystation.engine.simulation.scenario import AS_TODAY, Change, ChangeKind, Scenario
from waystation.kernel import BadInputError

BY_CAR = dataclasses.replace(leg("car", "origin", "goal", fee=10, intercepted=0.1), partner="d1")
BY_BOAT = dataclasses.replace(leg("boat", "origin", "goal", 8, fee=30, intercepted=0.2), partner="d2")
TWO_WAYS = organisation_network([BY_CAR, BY_BOAT], partners=[partner("d1", capacity_per_week=4), partner("d2")])


def test_a_kind_has_its_best_way_and_one_without_each_partner_it_leans_on() -> None:
    made = prepared(TWO_WAYS)
    assert [(way.mask, way.holds, way.cost) for way in made.ways] == [(1, (1000,), 1000.0), (2, (3000,), 3000.0)]
    assert [way.arrive for way in made.ways] == pytest.approx([0.9, 0.8])
    assert [way.harm for way in made.ways] == pytest.approx([0.1, 0.2])
    assert [dict(way.use) for way in made.ways] == [{Row(RowKind.PARTNER, "d1", 0): 2.0}, {}]
    assert made.world.way_range[0, 0, 0].tolist() == [0, 2]
    assert made.world.capacity.tolist() == [400]
    assert made.world.needs.tolist() == [[0, 0, 200]]


def test_a_large_group_travels_in_parties_where_it_may() -> None:
    made = prepared(organisation_network(groups=[group(people=5)]), party=3)
    (way,) = made.ways
    assert sorted(party.people for party in way.parties) == [2, 3]
    assert (way.cost, way.holds) == (2000.0, (1000, 1000))
    assert made.world.parties[:, 1:].tolist() == [[party.people, 1000] for party in way.parties]


def test_who_may_not_be_planned_for_or_cannot_arrive_is_left_out() -> None:
    silent = dataclasses.replace(group("quiet"), consent_on=None)
    many = dataclasses.replace(group("many", 3))
    ride = dataclasses.replace(BY_CAR, largest_party=2)
    made = prepared(organisation_network([ride], [group(), silent, many], [partner("d1")]))
    assert [each.id for each in made.groups] == ["G"]
    assert made.left_out == ("quiet", "many")
    with pytest.raises(BadInputError, match="of nobody in the folder"):
        prepared(organisation_network([ride], [many], [partner("d1")]))


def test_changes_hold_in_their_weeks_and_every_set_of_those_by_chance_is_planned_for() -> None:
    sure = Change(ChangeKind.PRICE, factor=2.0, from_week=10, weeks=5)
    perhaps = Change(ChangeKind.CLOSED, legs=frozenset({"car"}), begins=0.1, ends=0.5)
    world = prepared(TWO_WAYS, Scenario("both", (sure, perhaps))).world
    assert world.scheduled.tolist() == [0] * 10 + [1] * 5 + [0] * 37
    assert world.shock_bits.tolist() == [2]
    assert world.shock_chances.tolist() == [[0.1, 0.5]]
    counts = (world.way_range[0, :, 0, 1] - world.way_range[0, :, 0, 0]).tolist()
    assert counts == [2, 2, 1, 1]
    holds = world.ways[world.way_range[0, :, 0, 0], 1].tolist()
    assert holds == [1000, 2000, 3000, 6000]


def test_retainers_income_and_settings_are_by_the_week() -> None:
    kept = partner("d1", retainer_month=dollars(52))
    made = prepared(organisation_network(partners=[kept]), Scenario("x", settings=(("income_per_year", 5200.0),)))
    assert (made.world.income, made.world.costs) == (10_000, 1_200)
    assert made.organisation.income_per_year == 5200.0
    assert made.world.opening == 1_000_000_000
    with pytest.raises(BadInputError, match="scenario x"):
        prepared(scenario=Scenario("x", settings=(("incme", 3.0),)))


def test_vetting_is_taken_as_renewed_and_progress_is_told() -> None:
    seen: list[tuple[int, int]] = []
    old = partner("d1", vetted_until=TWO_WAYS.as_of)
    network = dataclasses.replace(TWO_WAYS, partners=(old, partner("d2")))
    planner = Planner(network, Organisation(), seasons=2, told=lambda done, of: seen.append((done, of)))
    made = prepare(planner, AS_TODAY, 52)
    assert made.world.way_range[:, 0, 0].tolist() == [[0, 2], [2, 4]]
    assert seen == [(1, 2), (2, 2)]


def test_too_many_partners_are_refused() -> None:
    with pytest.raises(BadInputError, match="61 partners"):
        Planner(organisation_network(partners=[partner(f"p{n}") for n in range(61)]), Organisation())


def test_a_truth_with_other_ways_is_refused() -> None:
    truth = dataclasses.replace(TWO_WAYS, legs=(BY_CAR,))
    planner = Planner(TWO_WAYS, Organisation(), truth=truth)
    with pytest.raises(BadInputError, match="in chances only"):
        prepare(planner, AS_TODAY, 52)
