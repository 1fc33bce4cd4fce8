import dataclasses
from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.random_networks import random_case
from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from tests.unit.engine.journeys.comparison.two_networks import altered
from waystation.engine.journeys.comparison import Change, Part, apply, differences
from waystation.engine.model import Belief, Chain, Condition, Demand, Network, Observation

RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.75),))


def world(**more: object) -> Network:
    return dataclasses.replace(network([leg("ride", "origin", "goal", fee=3)], conditions=[RIVER]), **more)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000))
def test_all_changes_together_turn_the_first_into_the_second(seed: int) -> None:
    first = random_case(seed).network
    second = altered(first, seed)
    assert reduce(lambda changed, change: apply(change, changed), differences(first, second), first) == second


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_equal_networks_do_not_differ(seed: int) -> None:
    assert differences(random_case(seed).network, random_case(seed).network) == ()


def test_each_field_is_a_change_of_its_own() -> None:
    ride = dataclasses.replace(world().legs[0], cost_group=dollars(4), intercepted=Belief(0.1))
    assert differences(world(), world(legs=(ride,))) == (
        Change(Part.LEG, ("ride",), "cost_group", dollars(3), dollars(4)),
        Change(Part.LEG, ("ride",), "intercepted", Belief(0.0), Belief(0.1)),
    )


def test_what_is_said_of_a_demand_is_told_apart() -> None:
    demand = Demand(Belief(0.1), dollars(1), dollars(0))
    before, after = (
        world(legs=(dataclasses.replace(world().legs[0], demand=each),))
        for each in (demand, dataclasses.replace(demand, chance=Belief(0.2)))
    )
    assert differences(before, after) == (Change(Part.LEG, ("ride",), "demand.chance", Belief(0.1), Belief(0.2)),)
    assert differences(world(), after)[0].field == "demand"


def test_what_comes_and_goes_is_told_whole() -> None:
    new = place("new")
    assert differences(world(), world(places=(*world().places, new))) == (Change(Part.PLACE, ("new",), "", None, new),)
    assert differences(world(), world(legs=())) == (Change(Part.LEG, ("ride",), "", world().legs[0], None),)


def test_a_condition_with_other_levels_is_another() -> None:
    other = Condition("river", ("low", "high", "flood"), (Chain.persistent(3, 0.75),))
    assert differences(world(), world(conditions=(other,))) == (Change(Part.CONDITION, ("river",), "", RIVER, other),)


def test_only_the_order_differs() -> None:
    turned = world(places=world().places[::-1])
    (change,) = differences(world(), turned)
    assert (change.part, change.field, change.after) == (Part.PLACE, "order", (("goal",), ("origin",)))
    assert apply(change, world()) == turned


def test_a_traveller_is_named_with_the_group() -> None:
    older = dataclasses.replace(ALONE.travellers[0], needs=frozenset({"oxygen"}))
    second = world(groups=(dataclasses.replace(ALONE, travellers=(older,)),))
    (change,) = differences(world(), second)
    assert (change.part, change.key, change.field) == (Part.TRAVELLER, ("A", "T1"), "needs")
    assert apply(change, world()) == second


def test_other_groups_can_be_left_out() -> None:
    second = world(groups=(ALONE, dataclasses.replace(ALONE, id="B")))
    assert differences(world(), second, "A") == ()
    assert len(differences(world(), second)) == 1


def test_observations_of_one_day_are_told_apart_by_their_number() -> None:
    twice = (Observation("river", START, "low", "a"), Observation("river", START, "high", "b"))
    (change,) = differences(world(observations=twice), world(observations=twice[:1]))
    assert (change.key, change.after) == (("river", START, 1), None)
    both = differences(world(observations=twice), world())
    assert reduce(lambda changed, each: apply(each, changed), both, world(observations=twice)) == world()


def test_sources_are_inputs_too() -> None:
    (change,) = differences(world(), world(sources={"A": "told"}))
    assert (change.part, change.key, change.after) == (Part.SOURCE, ("A",), "told")
