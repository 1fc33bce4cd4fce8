"""Simulated journeys against the exact evaluation, on random networks with every feature of the vocabulary."""

from math import sqrt

import pytest

from tests.oracle.random_networks import random_case
from waystation.engine.journeys.build import build
from waystation.engine.journeys.money import choose_grid
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver
from waystation.engine.simulation.journey import z_score
from waystation.engine.simulation.replay import replay
from waystation.engine.simulation.script import ARRIVED, DISCOVERED, INTERCEPTED, write_script

JOURNEYS = 20_000
NETWORKS = 200
SAMPLE = range(0, NETWORKS, 20)


def scores(seed: int) -> list[float]:
    """Return how many standard errors arrival, harm and mean cost lie from the exact ones, with and without a budget."""
    case = random_case(seed)
    process = build(case.network, case.group, case.start, case.days).process
    found = []
    for grid in (NO_MONEY, choose_grid(process, case.budget.minor)):
        written = write_script(process, Solver(process, grid).solve().policy)
        drawn, exact = replay(written.script, seed, 0, JOURNEYS), written.course.evaluation
        for share, chance in ((drawn.share(ARRIVED), exact.arrive), (drawn.share(INTERCEPTED, DISCOVERED), exact.harm)):
            found.append(z_score(share - chance, sqrt(max(0.0, chance * (1.0 - chance)) / JOURNEYS)))
        found.append(
            z_score(float(drawn.spent.mean()) - exact.cost_expected, float(drawn.spent.std()) / sqrt(JOURNEYS))
        )
        assert int(drawn.spent.max()) <= exact.cost_max
    return found


@pytest.mark.parametrize("seed", SAMPLE)
def test_a_sample_of_random_networks(seed: int) -> None:
    assert max(map(abs, scores(seed))) < 4.0


@pytest.mark.long
def test_two_hundred_random_networks() -> None:
    every = {seed: scores(seed) for seed in range(NETWORKS)}
    assert {seed: z for seed, z in every.items() if max(map(abs, z)) >= 4.0} == {}
    apart = [z for found in every.values() for z in found if z != 0.0]
    assert 0.8 < sum(z * z for z in apart) / len(apart) < 1.2  # as scattered as chance would have it, no less
