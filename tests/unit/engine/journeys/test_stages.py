from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from tests.oracle.small_journeys import START, dollars, leg, place
from tests.unit.engine.processes import few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import act_by_slot, process_of
from tests.unit.engine.regions_by_hand import two_regions
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.plan import ActionKind, Decision, Stage, WhenAsked
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.stages import stages
from waystation.engine.model import (
    Belief,
    Chain,
    Company,
    Condition,
    Days,
    Demand,
    LevelFactor,
    LevelRef,
    Observation,
    PlaceKind,
    Refusal,
)

HIGH, MANY = LevelRef("river", "high"), LevelRef("patrols", "many")
RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.75),))
PATROLS = Condition("patrols", ("few", "many"), (Chain.persistent(2, 0.5),))
LEG, WAIT, STOP = ActionKind.LEG, ActionKind.WAIT, ActionKind.STOP


def described(process: Process, grid: MoneyGrid = NO_MONEY) -> dict[str, Stage]:
    """Return the stages of the safest plan by place."""
    return {stage.place: stage for stage in stages(process, follow(process, Solver(process, grid).solve().policy))}


def told(
    decisions: Iterable[Decision],
) -> list[tuple[dict[str, tuple[str, ...]], ActionKind, str | None, float, float]]:
    return [(dict(each.when), each.action, each.leg, each.from_day, each.until_day) for each in decisions]


def at_the_river() -> Process:
    """Return two days' ride to a river that is high at the start; its ford is open while it is low."""
    legs = [leg("ride", "origin", "bank", days=2, fee=3), leg("ford", "bank", "goal", closed_at=frozenset({HIGH}))]
    houses = [place("bank", stay_cost=dollars(2))]
    return process_of(legs, days=5, conditions=[RIVER], seen=[Observation("river", START, "high")], places=houses)


def test_wait_while_it_is_high_and_go_when_it_is_low() -> None:
    bank = described(at_the_river())["bank"]
    assert told(bank.decisions) == [
        ({"river": ("low",)}, LEG, "ford", 2.0, 4.0),
        ({"river": ("high",)}, WAIT, None, 2.0, 3.0),
    ]
    # Low on coming 3/8; else a quarter a day.
    go, wait = bank.decisions
    assert go.chance == pytest.approx(3 / 8 + 5 / 8 * (1 / 4 + 3 / 4 * 1 / 4))
    assert wait.chance == pytest.approx(5 / 8)


def test_when_and_how_often_a_place_is_reached_and_what_was_spent() -> None:
    found = described(at_the_river())
    goal = found["goal"]
    assert list(found) == ["origin", "bank", "goal"]
    assert (goal.first_day, goal.likely_day, goal.last_day) == (3.0, 3.0, 5.0)
    assert goal.reach == pytest.approx(3 / 8 + 5 / 8 * 7 / 16)
    assert (goal.spent_max, found["bank"].spent_max, found["origin"].spent_max) == (dollars(7), dollars(3), dollars(0))
    assert (found["bank"].reach, found["bank"].first_day, found["bank"].last_day) == (1.0, 2.0, 2.0)
    assert all(stage.on_main_line for stage in found.values())


def test_the_day_named_is_the_median() -> None:
    # Comes on day 1, 2 or 3 with 0.2, 0.16 and 0.128: half of those who come have come by day 2.
    process = process_of([leg("ride", "origin", "goal", turned_back=0.8)], days=3)
    goal = described(process)["goal"]
    assert (goal.first_day, goal.likely_day, goal.last_day) == (1.0, 2.0, 3.0)


def test_levels_that_need_no_telling_apart_are_not() -> None:
    hill = leg("hill", "mid", "goal", days=2, intercepted=0.3, intercepted_factors=(LevelFactor(MANY, 5.0),))
    legs = [leg("a", "origin", "mid"), leg("ford", "mid", "goal", closed_at=frozenset({HIGH})), hill]
    found = described(process_of(legs, days=4, conditions=[RIVER, PATROLS]))
    assert told(found["origin"].decisions) == [({}, LEG, "a", 0.0, 0.0)]
    high_and = {"river": ("high",)}
    assert told(found["mid"].decisions) == [
        ({"river": ("low",)}, LEG, "ford", 1.0, 2.0),
        (high_and | {"patrols": ("few",)}, LEG, "hill", 1.0, 2.0),
        (high_and | {"patrols": ("many",)}, WAIT, None, 1.0, 1.0),
        (high_and | {"patrols": ("many",)}, LEG, "hill", 2.0, 2.0),
    ]


