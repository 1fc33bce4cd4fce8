import dataclasses

import pytest

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from waystation.engine.journeys.comparison import Change, Effect, Part, differences
from waystation.engine.journeys.comparison.effects import asking, effect_of
from waystation.engine.model import Belief, Caps, Chain, Condition, LevelRef, Network, Observation

HIGH = LevelRef("river", "high")
RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 1.0),))
ARRIVAL = asking("A", Caps(), START)


def effects(first: Network, second: Network) -> dict[tuple[object, ...], Effect]:
    changes = differences(first, second)
    found = [effect_of(each, changes, first, ARRIVAL, ARRIVAL(first)) for each in changes]
    return {(each.change.part, *each.change.key, each.change.field): each for each in found}


def test_the_effect_of_a_worse_leg() -> None:
    first = network([leg("ride", "origin", "goal", intercepted=0.1)])
    second = network([leg("ride", "origin", "goal", intercepted=0.3)])
    assert effects(first, second)[Part.LEG, "ride", "intercepted"].arrive == pytest.approx(-0.2)


def test_a_new_leg_takes_its_new_place_along() -> None:
    first = network([leg("ride", "origin", "goal", intercepted=0.5)])
    second = network([*first.legs, leg("in", "origin", "inn"), leg("out", "inn", "goal", intercepted=0.25)])
    found = effects(first, second)
    assert found[Part.PLACE, "inn", ""].arrive == pytest.approx(0.0)
    assert [each.key for each in found[Part.LEG, "out", ""].along] == [("inn",)]
    assert found[Part.LEG, "out", ""].arrive == pytest.approx(0.0)  # without the way in it leads from nowhere


def test_a_place_goes_with_the_legs_that_touch_it() -> None:
    first = network(
        [leg("ride", "origin", "goal", intercepted=0.5), leg("in", "origin", "inn"), leg("out", "inn", "goal")]
    )
    second = network([leg("ride", "origin", "goal", intercepted=0.5)])
    gone = effects(first, second)[Part.PLACE, "inn", ""]
    assert gone.arrive == pytest.approx(-0.5)
    assert {each.key for each in gone.along} == {("in",), ("out",)}


def test_a_condition_of_other_levels_takes_its_observation_along() -> None:
    ride = leg("ride", "origin", "goal", closed_at=frozenset({HIGH}))
    first = network([ride], conditions=[RIVER], seen=[Observation("river", START, "low")])
    other = Condition("river", ("dry", "high"), RIVER.chains)
    second = dataclasses.replace(first, conditions=(other,), observations=(Observation("river", START, "high"),))
    found = effects(first, second)
    assert found[Part.OBSERVATION, "river", START, 0, "level"].arrive == pytest.approx(-1.0)
    replaced = found[Part.CONDITION, "river", ""]
    assert replaced.arrive == pytest.approx(-1.0)
    assert [each.part for each in replaced.along] == [Part.OBSERVATION]


def test_what_cannot_stand_alone_has_no_effect_of_its_own() -> None:
    first = network([leg("ride", "origin", "goal", fee=3)])
    second = dataclasses.replace(first, currency="KRW")
    assert effects(first, second)[Part.NETWORK, "currency"].arrive is None
    lost = Change(Part.LEG, ("lost",), "", None, leg("lost", "origin", "nowhere"))
    assert effect_of(lost, [lost], first, ARRIVAL, 1.0).arrive is None


def test_a_refusal_is_no_effect() -> None:
    first = network([leg("ride", "origin", "goal")])
    second = dataclasses.replace(first, groups=(dataclasses.replace(ALONE, consent_on=None),))
    assert effects(first, second)[Part.GROUP, "A", "consent_on"].arrive is None


def test_what_no_journey_is_planned_from_is_not_asked_about() -> None:
    first = network([leg("ride", "origin", "goal")])
    (change,) = differences(first, dataclasses.replace(first, sources={"A": "told"}))
    assert effect_of(change, [change], first, lambda network: 0.5, 1.0).arrive == 0.0


def test_the_question_is_the_planners() -> None:
    world = network([leg("ride", "origin", "goal", fee=3, intercepted=0.125)], places=[place("far")])
    assert asking("A", Caps(dollars(3)), START)(world) == pytest.approx(0.875)
    assert Belief(0.125) == world.legs[0].intercepted
