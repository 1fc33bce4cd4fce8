"""The reference program and Storm are asked the same question: whoever doubts one has the other."""

import pytest

from .random_networks import random_case
from .reference import Journey, Money, unfold
from .reference_solve import best_arrival, evaluate, lexicographic, to_drn
from .storm import Storm

SEEDS = range(200)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", SEEDS)
def test_storm_agrees_with_the_reference(seed: int, storm: Storm) -> None:
    case = random_case(seed)
    for money in (None, Money(step=500, steps=case.budget.minor // 500)):
        unfolded = unfold(Journey(case.network, case.group, case.start, case.days, money))
        expected = best_arrival(unfolded)
        assert storm.ask(to_drn(unfolded)) == [pytest.approx(expected, abs=1e-9)]
        outcome, policy = lexicographic(unfolded)
        assert outcome.arrive == pytest.approx(expected, abs=1e-9)
        again = evaluate(unfolded, policy)
        assert again.arrive == pytest.approx(outcome.arrive, abs=1e-12)
        assert again.harm == pytest.approx(outcome.harm, abs=1e-12)
        assert again.cost_if_arrived == pytest.approx(outcome.cost_if_arrived, abs=1e-7)
