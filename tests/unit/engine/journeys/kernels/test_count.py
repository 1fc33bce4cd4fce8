import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import leg, place
from tests.unit.engine.processes import count, few, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.kernels.batch import Questions
from waystation.engine.journeys.process import Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.weights import answer
from waystation.engine.model import PlaceKind

from .questions import questions_of

EXACT = 1e-11


@given(seeds)
@few
def test_what_is_counted_is_what_following_the_policy_branch_by_branch_counts(seed: int) -> None:
    process = random_process(seed)
    answers = answer(Solver(process), questions_of(process, seed, 5))
    for k in range(5):
        counted = count(process, answers.policy(k))
        assert answers.count().arrive[k] == pytest.approx(counted.arrive, abs=EXACT)
        assert answers.count().harm[k] == pytest.approx(counted.harm, abs=EXACT)
        assert answers.count().cost[k] == pytest.approx(counted.cost, abs=EXACT)


def test_time_passes_until_the_journey_ends_however_it_ends() -> None:
    # Four days: two legs of one day and three days; a tenth is caught on the second, a fifth is turned back on day 4.
    legs = [
        leg("out", "origin", "house"),
        leg("home", "house", "goal", days=3, intercepted=0.1, turned_back=0.2),
    ]
    process = process_of(legs, days=4)
    questions = asked(process, reward=1.0)
    answers = answer(Solver(process), questions)
    assert answers.count().arrive.tolist() == pytest.approx([0.7])
    assert answers.count().slots.tolist() == pytest.approx([4.0])
    later = process_of(legs, days=9)  # those turned back try twice more as long as there is time: on days 4 and 7
    sooner = answer(Solver(later), asked(later, reward=1.0))
    assert sooner.count().arrive.tolist() == pytest.approx([0.7 + 0.2 * 0.7])
    # 0.8 end on day 4 (arrived or caught). Of the 0.2 left 0.8 end on day 7; the last fifth stops on day 7 at the earliest.
    assert sooner.count().slots[0] >= 0.8 * 4 + 0.2 * 0.8 * 7 + 0.04 * 7 - 1e-12


def test_a_leg_that_outlasts_the_journey_counts_no_more_than_the_journey() -> None:
    legs = [leg("far", "origin", "house", days=9, fee=2, intercepted=0.5), leg("on", "origin", "goal", intercepted=0.5)]
    process = process_of(legs, days=4, places=[place("origin", PlaceKind.ORIGIN, may_stop=False, may_wait=False)])
    far = process.moves.leg.index("far")
    process.moves.open_level[1 - far] = False
    answers = answer(Solver(process), asked(process, reward=1.0))
    assert (answers.count().arrive[0], answers.count().harm[0], answers.count().cost[0], answers.count().slots[0]) == (
        0.0,
        0.5,
        200.0,
        4.0,
    )


def asked(process: Process, *, reward: float) -> Questions:
    return Questions(np.full((process.slots + 1, 1), reward), np.zeros(1), np.zeros(1), np.zeros(1))
