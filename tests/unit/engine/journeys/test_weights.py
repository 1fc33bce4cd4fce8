import numpy as np
import pytest

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes import best_arrival, random_process
from tests.unit.engine.processes_by_hand import process_of
from tests.unit.engine.regions_by_hand import two_regions
from waystation.engine.journeys import weights
from waystation.engine.journeys.errors import CertificateError
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels import count
from waystation.engine.journeys.kernels.batch import Questions
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.weights import answer, best_scores
from waystation.kernel import BadInputError


def questions(slots: int, *, reward: float = 1.0, harm: float = 0.0, cost: float = 0.0, slot: float = 0.0) -> Questions:
    return Questions(np.full((slots + 1, 1), reward), np.array([harm]), np.array([cost]), np.array([slot]))


def test_a_reward_for_arriving_alone_is_the_likeliest_arrival() -> None:
    for seed in range(20):
        process = random_process(seed)
        answers = answer(Solver(process), questions(process.slots))
        assert answers.values == pytest.approx(best_arrival(process), abs=1e-12)
        assert answers.count().arrive == pytest.approx(answers.values, abs=1e-12)


def test_a_policy_is_taken_out_of_the_answers_whole() -> None:
    process = random_process(4)
    answers = answer(Solver(process), questions(process.slots, harm=-0.5))
    policy = answers.policy(0)
    assert policy.grid == NO_MONEY
    found = follow(process, policy).evaluation
    assert found.arrive == pytest.approx(answers.count().arrive[0], abs=1e-12)
    assert found.harm == pytest.approx(answers.count().harm[0], abs=1e-12)
    assert found.cost_expected == pytest.approx(answers.count().cost[0], abs=1e-9)


def test_the_scores_alone_are_those_of_the_answers() -> None:
    process = random_process(9)
    question = questions(process.slots, harm=-0.3, cost=-0.01, slot=-0.02)
    assert best_scores(Solver(process), question).tolist() == answer(Solver(process), question).values.tolist()


def test_whole_numbers_are_taken_as_well() -> None:
    process = process_of([leg("on", "origin", "goal", intercepted=0.25)], days=2)
    whole = Questions(np.ones((3, 1), dtype=np.int64), np.array([-1]), np.array([0]), np.array([0]))
    assert answer(Solver(process), whole).values.tolist() == [0.5]


def test_conditions_remembered_region_by_region_are_forgotten_here_too() -> None:
    process = two_regions()
    answers = answer(Solver(process), questions(process.slots))
    assert answers.values == pytest.approx(Solver(process).solve().arrive, abs=1e-12)
    for worth in (-0.1, -0.5, -2.0):
        answers = answer(Solver(process), questions(process.slots, harm=worth, cost=1e-5 * worth))
        found = follow(process, answers.policy(0)).evaluation
        assert found.arrive == pytest.approx(answers.count().arrive[0], abs=1e-12)
        assert found.harm == pytest.approx(answers.count().harm[0], abs=1e-12)
        assert found.cost_expected == pytest.approx(answers.count().cost[0], abs=1e-9)


@pytest.mark.parametrize("wrong", [{"reward": -0.1}, {"harm": 0.1}, {"cost": 0.1}, {"slot": 0.1}])
def test_worths_of_the_wrong_sign_are_refused(wrong: dict[str, float]) -> None:
    process = random_process(1)
    with pytest.raises(BadInputError, match="worth 0 or"):
        answer(Solver(process), questions(process.slots, **wrong))
    with pytest.raises(BadInputError, match="worth 0 or"):
        best_scores(Solver(process), questions(process.slots, **wrong))


def test_one_wrong_reward_among_right_ones_is_refused_and_0_is_right() -> None:
    process = random_process(1)
    rewards, nothing = np.zeros((process.slots + 1, 2)), np.zeros(2)
    assert best_scores(Solver(process), Questions(rewards, nothing, nothing, nothing)).tolist() == [0.0, 0.0]
    rewards[0, 1] = -0.1
    with pytest.raises(BadInputError, match="worth 0 or"):
        best_scores(Solver(process), Questions(rewards, nothing, nothing, nothing))


@pytest.mark.parametrize("component", range(1, 5))
def test_an_answer_that_the_forward_pass_does_not_confirm_is_withheld(
    component: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = process_of([leg("on", "origin", "goal", fee=1, intercepted=0.25)], days=2)
    count_all = count.count_all

    def counted_wrongly(*arguments: object) -> None:
        count_all(*arguments)  # type: ignore[arg-type]
        counts = arguments[-1]
        assert isinstance(counts, np.ndarray)
        counts[:, component] += 1e-6

    monkeypatch.setattr(weights, "count_all", counted_wrongly)
    answers = answer(Solver(process), questions(process.slots, harm=-0.1, cost=-0.001, slot=-0.01))
    with pytest.raises(CertificateError, match="differs from the sweep by"):
        answers.count(0)


def test_some_policies_are_counted_in_the_order_they_are_asked_for() -> None:
    process = random_process(4)
    harm = -np.array([0.0, 0.5, 3.0])
    answers = answer(Solver(process), Questions(np.ones((process.slots + 1, 3)), harm, np.zeros(3), np.zeros(3)))
    every, some = answers.count(), answers.count(2, 0)
    assert some.arrive.tolist() == every.arrive[[2, 0]].tolist()
    assert some.harm.tolist() == every.harm[[2, 0]].tolist()
    assert every.arrive + harm * every.harm == pytest.approx(answers.values)
