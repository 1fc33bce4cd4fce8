import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.oracle.small_journeys import ALONE, START, leg, network
from tests.unit.engine.journeys.comparison.two_networks import is_usable, whole_year
from waystation.engine.journeys.comparison import Effect, Part
from waystation.engine.journeys.comparison.arrival import likeliest_arrival
from waystation.engine.journeys.comparison.dates import Departure
from waystation.engine.model import (
    Caps,
    Chain,
    Condition,
    DateRange,
    LevelRef,
    Network,
    Observation,
    Partner,
    PartnerKind,
)

DAY = timedelta(days=1)
CAPS = Caps(days=3)
RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.75),))
HIGH = LevelRef("river", "high")


def effects(world: Network, second: date, first: date = START) -> dict[tuple[object, ...], Effect]:
    base = likeliest_arrival(world, ALONE, CAPS, first)
    found = Departure(world, ALONE, CAPS, first, second).effects(base)
    return {(each.change.part, *each.change.key, each.change.field): each for each in found}


def test_nothing_that_stays_is_named() -> None:
    assert effects(network([leg("ride", "origin", "goal")]), START + 9 * DAY) == {}


def test_a_leg_that_runs_no_more() -> None:
    ride = leg("ride", "origin", "goal", runs_on=(DateRange(None, START + 4 * DAY),))
    world = network([ride, leg("walk", "origin", "goal", intercepted=0.5)])
    (found,) = effects(world, START + 9 * DAY).values()
    assert (found.change.part, found.change.key, found.change.field) == (Part.LEG, ("ride",), "departures")
    assert found.change.before == (DateRange(START, START + 2 * DAY),)
    assert found.change.after == ()
    assert found.arrive == pytest.approx(-0.5)


def test_weekdays_that_fall_alike_are_no_change() -> None:
    ride = leg("ride", "origin", "goal", weekdays=frozenset({START.weekday()}))
    world = network([ride])
    assert effects(world, START + 7 * DAY) == {}
    (found,) = effects(world, START + DAY).values()
    assert found.change.after == ()  # the next such day is a week on, and the journey has three
    assert found.arrive == pytest.approx(-1.0)


def test_vetting_that_runs_out() -> None:
    guide = Partner("guide", PartnerKind.GUIDE, vetted_until=START + 4 * DAY)
    ride = leg("ride", "origin", "goal", partner="guide")
    world = dataclasses.replace(network([ride]), partners=(guide,))
    assert effects(world, START + DAY) == {}
    (found,) = effects(world, START + 3 * DAY).values()
    assert (found.change.before, found.change.after) == (3, 2)
    assert found.arrive == pytest.approx(0.0)
    assert effects(world, START + 5 * DAY)[Part.PARTNER, "guide", "vetted_days"].arrive == pytest.approx(-1.0)


def test_the_levels_at_the_start() -> None:
    ride = leg("ride", "origin", "goal", closed_at=frozenset({HIGH}))
    world = network([ride], conditions=[RIVER], seen=[Observation("river", START, "low")])
    caps = Caps(days=1)
    base = likeliest_arrival(world, ALONE, caps, START)
    (found,) = Departure(world, ALONE, caps, START, START + DAY).effects(base)
    assert found.change.after == pytest.approx({"low": 0.75, "high": 0.25})
    assert found.arrive == pytest.approx(-0.25)


def test_the_season() -> None:
    chains = (Chain.persistent(2, 0.75), Chain.persistent(2, 0.5, frozenset({7})))
    river = dataclasses.replace(RIVER, chains=chains)
    ride = leg("ride", "origin", "goal", closed_at=frozenset({HIGH}))
    july = date(START.year, 7, 1)
    seen = [Observation("river", START, "high"), Observation("river", july, "high")]
    found = effects(network([ride], conditions=[river], seen=seen), july)
    assert list(found) == [(Part.CONDITION, "river", "season")]
    (season,) = found.values()
    assert (season.change.before, season.change.after) == ((6,), (7,))
    # Closed on the first day; twice the chance that it opens on the second, and on the third.
    assert season.arrive == pytest.approx((1 - 0.5**2) - (1 - 0.75**2))


def test_levels_that_can_be_on_one_day_only_have_no_effect_of_their_own() -> None:
    still = Condition("river", ("low", "high"), (Chain.persistent(2, 1.0),))
    ride = leg("ride", "origin", "goal", closed_at=frozenset({HIGH}))
    seen = [Observation("river", START, "low"), Observation("river", START + DAY, "high")]
    found = effects(network([ride], conditions=[still], seen=seen), START + DAY)
    assert [each.arrive for each in found.values()] == [None]


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 10_000), st.integers(1, 20))
def test_without_conditions_one_change_alone_is_the_whole_difference(seed: int, days: int) -> None:
    case = whole_year(seed)
    assume(is_usable(case))
    world = dataclasses.replace(case.network, conditions=(), observations=())
    caps, later = Caps(days=case.days), case.start + days * DAY
    one, other = (likeliest_arrival(world, case.group, caps, day) for day in (case.start, later))
    found = Departure(world, case.group, caps, case.start, later).effects(one)
    if len(found) <= 1:
        assert other - one == pytest.approx(sum(each.arrive or 0.0 for each in found), abs=1e-12)
