import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from waystation.engine.journeys.plan import Obstacle, ObstacleKind, Plan, ReasonCode, RuledOut
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import (
    Belief,
    Caps,
    Chain,
    Condition,
    DateRange,
    Demand,
    EffortLimit,
    Group,
    Leg,
    LevelRef,
    Network,
    Partner,
    PartnerKind,
    PlaceKind,
    Refusal,
)
from waystation.kernel import Money

PAIR = dataclasses.replace(ALONE, travellers=ALONE.travellers * 2)
CENT = Money(1, "USD")
BEFORE = (DateRange(None, START - timedelta(days=1)),)


def planned(world: Network, who: Group = ALONE, **caps: object) -> Plan:
    return plan_journey(world, who, Caps(**caps), START)  # type: ignore[arg-type]


def stands_in_the_way(world: Network, who: Group = ALONE, **caps: object) -> Obstacle:
    """Return the obstacle of a plan that does not exist."""
    plan = planned(world, who, **caps)
    assert plan.obstacle is not None
    assert (plan.choices, plan.chosen, plan.stages, plan.choice) == ((), None, (), None)
    return plan.obstacle


def arrives(world: Network, who: Group = ALONE, **caps: object) -> bool:
    choice = planned(world, who, **caps).choice
    return choice is not None and choice.evaluation.arrive > 0.0


def less(money: Money) -> Money:
    return Money(money.minor - 1, money.currency)


@pytest.mark.parametrize(
    "legs",
    [
        [leg("ride", "origin", "goal", fee=7)],
        [leg("a", "origin", "mid", fee=5), leg("b", "mid", "goal", fee=3), leg("c", "origin", "goal", fee=9)],
        [leg("a", "origin", "goal", fee=5, demand=Demand(Belief(1.0), dollars(4), dollars(0)))],
        [leg("a", "origin", "goal", fee=5, demand=Demand(Belief(1.0), dollars(4), dollars(0), Refusal(9)))],
        [leg("a", "origin", "goal", fee=5, turned_back=0.5, demand=Demand(Belief(0.9), dollars(4), dollars(0)))],
    ],
)
def test_the_smallest_budget_is_enough_and_a_cent_less_is_not(legs: list[Leg]) -> None:
    world = network(legs)
    obstacle = stands_in_the_way(world, budget=CENT, days=3)
    assert obstacle.smallest_budget is not None
    assert obstacle == Obstacle(ObstacleKind.BUDGET, smallest_budget=obstacle.smallest_budget)
    assert arrives(world, budget=obstacle.smallest_budget, days=3)
    again = stands_in_the_way(world, budget=less(obstacle.smallest_budget), days=3)
    assert again.smallest_budget == obstacle.smallest_budget


def in_a_row(*fees: int) -> Network:
    """Return legs one after another at prices in cents that have no common measure."""
    ends = ["origin", *(f"p{k}" for k in range(1, len(fees))), "goal"]
    return network(
        dataclasses.replace(leg(f"L{k}", ends[k], ends[k + 1]), cost_group=Money(fee, "USD"))
        for k, fee in enumerate(fees)
    )


AWKWARD = (99_991, 70_001, 30_011, 12_347)


def test_prices_with_no_common_measure_still_give_a_budget_that_is_enough() -> None:
    world = in_a_row(*AWKWARD)
    obstacle = stands_in_the_way(world, budget=CENT, days=4)
    assert obstacle.kind is ObstacleKind.BUDGET
    assert obstacle.smallest_budget is not None
    # Prices are rounded up to steps; what that adds is no more than the coarsest step for each leg.
    assert sum(AWKWARD) <= obstacle.smallest_budget.minor <= sum(AWKWARD) * (1 + len(AWKWARD) / 100)
    assert arrives(world, budget=obstacle.smallest_budget, days=4)
    assert not arrives(world, budget=Money(sum(AWKWARD) - 1, "USD"), days=4)


def test_both_changes_together_are_enough_whatever_the_prices() -> None:
    world = in_a_row(*AWKWARD)
    obstacle = stands_in_the_way(world, budget=CENT, days=2)
    assert (obstacle.kind, obstacle.smallest_days) == (ObstacleKind.BUDGET_AND_DAYS, 4.0)
    assert arrives(world, budget=obstacle.smallest_budget, days=obstacle.smallest_days)


