from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.small_journeys import leg, place
from tests.unit.engine.processes import count, few, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys import frontier as frontier_module
from waystation.engine.journeys.errors import CertificateError
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.frontier import Objective, Vertex, frontier
from waystation.engine.journeys.kernels.batch import Questions
from waystation.engine.journeys.process import Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.weights import Answers, answer, best_scores
from waystation.engine.model import PlaceKind
from waystation.kernel import BadInputError

ARRIVE, HARM, COST, DAYS = Objective


def gains(vertex: Vertex) -> list[float]:
    return [vertex.arrive, -vertex.harm, -vertex.cost_expected, -vertex.days_expected]


def best_of(process: Process, rates: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[float]:
    """Return the best score for each row of exchange rates (per chance, chance, minor unit, day), by a sweep of its own."""
    reward = np.tile(rates[:, 0], (process.slots + 1, 1))
    questions = Questions(reward, -rates[:, 1], -rates[:, 2], -rates[:, 3] * process.day(1))
    return [float(score) for score in best_scores(Solver(process), questions)]


@given(seeds, st.sampled_from([(ARRIVE, HARM), (ARRIVE, COST), (HARM, DAYS), (ARRIVE, HARM, COST), tuple(Objective)]))
@settings(few, max_examples=60)
def test_no_plan_is_better_for_any_exchange_rates(seed: int, objectives: tuple[Objective, ...]) -> None:
    process = random_process(seed)
    tolerance = 1e-6 if len(objectives) == 2 else 5e-3
    found = frontier(process, objectives=objectives, tolerance=tolerance, most=200)
    assert found.gap <= tolerance
    table = np.array([gains(vertex) for vertex in found])
    spread = np.ptp(table, axis=0)
    rng = np.random.default_rng(seed)
    rates = rng.dirichlet(np.ones(4), 64) / np.where(spread > 0.0, spread, 1.0)
    rates[:, [each not in objectives for each in Objective]] = 0.0
    assert (table @ rates.T).max(axis=0) == pytest.approx(best_of(process, rates), abs=2.0 * tolerance)


@given(seeds)
@few
def test_every_vertex_is_what_its_policy_leads_to_and_best_for_its_own_rates(seed: int) -> None:
    process = random_process(seed)
    found = frontier(process, most=12)
    rates = np.array([vertex.weights for vertex in found])
    scores = best_of(process, rates)
    for vertex, score in zip(found, scores, strict=True):
        counted = count(process, vertex.policy)
        expected = [counted.arrive, -counted.harm, -counted.cost]
        assert gains(vertex)[:3] == pytest.approx(expected, abs=1e-9)
        assert np.dot(gains(vertex), vertex.weights) == pytest.approx(score, abs=1e-9)


@given(seeds)
@few
def test_none_is_beaten_in_everything_and_the_likeliest_arrival_comes_first(seed: int) -> None:
    process = random_process(seed)
    found = frontier(process)
    table = np.array([gains(vertex) for vertex in found])
    for k, row in enumerate(table):
        others = np.delete(table, k, axis=0)
        assert not ((others >= row - 1e-12).all(axis=1) & (others > row + 1e-12).any(axis=1)).any()
        assert not (np.abs(others - row) <= 1e-13).all(axis=1).any()
    assert found[0].arrive == table[:, 0].max()
    assert found[0].arrive == pytest.approx(Solver(process).solve().arrive, abs=1e-5)


def two_ways() -> Process:
    """Return a safe dear way of two days and a quick cheap one that ends badly three times in ten."""
    legs = [
        leg("safe", "origin", "goal", days=2, fee=4),
        leg("quick", "origin", "goal", fee=1, intercepted=0.3),
    ]
    return process_of(legs, days=2)


def test_two_ways_and_never_leaving() -> None:
    found = frontier(two_ways(), objectives=(ARRIVE, COST))
    assert [round(vertex.arrive, 9) for vertex in found] == [1.0, 0.7, 0.0]
    assert [vertex.cost_expected for vertex in found] == pytest.approx([400.0, 100.0, 0.0])
    assert found.gap <= 1e-4
    # A quick way that is between the other two plans in cost, but below the line between them, is no vertex.
    slow = two_ways()
    slow.moves.fee[slow.moves.leg.index("quick")] = 290
    assert [vertex.arrive for vertex in frontier(slow, objectives=(ARRIVE, COST))] == pytest.approx([1.0, 0.0])


def test_risks_of_one_in_a_million_are_told_apart() -> None:
    legs = [
        leg("safe", "origin", "goal", days=2, fee=4, intercepted=1e-6),
        leg("quick", "origin", "goal", fee=1, intercepted=4e-6),
        leg("middling", "origin", "goal", fee=2, intercepted=2e-6),
    ]
    found = frontier(process_of(legs, days=2), objectives=(HARM, COST))
    assert [vertex.harm for vertex in found] == pytest.approx([0.0])  # never leaving costs nothing
    forced = process_of(legs, days=2, places=[place("origin", PlaceKind.ORIGIN, may_wait=False, may_stop=False)])
    found = frontier(forced, objectives=(HARM, COST))
    assert sorted(vertex.harm for vertex in found) == pytest.approx([1e-6, 2e-6, 4e-6], rel=1e-9)
    assert sorted(vertex.cost_expected for vertex in found) == pytest.approx([100.0, 200.0, 400.0])


def test_what_is_no_objective_has_no_weight_and_is_counted_all_the_same() -> None:
    found = frontier(two_ways(), objectives=(ARRIVE, HARM))
    assert [vertex.arrive for vertex in found] == pytest.approx([1.0])  # the safe way: never leaving is no less harmful
    assert found[0].weights[2:] == (0.0, 0.0)
    assert found[0].cost_expected == pytest.approx(400.0)


def test_where_nothing_can_be_done_there_is_one_plan() -> None:
    found = frontier(process_of([]))
    assert len(found) == 1
    assert gains(found[0]) == [0.0, 0.0, 0.0, 0.0]


def test_the_search_ends_at_the_cap_and_says_how_far_it_came() -> None:
    process = next(process for process in map(random_process, range(500)) if len(frontier(process, most=90)) > 12)
    capped, whole = frontier(process, most=6), frontier(process, most=90)
    assert len(capped) <= 6
    assert capped.gap > 1e-4 >= whole.gap
    assert capped.solved < whole.solved
    table = np.array([gains(vertex) for vertex in capped])
    spread = np.ptp(np.array([gains(vertex) for vertex in whole]), axis=0)
    rates = np.random.default_rng(1).dirichlet(np.ones(4), 200) / spread
    missed = np.array(best_of(process, rates)) - (table @ rates.T).max(axis=0)
    assert missed.max() <= capped.gap * 1.5  # its own scale is that of the plans that are best in one thing


def test_a_sweep_that_comes_short_of_a_plan_found_before_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def sweep_badly(solver: Solver, questions: Questions) -> Answers:
        answers = answer(solver, questions)
        answers.values[2] -= 1e-6  # of the likeliest arrival, ties broken
        return answers

    monkeypatch.setattr(frontier_module, "answer", sweep_badly)
    with pytest.raises(CertificateError):
        frontier(two_ways(), objectives=(ARRIVE, COST))


def test_a_finer_tolerance_never_finds_fewer() -> None:
    for seed in range(8):
        process = random_process(seed)
        counts = [len(frontier(process, objectives=(ARRIVE, COST), tolerance=each)) for each in (1e-1, 1e-3, 1e-8)]
        assert all(few_found <= more for few_found, more in pairwise(counts))


@pytest.mark.parametrize("objectives", [(), (ARRIVE,), (ARRIVE, ARRIVE)])
def test_a_frontier_needs_two_objectives(objectives: tuple[Objective, ...]) -> None:
    with pytest.raises(BadInputError, match="two or more different"):
        frontier(two_ways(), objectives=objectives)


@pytest.mark.parametrize("tolerance", [0.0, -1.0, float("nan")])
def test_a_tolerance_finer_than_the_arithmetic_is_refused(tolerance: float) -> None:
    with pytest.raises(BadInputError, match="finer than the arithmetic"):
        frontier(two_ways(), tolerance=tolerance)


def test_a_frontier_is_a_sequence_of_its_vertices() -> None:
    found = frontier(two_ways(), objectives=(ARRIVE, COST))
    assert list(found) == list(found.vertices)
    assert found[1:] == found.vertices[1:]
    assert found[-1] is found.vertices[-1]
    assert follow(two_ways(), found[0].policy).evaluation.arrive == pytest.approx(1.0)
