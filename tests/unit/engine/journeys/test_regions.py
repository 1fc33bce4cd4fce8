import pytest

from tests.oracle.small_journeys import leg, place
from waystation.engine.journeys.regions import conditions_of, known_by_region, region_of
from waystation.engine.model import Belief, Demand, Leg, LevelFactor, LevelRef, PlaceKind
from waystation.kernel import Money

NOTHING = Money(0, "USD")


def at(condition: str) -> LevelRef:
    return LevelRef(condition, "high")


def when(condition: str) -> tuple[LevelFactor, ...]:
    return (LevelFactor(at(condition), 2.0),)


def test_a_place_belongs_to_its_region_else_its_country_else_to_itself() -> None:
    assert region_of(place("a", region="Mekong")) == region_of(place("b", region="Mekong"))
    assert region_of(place("a", region="Mekong")) != region_of(place("b", region="north"))
    assert region_of(place("a")) == region_of(place("b"))  # both in XX
    assert region_of(place("a", region="XX")) != region_of(place("b"))


@pytest.mark.parametrize(
    "way",
    [
        leg("1", "a", "b", intercepted_factors=when("river")),
        leg("1", "a", "b", turned_back_factors=when("river")),
        leg("1", "a", "b", closed_at=frozenset({at("river")})),
        leg("1", "a", "b", demand=Demand(Belief(0.5), NOTHING, NOTHING, factors=when("river"))),
    ],
)
def test_every_part_of_a_leg_counts(way: Leg) -> None:
    assert conditions_of([way], []) == {"river"}


def test_waiting_counts_and_nothing_else_does() -> None:
    watched = place("a", discovery_factors=when("patrols"))
    assert conditions_of([leg("1", "a", "b")], [watched]) == {"patrols"}
    assert conditions_of([leg("1", "a", "b")], [place("a")]) == set()


def test_a_region_knows_what_changes_legs_from_it_or_waits_in_it() -> None:
    places = [
        place("home", PlaceKind.ORIGIN, region="south"),
        place("hill", region="south", discovery_factors=when("patrols")),
        place("bank", region="north"),
        place("goal", PlaceKind.DESTINATION, region="north"),
    ]
    legs = [
        leg("1", "home", "hill", closed_at=frozenset({at("law")})),
        leg("2", "hill", "bank"),
        leg("3", "bank", "goal", intercepted_factors=when("river")),
        leg("4", "bank", "goal", intercepted_factors=when("law")),
    ]
    known = known_by_region(places, legs, ("law", "river", "patrols"))
    south, north, nothing = [True, False, True], [True, True, False], [False] * 3
    assert known.tolist() == [south, south, north, nothing]


def test_without_conditions_there_is_nothing_to_know() -> None:
    assert known_by_region([place("a"), place("b")], [], ()).shape == (2, 0)