@pytest.mark.parametrize("hours", [24, 12, 6])
@pytest.mark.parametrize("money", [None, dollars(4)])
def test_the_smallest_deadline_is_enough_and_a_slot_less_is_not(hours: int, money: Money | None) -> None:
    legs = [
        leg("slow", "origin", "mid", days=5, fee=1),
        leg("b", "mid", "goal", fee=3),
        leg("fast", "origin", "mid", days=3, fee=9),
    ]
    world = network(legs, slot_hours=hours)
    obstacle = stands_in_the_way(world, days=2, budget=money)
    shortest = 4.0 if money is None else 6.0
    assert obstacle == Obstacle(ObstacleKind.DAYS, smallest_days=shortest)
    assert arrives(world, days=shortest, budget=money)
    assert not arrives(world, days=shortest - hours / 24, budget=money)


def test_a_deadline_and_a_budget_that_are_both_too_small() -> None:
    world = network([leg("fast", "origin", "goal", days=3, fee=9), leg("slow", "origin", "goal", days=5, fee=8)])
    obstacle = stands_in_the_way(world, days=2, budget=dollars(5))
    assert obstacle == Obstacle(ObstacleKind.BUDGET_AND_DAYS, smallest_budget=dollars(9), smallest_days=3.0)
    assert arrives(world, days=3, budget=dollars(9))
    assert not arrives(world, days=2, budget=dollars(9))
    assert not arrives(world, days=3, budget=less(dollars(9)))


def test_a_cap_on_harm_that_is_too_small() -> None:
    world = network([leg("ride", "origin", "goal", intercepted=0.125)])
    obstacle = stands_in_the_way(world, days=1, max_harm=0.05)
    assert obstacle == Obstacle(ObstacleKind.MAX_HARM, smallest_harm=0.125)
    assert arrives(world, days=1, max_harm=0.125)
    assert stands_in_the_way(world, days=1, max_harm=0.125 - 1e-9) == obstacle


def test_a_group_that_nobody_can_carry() -> None:
    legs = [leg("a", "origin", "mid"), leg("walk", "mid", "goal", walk_hours=13.0)]
    obstacle = stands_in_the_way(network(legs), days=3)
    assert obstacle.kind is ObstacleKind.GROUP
    assert obstacle.blocking == (RuledOut("walk", ReasonCode.WALKING, "13", "12"),)
    stronger = dataclasses.replace(ALONE.travellers[0], limit=EffortLimit(13.0, 1500.0))
    assert arrives(network(legs), dataclasses.replace(ALONE, travellers=(stronger,)), days=3)


@pytest.mark.parametrize(
    ("way", "who", "code"),
    [
        (leg("L", "origin", "goal", largest_party=1), PAIR, ReasonCode.PARTY_TOO_LARGE),
        (leg("L", "origin", "goal", climb_m=1501.0), ALONE, ReasonCode.CLIMB),
    ],
)
def test_what_the_group_cannot_is_the_groups_obstacle(way: Leg, who: Group, code: ReasonCode) -> None:
    obstacle = stands_in_the_way(network([way]), who, days=3)
    assert (obstacle.kind, [each.code for each in obstacle.blocking]) == (ObstacleKind.GROUP, [code])


def test_of_one_way_past_one_obstacle_and_one_past_two_the_first_is_told() -> None:
    legs = [
        leg("a", "origin", "mid", walk_hours=13.0),
        leg("b", "mid", "goal", climb_m=2000.0),
        leg("c", "origin", "far"),
        leg("d", "far", "end", largest_party=0),
        leg("e", "end", "goal"),
    ]
    obstacle = stands_in_the_way(network(legs), days=9)
    assert [each.id for each in obstacle.blocking] == ["d"]


def test_two_open_ways_to_one_place_are_one_way() -> None:
    legs = [leg("a", "origin", "mid"), leg("b", "origin", "mid"), leg("c", "mid", "goal", largest_party=0)]
    obstacle = stands_in_the_way(network(legs), days=3)
    assert (obstacle.kind, [each.id for each in obstacle.blocking]) == (ObstacleKind.GROUP, ["c"])


def test_every_single_change_that_would_open_a_way_is_told() -> None:
    legs = [leg("a", "origin", "goal", runs_on=BEFORE), leg("b", "origin", "goal", walk_hours=13.0)]
    obstacle = stands_in_the_way(network(legs), days=3)
    assert {each.id for each in obstacle.blocking} == {"a", "b"}
    for opened in (dataclasses.replace(legs[0], runs_on=()), dataclasses.replace(legs[1], walk_hours=0.0)):
        assert arrives(network([opened if each.id == opened.id else each for each in legs]), days=3)


def test_where_two_changes_are_needed_both_are_told() -> None:
    legs = [leg("a", "origin", "mid", runs_on=BEFORE), leg("b", "mid", "goal", walk_hours=13.0)]
    obstacle = stands_in_the_way(network(legs), days=3)
    assert (obstacle.kind, [each.id for each in obstacle.blocking]) == (ObstacleKind.CLOSED, ["a", "b"])
    assert not arrives(network([dataclasses.replace(legs[0], runs_on=()), legs[1]]), days=3)
    assert not arrives(network([legs[0], dataclasses.replace(legs[1], walk_hours=0.0)]), days=3)


