import numpy as np
import pytest

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from tests.unit.engine.processes_by_hand import act_by_slot, process_of
from tests.unit.engine.regions_by_hand import built_by_region, world_of_two_regions
from waystation.engine.journeys.build import build
from waystation.engine.journeys.doubt.assumptions import assumptions_of
from waystation.engine.journeys.doubt.posterior import evaluate
from waystation.engine.journeys.doubt.support import support_of
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels.links import BACK, ON, STREAMS
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Belief, Chain, Condition, Demand, Observation, PlaceKind, Refusal

RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.75),))


def test_a_leg_that_may_be_turned_back_by_hand() -> None:
    from waystation.engine.model import LevelRef

    shut = leg("a", "origin", "goal", turned_back=0.25, closed_at=frozenset({LevelRef("river", "none")}))
    process = process_of([shut], days=2, conditions=[RIVER], seen=[Observation("river", START, "low")])
    policy = act_by_slot(process, 2, 0)
    visits = follow(process, policy).visits
    support = support_of(process, prepare(process), visits, 0)
    streams = [
        [
            (int(visits.place[to]), int(visits.level[to]), float(weight))
            for to, weight in zip(support.target[first:last], support.weight[first:last], strict=True)
        ]
        for first, last in zip(support.start[:STREAMS], support.start[1 : STREAMS + 1], strict=True)
    ]
    C = process.joint_levels
    assert sum(weight for _, _, weight in streams[ON]) == 1.0
    assert {place for place, _, _ in streams[ON]} == {1}
    assert {place for place, _, _ in streams[BACK]} == {0}
    assert len(streams[ON]) == len(streams[BACK]) == C
    assert [len(each) for each in streams[2:]] == [0, 0, 0]
    assert np.all(support.start[STREAMS:] >= support.start[STREAMS])


@pytest.mark.parametrize("grid", [NO_MONEY, MoneyGrid(100, 6)])
@pytest.mark.parametrize("most_exact_levels", [1, 12])
def test_the_links_of_two_regions_lead_on_every_journey(most_exact_levels: int, grid: MoneyGrid) -> None:
    built = built_by_region(9, most_exact_levels=most_exact_levels)
    solver = Solver(built.process, grid)
    course = follow(built.process, solver.solve().policy, solver.arrays)
    support = support_of(built.process, solver.arrays, course.visits, grid.steps)
    assumptions = assumptions_of(world_of_two_regions(), ALONE, built)
    found = evaluate(built.process, assumptions, support, assumptions.means[:, None], keep_states=True)
    assert found.arrive[0] == pytest.approx(course.evaluation.arrive, abs=1e-12)
    assert found.harm[0] == pytest.approx(course.evaluation.harm, abs=1e-12)
    assert found.chance[:, 0] == pytest.approx(course.visits.chance, abs=1e-12)


@pytest.mark.parametrize("refusal", [Refusal(), Refusal(0), Refusal(1)])
@pytest.mark.parametrize("pays", [False, True])
@pytest.mark.parametrize("turned_back", [0.0, 0.25])
def test_the_links_of_a_demand_lead_where_the_forward_pass_goes(
    refusal: Refusal, pays: bool, turned_back: float
) -> None:
    demand = Demand(Belief(0.25), dollars(5), dollars(0), refusal)
    house = place("origin", PlaceKind.ORIGIN, stay_cost=dollars(5))
    told = network([leg("a", "origin", "goal", fee=10, turned_back=turned_back, demand=demand)], places=[house])
    built = build(told, ALONE, START, 3.0)  # whoever takes the longer way on the last day comes too late
    process, grid, ride = built.process, MoneyGrid(500, 10), 3 if pays else 2
    course = follow(process, act_by_slot(process, ride, 1, ride, grid=grid))
    support = support_of(process, prepare(process, grid), course.visits, grid.steps)
    assumptions = assumptions_of(told, ALONE, built)
    found = evaluate(process, assumptions, support, assumptions.means[:, None], keep_states=True)
    assert found.arrive[0] == pytest.approx(course.evaluation.arrive, abs=1e-12)
    assert found.chance[:, 0] == pytest.approx(course.visits.chance, abs=1e-12)
    assert found.fresh[:, 0] == pytest.approx(course.visits.fresh, abs=1e-12)
