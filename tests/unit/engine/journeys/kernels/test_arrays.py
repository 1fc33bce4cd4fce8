import numpy as np

from tests.oracle.small_journeys import dollars, leg, place
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.kernels.arrays import Worth
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.process import MoneyGrid
from waystation.engine.model import Belief, Company, Demand, PlaceKind, Refusal


def test_the_score_is_arrival_alone_unless_asked() -> None:
    assert Worth() == (1.0, 0.0, 0.0, 0.0)


def test_a_process_laid_out() -> None:
    demand = Demand(Belief(0.5), dollars(3), dollars(0), Refusal(2))
    origin = place("origin", PlaceKind.ORIGIN, stay_cost=dollars(1))
    legs = [
        leg("a", "origin", "mid", days=2, fee=5, intercepted=0.1, turned_back=0.3, company=Company(0.5, 2.0)),
        leg("b", "mid", "goal", fee=1, demand=demand),
    ]
    arrays = prepare(process_of(legs, days=4, places=[origin]), MoneyGrid(200, 9))
    assert arrays.move_start.tolist() == [0, 2, 3, 3]
    assert arrays.same_way.tolist() == [False, True, False]
    assert (arrays.price.tolist(), arrays.demand_price.tolist()) == ([3, 5, 1], [0, 0, 2])
    assert (arrays.fee.tolist(), arrays.stay_price.tolist()) == ([500, 1000, 100], [1, 0, 0])
    assert arrays.passed[0, 0] == 1.0 - 0.1 - 0.3
    assert (arrays.turns_back.tolist(), arrays.is_asked.tolist()) == ([True, True, False], [False, False, True])
    assert arrays.earliest.tolist() == [0, 2, 3]
    assert arrays.most_left.tolist() == [9, 6, 5]
    # Ahead of origin lie two slots (turned back), of mid two (the ride), of goal one and two more if refused.
    assert np.diff(arrays.ring_start).tolist() == [3, 3, 4]
    assert arrays.looked_at_from.tolist() == [0, 0, 2]


def test_without_conditions_there_is_one_level_to_tell_apart() -> None:
    arrays = prepare(process_of([leg("a", "origin", "goal")]))
    assert arrays.steps.shape == (3, 0)
    assert arrays.own_levels.tolist() == [1, 1]
    assert arrays.own_level.tolist() == [[0], [0]]