def test_levels_with_the_same_plan_are_put_together() -> None:
    river = Condition("river", ("low", "high", "flood"), (Chain.persistent(3, 0.5),))
    legs = [
        leg("ford", "origin", "goal", closed_at=frozenset({HIGH, LevelRef("river", "flood")})),
        leg("long", "origin", "goal", days=2),
    ]
    process = process_of(legs, days=2, conditions=[river])
    decisions = told(described(process)["origin"].decisions)
    assert decisions == [
        ({"river": ("high", "flood")}, LEG, "long", 0.0, 0.0),
        ({"river": ("low",)}, LEG, "ford", 0.0, 0.0),
    ]


def test_a_level_at_which_nobody_comes_is_not_told() -> None:
    daily = Chain(((0.5, 0.5, 0.0), (0.25, 0.5, 0.25), (0.0, 0.5, 0.5)))
    river = Condition("river", ("low", "high", "flood"), (daily,))
    seen = [Observation("river", START - timedelta(days=1), "low")]
    legs = [leg("ford", "origin", "goal", closed_at=frozenset({HIGH}))]
    process = process_of(legs, days=1, conditions=[river], seen=seen)
    assert process.levels == (("low", "high", "flood"),)
    assert told(described(process)["origin"].decisions) == [
        ({"river": ("low",)}, LEG, "ford", 0.0, 0.0),
        ({"river": ("high",)}, STOP, None, 0.0, 0.0),
    ]


def asked(chance: float = 0.5, refusal: Refusal | None = None, **more: object) -> Process:
    demand = Demand(Belief(chance), dollars(5), dollars(0), refusal or Refusal(), **more)  # type: ignore[arg-type]
    return process_of([leg("ride", "origin", "goal", fee=10, demand=demand)], days=1, conditions=[RIVER])


@pytest.mark.parametrize(
    ("process", "money", "answer"),
    [
        (asked(), 15, WhenAsked.PAY),
        (asked(), 14, WhenAsked.REFUSE),
        (asked(0.0), 15, None),
    ],
)
def test_what_to_do_when_more_is_asked(process: Process, money: int, answer: WhenAsked | None) -> None:
    (decision,) = described(process, MoneyGrid(100, money))["origin"].decisions
    assert (decision.leg, decision.when_asked, decision.depends_on_money) == ("ride", answer, False)


def test_the_answer_depends_where_it_changes_with_time_or_money() -> None:
    demand = Demand(Belief(0.5), dollars(5), dollars(0))
    ride = leg("ride", "origin", "goal", fee=1, turned_back=0.5, demand=demand)
    (decision,) = described(process_of([ride], days=3), MoneyGrid(100, 8))["origin"].decisions
    assert decision.when_asked is WhenAsked.DEPENDS


def test_another_way_with_another_purse_is_said_to_depend_on_money() -> None:
    # Whoever was not asked for 4 on the way can pay for the plane.
    demand = Demand(Belief(0.5), dollars(4), dollars(0), Refusal(3))
    legs = [
        leg("a", "origin", "mid", fee=1, demand=demand),
        leg("plane", "mid", "goal", fee=6),
        leg("bus", "mid", "goal", fee=1, intercepted=0.1),
    ]
    found = described(process_of(legs, days=4), MoneyGrid(100, 8))
    assert [each.depends_on_money for each in found["origin"].decisions] == [False]
    assert [each.depends_on_money for each in found["mid"].decisions] == [True]


def test_company_is_named() -> None:
    process = process_of([leg("ride", "origin", "goal", intercepted=0.2, company=Company(0.5, 1.3))], days=1)
    assert [each.in_company for each in described(process)["origin"].decisions] == [True]


def test_stopping_is_a_decision() -> None:
    process = process_of([leg("ford", "origin", "goal", closed_at=frozenset({HIGH}))], days=1, conditions=[RIVER])
    decisions = described(process)["origin"].decisions
    assert [(dict(each.when), each.action) for each in decisions] == [
        ({"river": ("low",)}, LEG),
        ({"river": ("high",)}, STOP),
    ]
    assert [each.chance for each in decisions] == pytest.approx([0.5, 0.5])


def test_at_a_destination_there_is_nothing_to_decide() -> None:
    goal = place("goal", PlaceKind.DESTINATION, may_stop=True)
    process = process_of([leg("ride", "origin", "goal")], places=[goal])
    for grid in (NO_MONEY, MoneyGrid(1, 2)):
        assert described(process, grid)["goal"].decisions == ()


