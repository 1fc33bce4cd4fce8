import dataclasses
import time

import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from tests.unit.engine.processes import few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.argument import Regional
from waystation.engine.journeys.build import build
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.simulate import simulate
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Belief, Chain, Condition, Demand, LevelFactor, LevelRef, Observation, PlaceKind

LASTING = Chain(((1.0, 0.0), (0.0, 1.0)))
LAW = Condition("law", ("open", "shut"), (LASTING,))
UNSURE = Observation("law", START, "open", confidence=0.5)
SHUT = frozenset({LevelRef("law", "shut")})


def come_back(days: float, most_exact_levels: int = 1) -> Process:
    """A gate in the north that is open or shut for good; who finds it shut can go south and come again."""
    places = [place("origin", PlaceKind.ORIGIN, region="south"), place("gate", region="north", may_wait=False)]
    legs = [leg("there", "origin", "gate"), leg("back", "gate", "origin"), leg("on", "gate", "goal", closed_at=SHUT)]
    world = network(legs, places=places, conditions=[LAW], seen=[UNSURE])
    return build(world, ALONE, START, days, most_exact_levels=most_exact_levels).process


def test_what_is_forgotten_and_drawn_anew_is_where_it_was() -> None:
    process = come_back(10)
    policy = Solver(process).solve().policy
    assert follow(process, policy).evaluation.arrive == pytest.approx(1 - 0.5**5)  # each visit draws the law anew
    found = simulate(process, policy)
    assert found.joint_levels == 2
    assert abs(found.arrive - 0.5) < 4 * found.arrive_error
    assert found.arrive_error == pytest.approx(0.5 / np.sqrt(100_000), rel=0.01)
    assert (found.harm, found.harm_error) == (0.0, 0.0)


def test_the_exact_plan_does_not_come_again() -> None:
    process = come_back(10, most_exact_levels=2)
    assert process.memory is None
    assert Solver(process).solve().arrive == pytest.approx(0.5)


def test_a_wait_for_a_good_day_is_worth_more_than_the_plan_counts_on() -> None:
    # Two gates open and shut together. The first is seen, waited for, and forgotten in the valley between them.
    places = [
        place("origin", PlaceKind.ORIGIN, region="south"),
        place("valley", region="valley", may_wait=False),
        place("gate", region="north", may_wait=False),
    ]
    legs = [
        leg("in", "origin", "valley", closed_at=SHUT),
        leg("through", "valley", "gate"),
        leg("on", "gate", "goal", closed_at=SHUT),
    ]
    world = network(legs, places=places, conditions=[LAW], seen=[UNSURE])
    process = build(world, ALONE, START, 4, most_exact_levels=1).process
    policy = Solver(process).solve().policy
    found = simulate(process, policy)
    assert follow(process, policy).evaluation.arrive == pytest.approx(0.25)
    assert abs(found.arrive - 0.5) < 4 * found.arrive_error


@given(seeds)
@few
def test_in_the_full_model_it_comes_to_what_the_forward_pass_counts(seed: int) -> None:
    process = random_process(seed)
    for grid in (NO_MONEY, random_grid(process, seed)):
        policy = Solver(process, grid).solve().policy
        expected, found = follow(process, policy).evaluation, simulate(process, policy, seed, journeys=4000)
        assert abs(found.arrive - expected.arrive) <= 4.5 * max(found.arrive_error, 1e-3)
        assert abs(found.harm - expected.harm) <= 4.5 * max(found.harm_error, 1e-3)


def test_the_same_seed_gives_the_same_answer_and_another_another() -> None:
    process = process_of([leg("ride", "origin", "goal", intercepted=0.3)])
    policy = Solver(process).solve().policy
    assert simulate(process, policy, 1, 1000) == simulate(process, policy, 1, 1000)
    assert simulate(process, policy, 1, 1000) != simulate(process, policy, 2, 1000)
    assert isinstance(simulate(process, policy, 1, 1000), Regional)


def test_only_who_is_asked_pays_the_demand() -> None:
    # A leg at 10 and 5 more asked of half, at which half are turned back and nobody may wait: 25 pay two tries and one demand.
    way = leg("ride", "origin", "goal", fee=10, turned_back=0.5)
    house = place("origin", PlaceKind.ORIGIN, may_wait=False)
    way = dataclasses.replace(way, demand=Demand(Belief(0.5), dollars(5), dollars(0)))
    process = build(network([way], places=[house]), ALONE, START, 2.0).process
    grid = MoneyGrid(500, 5)
    policy = Solver(process, grid).solve().policy
    # The first try comes through for half. Of those turned back, who has not paid may pay now; who has is sent back if asked.
    expected = 0.5 + 0.25 * 0.5 + 0.25 * 0.5 * 0.5
    assert follow(process, policy).evaluation.arrive == pytest.approx(expected)
    found = simulate(process, policy, 1)
    assert abs(found.arrive - expected) < 4 * found.arrive_error


def test_harm_on_the_way_and_while_waiting_is_counted() -> None:
    house = place("origin", PlaceKind.ORIGIN, discovery=Belief(0.25), stay_cost=dollars(1))
    process = process_of([leg("ride", "origin", "goal", intercepted=0.5, weekdays=frozenset({1}))], places=[house])
    found = simulate(process, Solver(process).solve().policy)
    assert abs(found.harm - (0.25 + 0.75 * 0.5)) < 4 * found.harm_error
    assert abs(found.arrive - 0.75 * 0.5) < 4 * found.arrive_error
    assert found.harm_error == pytest.approx(np.sqrt(found.harm * (1.0 - found.harm) / found.journeys))


def test_a_hundred_thousand_journeys_are_quick() -> None:
    conditions = [Condition(f"c{k}", ("low", "high"), (Chain.persistent(2, 0.9),)) for k in range(8)]
    legs = []
    for k in range(8):
        names = ("origin", *(f"P{n}" for n in range(1, 8)), "goal")
        risk = (LevelFactor(LevelRef(f"c{k}", "high"), 3.0),)
        legs.append(
            leg(f"L{k}", names[k], names[k + 1], 2, intercepted=0.05, turned_back=0.2, intercepted_factors=risk)
        )
    places = [place(f"P{n}", region=f"R{n // 2}") for n in range(1, 8)]
    process = process_of(legs, 60, places=places, conditions=conditions)
    assert process.memory is not None
    policy = Solver(process).solve().policy
    began = time.perf_counter()
    found = simulate(process, policy)
    assert time.perf_counter() - began < 4.0  # about half a second on an idle core
    assert found.joint_levels == 256
