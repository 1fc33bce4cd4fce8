import numpy as np

from tests.oracle.small_journeys import dollars, leg
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.kernels.landings import HARMED, NEITHER, forget, land, trace
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Belief, Demand, Refusal

LATER = Refusal(longer_slots=1)


def outcomes(process: Process, slot: int, action: int, left: int = 9) -> dict[tuple[int, int, int], float]:
    to, chance = np.zeros((20, 3), dtype=np.int64), np.zeros(20)
    n = land(prepare(process, MoneyGrid(100, 9)), slot, 0, 0, left, action, to, chance)
    return {(int(a), int(b), int(c)): round(float(p), 12) for (a, b, c), p in zip(to[:n], chance[:n], strict=True)}


def asked(**refusal: object) -> Process:
    demand = Demand(Belief(0.5), dollars(3), dollars(0), **refusal)  # type: ignore[arg-type]
    return process_of([leg("ride", "origin", "goal", fee=2, intercepted=0.1, turned_back=0.2, demand=demand)], days=2)


def test_each_answer_to_a_demand_lands_elsewhere() -> None:
    harmed = (0, HARMED, 0)
    there, back = {(1, 1, 7): 0.35, (1, 0, 7): 0.1}, {(1, 1, 4): 0.35, (1, 0, 4): 0.1}
    assert outcomes(asked(), 0, 3) == {harmed: 0.05} | there | back
    assert outcomes(asked(), 0, 2) == {harmed: 0.05, (1, 1, 7): 0.35, (1, 0, 7): 0.5}
    assert outcomes(asked(refusal=LATER), 0, 2) == {harmed: 0.05, **there, (2, 1, 7): 0.35, (2, 0, 7): 0.1}


def test_what_lasts_too_long_ends_as_neither() -> None:
    late = process_of([leg("ride", "origin", "goal", days=2, intercepted=0.25)], days=2)
    assert outcomes(late, 1, 2) == {(0, HARMED, 0): 0.25, (0, NEITHER, 0): 0.75}
    assert outcomes(late, 0, 1) == {(1, 0, 9): 1.0}
    assert outcomes(late, 0, 0) == outcomes(late, 0, -1) == {(0, NEITHER, 0): 1.0}


def test_too_little_room_is_said() -> None:
    process = asked()
    policy = Solver(process, MoneyGrid(100, 9)).solve().policy
    arrays, levels = prepare(process, policy.grid), np.ones(2, dtype=np.int64)
    for rooms, n in (((2, 100), -1), ((9, 25), -1), ((9, 100), 9)):
        reached = np.zeros((3, 2, 10), dtype=np.bool_)
        reached[0, 0, 9] = True
        found, start = np.zeros(rooms[0], dtype=np.int64), np.zeros(rooms[0] + 1, dtype=np.int64)
        target, weight = np.zeros(rooms[1], dtype=np.int64), np.zeros(rooms[1])
        assert trace(arrays, policy.actions, levels, 10, reached, found, start, target, weight) == n


def test_landings_with_the_same_links_are_one() -> None:
    """Two at one place lead to the last with the same chances, one with others; the last two are ends."""
    place = np.array([0, 1, 1, 1, 2])
    start = np.array([0, 3, 4, 5, 7, 7])
    target, weight = np.array([1, 2, 3, 4, 4, 4, 5]), np.array([0.5, 0.25, 0.25, 1.0, 1.0, 0.5, 0.5])
    same, free = np.zeros(7, dtype=np.int64), np.zeros(7, dtype=np.bool_)
    forget(place, start, 1, np.ones(5, dtype=np.int64), target, weight, same, free)
    assert same.tolist() == [0, 1, 1, 3, 4, 5, 6]
    assert target[:3].tolist() == [1, 1, 3]
    assert free.all()


def test_a_landing_that_heeds_a_level_is_not_indifferent_nor_is_what_leads_to_it() -> None:
    place, start = np.array([0, 1, 2]), np.array([0, 1, 2, 3, 4, 4, 4])
    target, weight = np.array([1, 1, 2, 3]), np.ones(4)
    same, free = np.zeros(5, dtype=np.int64), np.zeros(5, dtype=np.bool_)
    forget(place, start, 2, np.full(3, 2), target, weight, same, free)
    assert free.tolist() == [False, False, True, True, True]
