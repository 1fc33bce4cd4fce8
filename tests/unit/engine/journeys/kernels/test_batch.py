import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import dollars, leg
from tests.unit.engine.processes import few, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.kernels.batch import Questions
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.weights import answer
from waystation.engine.model import Belief, Demand, Refusal

from .questions import best_score, questions_of

EXACT = 1e-11


@given(seeds)
@few
def test_every_score_is_the_best_there_is(seed: int) -> None:
    process = random_process(seed)
    questions = questions_of(process, seed, 7)
    answers = answer(Solver(process), questions)
    assert answers.values == pytest.approx([best_score(process, questions, k) for k in range(7)], abs=EXACT)


def test_it_is_the_same_whether_the_joint_chain_is_written_down_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(25):
        process = random_process(seed)
        questions = questions_of(process, seed, 3)
        scores = []
        for most in (0, 10_000):
            monkeypatch.setattr("waystation.engine.journeys.solve._MOST_DENSE_LEVELS", most)
            scores.append(answer(Solver(process), questions).values)
        assert scores[0] == pytest.approx(scores[1], abs=EXACT)


def test_the_worths_of_harm_money_and_time_each_can_keep_a_group_at_home() -> None:
    demand = Demand(Belief(0.5), dollars(4), dollars(0), Refusal(2))
    process = process_of([leg("on", "origin", "goal", fee=1, intercepted=0.2, demand=demand)], days=5)
    # Going, refusing: arrive 0.8, harm 0.2, cost 1 dollar, slots 0.5 x 1 + 0.5 x 3; paying: 3 dollars, 1 slot.
    rows = [  # harm, minor unit, slot; value of the best
        (0.0, 0.0, 0.0, 0.8),
        (-1.0, 0.0, 0.0, 0.6),
        (-4.1, 0.0, 0.0, 0.0),
        (0.0, -0.001, 0.0, 0.7),
        (0.0, -0.009, 0.0, 0.0),
        (0.0, 0.0, -0.1, 0.7),
        (0.0, -0.0001, -0.1, 0.8 - 0.03 - 0.1),
        (0.0, -0.002, -0.1, 0.8 - 0.2 - 0.2),
        (0.0, 0.0, -0.9, 0.0),
    ]
    harm, cost, slot, best = np.array(rows).T
    answers = answer(Solver(process), Questions(np.ones((6, len(rows))), harm, cost, slot))
    assert answers.values == pytest.approx(best)
    assert answers.count().cost[[6, 7]].tolist() == pytest.approx([300.0, 100.0])
    assert answers.count().slots[[6, 7]].tolist() == pytest.approx([1.0, 2.0])
    assert answers.policy(7).actions[0, 0, 0, 0] == 2
    assert answers.policy(6).actions[0, 0, 0, 0] == 3
