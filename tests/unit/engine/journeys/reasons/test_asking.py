import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import START, dollars, leg, network, place
from tests.unit.engine.journeys.reasons.grounds import ground_of, random_ground
from tests.unit.engine.processes import few, seeds
from waystation.engine.journeys.reasons.asking import asking, first_values, waiting
from waystation.engine.journeys.reasons.ground import Ground, best_arrival
from waystation.engine.model import Belief, Chain, Condition, LevelFactor, LevelRef, Observation, PlaceKind

RIVER = Condition("river", ("low", "high"), (Chain(((0.5, 0.5), (0.5, 0.5))),))
HIGH = LevelRef("river", "high")
# Odds: 1/9 times 9 are even, so the ford is safe to 0.9 in a low river and to 0.5 in a high one; the bridge to 0.8.
FORD = leg("ford", "origin", "goal", intercepted=0.1, intercepted_factors=(LevelFactor(HIGH, 9.0),))
BRIDGE = leg("bridge", "origin", "goal", intercepted=0.2)


def ford_or_bridge(days: float = 1.0, seen: str = "", closed: bool = False) -> Ground:
    ford = dataclasses.replace(FORD, closed_at=frozenset({HIGH})) if closed else FORD
    observed = [Observation("river", START, seen)] if seen else []
    return ground_of(network([ford, BRIDGE], conditions=[RIVER], seen=observed), days)


def test_asking_about_the_river_is_worth_the_better_choice() -> None:
    (river,) = asking(ford_or_bridge())
    assert river.arrive_asked == pytest.approx(0.5 * 0.9 + 0.5 * 0.8)
    assert river.arrive_unasked == pytest.approx(0.8)  # the ford would be 0.7
    assert river.condition == "river"
    assert river.gain == pytest.approx(0.05)


def test_what_has_been_seen_need_not_be_asked() -> None:
    assert asking(ford_or_bridge(seen="low")) == ()


def test_who_finds_the_ford_closed_has_lost_a_day() -> None:
    (river,) = asking(ford_or_bridge(closed=True))
    assert river.arrive_unasked == pytest.approx(0.8)  # to go to the ford without asking is worth 0.5 * 0.9
    (river,) = asking(ford_or_bridge(days=2.0, closed=True))
    again = 0.5 * 0.9 + 0.5 * 0.8
    assert river.arrive_unasked == pytest.approx(max(0.8, again, 0.5 * 0.9 + 0.5 * again))


def test_going_today_against_waiting_a_day_to_see() -> None:
    found = waiting(ford_or_bridge(days=2.0, seen="high"))
    assert found is not None
    assert (found.days, found.arrive_now, found.arrive_later) == pytest.approx((1.0, 0.8, 0.85))
    assert waiting(ford_or_bridge(days=1.0)) is None
    seen = [Observation("river", START, "low")]
    found = waiting(ground_of(network([BRIDGE, FORD], conditions=[RIVER], seen=seen), 2.0))
    assert found is not None
    assert (found.arrive_now, found.arrive_later) == pytest.approx((0.9, 0.85))


def test_who_cannot_wait_is_not_told_to() -> None:
    house = place("origin", PlaceKind.ORIGIN, may_wait=False)
    assert waiting(ground_of(network([leg("a", "origin", "goal")], places=[house]), 4.0)) is None


def test_waiting_costs_its_price_and_its_risk() -> None:
    house = place("origin", PlaceKind.ORIGIN, discovery=Belief(0.25), stay_cost=dollars(3))
    told = network([leg("a", "origin", "goal", fee=5)], places=[house])
    found = waiting(ground_of(told, 3.0))
    assert found is not None
    assert (found.arrive_now, found.arrive_later) == pytest.approx((1.0, 0.75))
    poor = waiting(ground_of(told, 3.0, dollars(7)))
    assert poor is not None
    assert (poor.arrive_now, poor.arrive_later) == (1.0, 0.0)


@given(seeds, st.booleans())
@few
def test_the_best_first_action_is_the_best_there_is(seed: int, with_money: bool) -> None:
    ground = random_ground(seed, with_money=with_money)
    values = first_values(ground.process, ground.grid)
    best = float(ground.process.start_chance @ values.max(axis=0))
    assert best == pytest.approx(best_arrival(ground.process, ground.grid), abs=1e-12)
    for each in asking(ground):
        assert each.arrive_asked == pytest.approx(best)
        assert -1e-12 <= each.gain <= 1.0
        assert each.arrive_unasked >= float((values @ ground.process.start_chance).max()) - 1e-12
    assert (np.diff([-each.gain for each in asking(ground)]) >= 0.0).all()