def test_a_border_that_stays_closed() -> None:
    border = Condition("border", ("open", "closed"), (Chain(((0.5, 0.5), (0.0, 1.0))),))
    way = leg("L", "origin", "goal", closed_at=frozenset({LevelRef("border", "closed")}))
    always = dataclasses.replace(way, closed_at=frozenset({LevelRef("border", "closed"), LevelRef("border", "open")}))
    obstacle = stands_in_the_way(network([always], conditions=[border]), days=3)
    assert obstacle.kind is ObstacleKind.CLOSED
    assert obstacle.blocking == (RuledOut("L", ReasonCode.ALWAYS_CLOSED, "border", "closed"),)


def test_a_partner_whose_vetting_ran_out() -> None:
    world = network([leg("L", "origin", "goal", partner="g")])
    until = START - timedelta(days=1)
    obstacle = stands_in_the_way(
        dataclasses.replace(world, partners=(Partner("g", PartnerKind.GUIDE, vetted_until=until),)), days=3
    )
    assert obstacle.kind is ObstacleKind.CLOSED
    assert obstacle.blocking == (RuledOut("L", ReasonCode.VETTING, "g", until.isoformat()),)
    assert arrives(dataclasses.replace(world, partners=(Partner("g", PartnerKind.GUIDE, vetted_until=START),)), days=3)


def test_a_network_without_a_way() -> None:
    assert stands_in_the_way(network([]), days=3) == Obstacle(ObstacleKind.NO_ROUTE)
    assert stands_in_the_way(network([leg("L", "goal", "origin")]), days=3).kind is ObstacleKind.NO_ROUTE


def test_too_few_beds_where_one_must_wait() -> None:
    tomorrow = frozenset({(START + timedelta(days=1)).weekday()})
    houses = [place("origin", PlaceKind.ORIGIN, beds=1)]
    obstacle = stands_in_the_way(network([leg("L", "origin", "goal", weekdays=tomorrow)], places=houses), PAIR, days=3)
    assert (obstacle.kind, [each.code for each in obstacle.blocking]) == (ObstacleKind.GROUP, [ReasonCode.BEDS])


def two_paths() -> Network:
    """Return a short steep path of ten hours, free; and two legs of three hours each, at ten dollars."""
    return network(
        [
            leg("steep", "origin", "goal", walk_hours=10.0),
            leg("first", "origin", "mid", fee=5, walk_hours=3.0),
            leg("second", "mid", "goal", fee=5, walk_hours=3.0),
        ]
    )


@pytest.mark.parametrize(
    ("caps", "smallest"),
    [
        ({"days": 5}, 6.0),
        ({"days": 5, "budget": dollars(10)}, 6.0),
        ({"days": 5, "budget": dollars(9)}, 10.0),
        ({"days": 1}, 10.0),
    ],
)
def test_the_fewest_hours_are_enough_and_fewer_are_not(caps: dict[str, Any], smallest: float) -> None:
    obstacle = stands_in_the_way(two_paths(), walk_hours=5.5, **caps)
    assert obstacle == Obstacle(ObstacleKind.WALK_HOURS, smallest_walk_hours=smallest)
    assert arrives(two_paths(), walk_hours=smallest, **caps)
    assert not arrives(two_paths(), walk_hours=smallest - 0.1, **caps)


def test_beside_a_cap_on_walking_money_and_days_are_named_as_they_are_under_it() -> None:
    short_of_money = stands_in_the_way(two_paths(), walk_hours=6.0, budget=dollars(2), days=5)
    assert short_of_money == Obstacle(ObstacleKind.BUDGET, smallest_budget=dollars(10))
    slow = network([leg("steep", "origin", "goal", days=3, walk_hours=10.0), leg("round", "origin", "goal", days=6)])
    short_of_days = stands_in_the_way(slow, walk_hours=6.0, days=2)
    assert short_of_days == Obstacle(ObstacleKind.DAYS, smallest_days=6.0)


def test_without_any_way_that_walks_less_the_other_obstacle_is_named_first() -> None:
    only = network([leg("steep", "origin", "goal", days=3, walk_hours=10.0)])
    assert stands_in_the_way(only, walk_hours=6.0, days=2) == Obstacle(ObstacleKind.DAYS, smallest_days=3.0)
    assert stands_in_the_way(only, walk_hours=6.0, days=3) == Obstacle(
        ObstacleKind.WALK_HOURS, smallest_walk_hours=10.0
    )
