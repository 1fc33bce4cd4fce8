"""A cap on the hours walked: Storm's own reward-bounded reachability on the journey as it is, hours in the place of prices."""

import dataclasses

import numpy as np
import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.effort import with_effort_cap
from waystation.engine.journeys.process import NO_MONEY, Process
from waystation.engine.journeys.solve import Solver
from waystation.formats.checker_export import to_drn

from .random_networks import random_case
from .storm import BEST_ARRIVAL, Storm

EXACT = 1e-9
CAPS = (0, 2, 5, 9)

pytestmark = pytest.mark.oracle


def journey(seed: int) -> tuple[Process, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """Return a random journey, and hours on foot for each of its moves, the same alone and in company."""
    case = random_case(seed)
    process = build(case.network, case.group, case.start, case.days).process
    rng = np.random.default_rng([seed, 29])
    hours = {leg: float(rng.integers(0, 4)) for leg in dict.fromkeys(process.moves.leg)}
    return process, np.array([hours[leg] for leg in process.moves.leg])


@pytest.mark.parametrize("seed", range(30))
def test_the_best_arrival_within_a_cap_is_storms(seed: int, storm: Storm) -> None:
    process, hours = journey(seed)
    nothing = np.zeros_like(process.moves.demand)
    moves = dataclasses.replace(process.moves, fee=(hours * 100).astype(np.int64), demand=nothing)
    walked = dataclasses.replace(process, moves=moves, stay_fee=np.zeros_like(process.stay_fee))
    questions = [f'Pmax=? [F{{"cost"}}<={cap} "arrived"]' for cap in CAPS]
    for cap, wanted in zip(CAPS, storm.ask(to_drn(walked, NO_MONEY), *questions), strict=True):
        capped = with_effort_cap(process, hours, float(cap))
        assert Solver(capped).solve().arrive == pytest.approx(wanted, abs=EXACT)
        assert Solver(capped).likeliest_arrival()[1] == pytest.approx(wanted, abs=EXACT)


@pytest.mark.parametrize("seed", range(30, 36))
def test_what_is_exported_under_a_cap_is_what_was_solved(seed: int, storm: Storm) -> None:
    process, hours = journey(seed)
    capped = with_effort_cap(process, hours, 5.0)
    [wanted] = storm.ask(to_drn(capped, NO_MONEY), BEST_ARRIVAL)
    assert Solver(capped).solve().arrive == pytest.approx(wanted, abs=EXACT)


def test_the_caps_bind_often_enough_to_be_tried() -> None:
    binding = 0
    for seed in range(30):
        process, hours = journey(seed)
        free = Solver(process).likeliest_arrival()[1]
        binding += any(
            1e-6 < Solver(with_effort_cap(process, hours, float(cap))).likeliest_arrival()[1] < free - 1e-6
            for cap in CAPS
        )
    assert binding >= 10
