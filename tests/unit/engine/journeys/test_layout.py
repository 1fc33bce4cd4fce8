import dataclasses

import pytest

from tests.oracle.small_journeys import START, leg, place
from tests.unit.engine.processes_by_hand import process_of
from tests.unit.engine.regions_by_hand import two_regions
from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.journeys.layout import conditions_that_matter, earliest_slots, last_hopes, least_prices, prepare
from waystation.engine.journeys.process import MoneyGrid
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import (
    Belief,
    Chain,
    Condition,
    LevelFactor,
    LevelRef,
    Observation,
)

HIGH = LevelRef("river", "high")
RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.75),))
SEEN_HIGH = Observation("river", START, "high")


def test_first_slots_and_least_prices_are_those_of_the_shortest_ways() -> None:
    process = process_of(
        [
            leg("a", "origin", "mid", days=2, fee=1),
            leg("b", "origin", "mid", fee=4),
            leg("c", "mid", "goal", days=2, fee=2),
            leg("d", "origin", "goal", days=7, fee=9),
        ],
        days=5,
    )
    assert process.places == ("origin", "mid", "goal")
    assert earliest_slots(process).tolist() == [0, 1, 3]
    assert least_prices(process, MoneyGrid(100, 20)).tolist() == [0, 1, 3]
    assert least_prices(process, MoneyGrid(100, 2)).tolist() == [0, 1, 2]
    assert least_prices(process, MoneyGrid(200, 20)).tolist() == [0, 1, 2]


def test_a_condition_matters_before_the_place_where_it_matters_and_not_after() -> None:
    when_high = (LevelFactor(HIGH, 3.0),)
    law = Condition("law", ("old", "new"), (Chain.persistent(2, 0.5),))
    process = process_of(
        [
            leg("a", "origin", "bank"),
            leg("b", "bank", "town", intercepted=0.2, intercepted_factors=when_high),
            leg("c", "town", "goal", closed_at=frozenset({LevelRef("law", "new")})),
        ],
        conditions=[RIVER, law],
    )
    assert process.places == ("origin", "bank", "town", "goal")
    assert conditions_that_matter(process).tolist() == [[True, True], [True, True], [False, True], [False, False]]
    arrays = prepare(process)
    assert arrays.own_levels.tolist() == [4, 4, 2, 1]
    assert arrays.own_level[2].tolist() == [0, 1, 0, 1]
    assert arrays.joint_level[2, :2].tolist() == [0, 1]


def test_discovery_matters_only_where_one_may_wait() -> None:
    factors = (LevelFactor(HIGH, 3.0),)
    legs = [leg("a", "origin", "mid"), leg("b", "mid", "goal")]
    for may_wait in (False, True):
        process = process_of(
            legs,
            conditions=[RIVER],
            places=[place("mid", may_wait=may_wait, discovery=Belief(0.2), discovery_factors=factors)],
        )
        assert conditions_that_matter(process).tolist() == [[may_wait], [may_wait], [False]]


def test_the_last_hope_is_the_end_less_the_quickest_way() -> None:
    process = process_of(
        [
            leg("a", "origin", "mid", days=2),
            leg("b", "mid", "goal", days=3),
            leg("c", "mid", "goal", days=1, intercepted=0.9),
            leg("d", "mid", "nowhere"),
        ],
        days=7,
    )
    hopes = dict(zip(process.places, last_hopes(process).tolist(), strict=True))
    assert hopes == {"origin": 4, "mid": 6, "goal": 7, "nowhere": -1}


def test_with_a_memory_the_levels_are_the_places_own() -> None:
    arrays = prepare(two_regions(), by_region=True)
    assert arrays.own_levels.tolist() == [4, 4, 6, 1]
    assert arrays.own_level.tolist() == [[0, 1, 2, 3, -1, -1]] * 2 + [[0, 1, 2, 3, 4, 5], [0] + [-1] * 5]
    assert arrays.joint_level.tolist() == [[0, 1, 2, 3, 4, 5]] * 4
    assert arrays.matters.tolist() == [[True, False, True]] * 2 + [[True, True, False], [False] * 3]


def test_a_kernel_that_does_not_keep_to_a_memory_gets_no_arrays() -> None:
    with pytest.raises(UnusableModelError, match="region by region"):
        prepare(two_regions())


def test_a_refusal_that_leads_elsewhere_takes_a_slot_however_long_the_leg() -> None:
    # Of the ride of three days half are asked for more; who refuses is at x the next day, a day from the goal.
    legs = [leg("ride", "origin", "goal", days=3), leg("walk", "origin", "x", days=2), leg("on", "x", "goal")]
    process = process_of(legs, days=2)
    x, ride = process.places.index("x"), process.moves.leg.index("ride")
    asked, turned_to = process.moves.asked.copy(), process.moves.back.copy()
    asked[ride], turned_to[ride] = 0.5, x
    elsewhere = dataclasses.replace(process, moves=dataclasses.replace(process.moves, asked=asked, turned_to=turned_to))
    assert earliest_slots(process)[x] == 2
    assert earliest_slots(elsewhere)[x] == 1
    assert Solver(elsewhere).solve().arrive == 0.5