def test_a_place_hardly_ever_reached_is_left_out() -> None:
    process = process_of([leg("a", "origin", "mid", intercepted=0.9995), leg("b", "mid", "goal")], days=3)
    assert list(described(process)) == ["origin"]


def test_the_main_line_is_the_way_most_often_taken() -> None:
    ford = leg("ford", "origin", "far", closed_at=frozenset({HIGH}))
    legs = [ford, leg("hill", "origin", "near", intercepted=0.4), leg("c", "far", "goal"), leg("d", "near", "goal")]
    origin = [place("origin", PlaceKind.ORIGIN, may_wait=False)]
    for level, line in (("low", "far"), ("high", "near")):
        seen = [Observation("river", START, level, confidence=0.7)]
        found = described(process_of(legs, conditions=[RIVER], seen=seen, places=origin))
        assert {name for name, stage in found.items() if stage.on_main_line} == {"origin", line, "goal"}
        assert set(found) == {"origin", "far", "near", "goal"}


def test_a_circle_ends_the_main_line_and_is_reached_at_most_once() -> None:
    process = process_of([leg("a", "origin", "mid"), leg("b", "mid", "origin"), leg("c", "mid", "goal")], days=4)
    # There and back, and there again.
    policy = act_by_slot(process, 2, 2, 2, 2)
    policy.actions[:, 1] = 4
    found = {stage.place: stage for stage in stages(process, follow(process, policy))}
    assert {name for name, stage in found.items() if stage.on_main_line} == {"origin", "mid"}
    assert found["mid"].reach == 1.0
    assert [each.chance for each in found["origin"].decisions] == [2.0]


def test_who_comes_too_late_to_arrive_is_told_to_stop() -> None:
    """Who needs three days to the bank has one left for a crossing of two; there is no place to stop, so the plan would wait."""
    slow = replace(leg("a", "origin", "bank"), days=Days(0.5, 1.5, 3.0))
    bank = [place("bank", may_stop=False)]
    found = described(process_of([slow, leg("b", "bank", "goal", days=2)], places=bank, days=4))
    first, late = found["bank"].decisions
    assert (first.action, first.until_day) == (LEG, 2.0)
    assert (late.action, late.from_day) == (STOP, 3.0)


@given(seeds)
@few
def test_any_plan_can_be_described(seed: int) -> None:
    process = random_process(seed)
    grid = random_grid(process, seed)
    course = follow(process, Solver(process, grid).solve().policy)
    found = stages(process, course)
    assert found[0].place == "P0" or found[0].likely_day == 0.0
    assert [stage.likely_day for stage in found] == sorted(stage.likely_day for stage in found)
    for stage in found:
        assert 0.0 < stage.reach <= 1.0
        assert stage.first_day <= stage.likely_day <= stage.last_day <= process.day(process.slots)
        assert stage.spent_max.minor <= course.evaluation.cost_max
        for decision in stage.decisions:
            assert decision.from_day <= decision.until_day
            assert (decision.leg is not None) == (decision.action is LEG)
            assert decision.chance >= 0.0
            assert set(decision.when) <= set(process.conditions)


def test_each_region_is_told_by_the_conditions_known_there() -> None:
    process = two_regions(9)
    found = described(process)
    assert set(found) == {"origin", "hill", "bank", "goal"}
    named = {place: {name for each in stage.decisions for name in each.when} for place, stage in found.items()}
    assert named["origin"] | named["hill"] <= {"law", "patrols"}
    assert named["bank"] <= {"law", "river"}
    assert "river" in named["bank"]  # for low water is worth waiting
    assert "patrols" in named["origin"]


def test_of_many_conditions_those_are_named_that_change_what_is_done() -> None:
    names = [f"c{k}" for k in range(6)]
    risks = tuple(LevelFactor(LevelRef(name, "high"), 1.001) for name in names[1:])
    shut = frozenset({LevelRef("c0", "high")})
    ford = leg("ford", "origin", "goal", intercepted=0.1, intercepted_factors=risks, closed_at=shut)
    conditions = [Condition(name, ("low", "high"), (Chain.persistent(2, 0.6),)) for name in names]
    process = process_of([ford], days=3, conditions=conditions)
    assert process.joint_levels == 64
    decisions = described(process)["origin"].decisions
    assert {tuple(each.when.items()) for each in decisions if each.action is LEG} == {(("c0", ("low",)),)}
    assert {tuple(each.when.items()) for each in decisions if each.action is WAIT} == {(("c0", ("high",)),)}
