import dataclasses

import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import ALONE, START, dollars, leg, place
from tests.unit.engine.processes import best_arrival, few, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from tests.unit.engine.regions_by_hand import world_of_two_regions
from waystation.engine.journeys.build import build
from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.support import least_spent
from waystation.engine.model import Belief, Chain, Condition, Demand, LevelRef, Observation, PlaceKind, Refusal

HIGH = LevelRef("river", "high")
FALLING = Condition("river", ("low", "high"), (Chain(((1.0, 0.0), (0.5, 0.5))),))
INF = float("inf")


def in_dollars(process: Process) -> list[float]:
    return [float(minor) / 100 for minor in least_spent(process)]


@given(seeds)
@few
def test_it_is_the_least_money_with_which_anybody_can_arrive(seed: int) -> None:
    process = random_process(seed)
    least = least_spent(process).min()
    if not np.isfinite(least):
        assert best_arrival(process) == 0.0
        return
    assert best_arrival(process, MoneyGrid(1, int(least))) > 0.0
    if least > 0:
        assert best_arrival(process, MoneyGrid(1, int(least) - 1)) == 0.0


def test_the_cheapest_way_at_each_slot() -> None:
    legs = [leg("fast", "origin", "goal", fee=9), leg("a", "origin", "mid", fee=2), leg("b", "mid", "goal", fee=3)]
    assert in_dollars(process_of(legs)) == [INF, 9, 5, 5]


def test_a_leg_longer_than_the_journey_leads_nowhere() -> None:
    assert in_dollars(process_of([leg("long", "origin", "goal", days=4)])) == [INF] * 4
    assert in_dollars(process_of([])) == [INF] * 4


def test_waiting_for_a_river_costs_its_nights() -> None:
    house = place("origin", PlaceKind.ORIGIN, stay_cost=dollars(2))
    ford = leg("ford", "origin", "goal", fee=5, closed_at=frozenset({HIGH}))
    seen = [Observation("river", START, "high")]
    process = process_of([ford], places=[house], conditions=[FALLING], seen=seen)
    assert in_dollars(process) == [INF, INF, 7, 9]


def test_where_everybody_is_discovered_nobody_waits() -> None:
    house = place("origin", PlaceKind.ORIGIN, discovery=Belief(1.0))
    process = process_of([leg("ride", "origin", "goal", fee=5, weekdays=frozenset({1}))], places=[house])
    assert in_dollars(process) == [INF] * 4


@pytest.mark.parametrize(
    ("chance", "refusal", "least"),
    [
        (0.5, Refusal(), [INF, 5, 10, 15]),
        (1.0, Refusal(), [INF, 12, 17, 22]),
        (1.0, Refusal(1), [INF, 12, 5, INF]),
        (0.5, Refusal(1), [INF, 5, 5, INF]),
        (0.0, Refusal(1), [INF, 5, INF, INF]),
    ],
)
def test_a_certain_demand_is_met_or_refused(chance: float, refusal: Refusal, least: list[float]) -> None:
    demand = Demand(Belief(chance), dollars(7), dollars(0), refusal)
    house = place("origin", PlaceKind.ORIGIN, may_wait=False)
    process = process_of([leg("ride", "origin", "goal", fee=5, demand=demand)], places=[house])
    assert in_dollars(process) == least


def test_a_leg_on_which_nobody_comes_through_is_no_way() -> None:
    house = place("origin", PlaceKind.ORIGIN, may_wait=False)
    for caught, turned, least in ((1.0, 0.0, [INF] * 4), (0.5, 0.5, [INF] * 4), (0.4, 0.5, [INF, 5, 10, 15])):
        process = process_of(
            [leg("ride", "origin", "goal", fee=5, intercepted=caught, turned_back=turned)], places=[house]
        )
        assert in_dollars(process) == least


def test_what_is_turned_back_on_the_longer_way_is_back_later() -> None:
    # Nobody comes through; half are back, after a day and 90 more or after two days. Who is back walks.
    demand = Demand(Belief(1.0), dollars(90), dollars(0), Refusal(1))
    house = place("origin", PlaceKind.ORIGIN, may_wait=False)
    legs = [
        leg("ride", "origin", "goal", fee=5, intercepted=0.5, turned_back=0.5, demand=demand),
        leg("walk", "origin", "goal", fee=50),
    ]
    assert in_dollars(process_of(legs, days=5, places=[house])) == [INF, 50, 145, 55, 150, 60]


def test_a_level_that_cannot_come_opens_no_way() -> None:
    frozen = Condition("river", ("low", "high"), (Chain(((1.0, 0.0), (0.0, 1.0))),))
    ford = leg("ford", "origin", "goal", fee=5, closed_at=frozenset({HIGH}))
    for seen, least in (("high", [INF] * 4), ("low", [INF, 5, 5, 5])):
        process = process_of([ford], conditions=[frozen], seen=[Observation("river", START, seen)])
        assert in_dollars(process) == least


@pytest.mark.parametrize("closed_at", [(), ("low",), ("low", "high"), ("high", "flood")])
@pytest.mark.parametrize("new", [False, True])
def test_what_only_the_forecast_tells_may_open_a_way(closed_at: tuple[str, ...], new: bool) -> None:
    told = world_of_two_regions()
    prices = {"up": 3, "down": 5, "over": 7, "back": 1}
    shut = frozenset(LevelRef("river", name) for name in closed_at) | ({LevelRef("law", "new")} if new else set())
    legs = [dataclasses.replace(each, cost_group=dollars(prices[each.id])) for each in told.legs]
    legs = [dataclasses.replace(each, closed_at=shut) if each.id == "over" else each for each in legs]
    law = Condition("law", ("old", "new"), (Chain(((1.0, 0.0), (0.0, 1.0))),))
    conditions = [law if each.id == "law" else each for each in told.conditions]
    seen = [Observation("law", START, "old"), *(each for each in told.observations if each.condition != "law")]
    told = dataclasses.replace(told, legs=tuple(legs), conditions=tuple(conditions), observations=tuple(seen))
    built = build(told, ALONE, START, 8.0, most_exact_levels=1)
    assert built.process.memory is not None
    least = least_spent(built.process)
    for slot in range(built.process.slots + 1):
        sooner = build(told, ALONE, START, float(slot), most_exact_levels=1).process if slot else None
        cheapest = float(least[: slot + 1].min())
        for amount in (14, 15, 18, 21):
            arrives = sooner is not None and Solver(sooner, MoneyGrid(100, amount)).solve().arrive > 0.0
            assert arrives == (cheapest <= 100 * amount)


def test_the_level_that_closed_the_cheap_way_opens_the_gate() -> None:
    # For good: where the gate is open the cheap way is not.
    frozen = Condition("river", ("low", "high"), (Chain(((1.0, 0.0), (0.0, 1.0))),))
    legs = [
        leg("cheap", "origin", "mid", fee=2, closed_at=frozenset({HIGH})),
        leg("dear", "origin", "mid", fee=50),
        leg("gate", "mid", "goal", fee=1, closed_at=frozenset({LevelRef("river", "low")})),
    ]
    process = process_of(legs, conditions=[frozen], seen=[Observation("river", START, "high", confidence=0.5)])
    assert in_dollars(process) == [INF, INF, 51, 51]
